/**
 * A PDF, page by page. The server gave a picture of the page and links to the others; where pdf.js runs, it draws
 * the page itself, sharp at any size and with its text; where it does not, the pictures are turned instead.
 * Scripts inside a PDF are never run: only pages are drawn, and nothing is evaluated.
 */

const STEP = 1.25;
const SMALLEST = 0.5;
const LARGEST = 4;
/** Pixels of a canvas: more than old iPads give. */
const MOST_PIXELS = 16_000_000;

class DocumentView {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.view = /** @type {HTMLElement} */ (place.querySelector(".document-view"));
    this.sheet = /** @type {HTMLElement} */ (place.querySelector(".document-page"));
    this.input = /** @type {HTMLInputElement} */ (place.querySelector("input"));
    this.said = /** @type {HTMLElement} */ (place.querySelector("[data-said]"));
    this.pages = Number(place.dataset.pages);
    this.page = Number(place.dataset.page);
    this.zoom = 1;
    /** @type {any} */
    this.pdf = null;
    /** @type {any} */
    this.library = null;
    /** @type {any} */
    this.drawing = null;
    this.wanted = 0;
    this.#listen();
    this.#load().catch(() => this.place.setAttribute("data-shown-by", "pictures"));
  }

  #listen() {
    const { place, view, input } = this;
    for (const link of place.querySelectorAll("[data-to]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.go(this.page + (/** @type {HTMLElement} */ (link).dataset.to === "next" ? 1 : -1));
      });
    }
    input.readOnly = false;
    input.addEventListener("change", () => this.go(Number(input.value) || this.page));
    /** @type {HTMLElement} */ (place.querySelector(".document-zoom")).hidden = false;
    for (const button of place.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.#size(/** @type {HTMLElement} */ (button).dataset.zoom ?? ""));
    }
    view.addEventListener("keydown", (event) => this.#key(event));
    let width = view.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(view.clientWidth - width) < 2) return;
      width = view.clientWidth;
      this.show();
    }).observe(view);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wide = this.view.scrollWidth > this.view.clientWidth + 1;
    const end = this.view.scrollTop + this.view.clientHeight >= this.view.scrollHeight - 1;
    const does = {
      ArrowRight: !wide && (() => this.go(this.page + 1)),
      ArrowLeft: !wide && (() => this.go(this.page - 1)),
      PageDown: end && (() => this.go(this.page + 1)),
      PageUp: this.view.scrollTop <= 0 && (() => this.go(this.page - 1)),
      Home: () => this.go(1),
      End: () => this.go(this.pages),
      "+": () => this.#size("in"),
      "=": () => this.#size("in"),
      "-": () => this.#size("out"),
      0: () => this.#size("fit"),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  /** @param {string} how */
  #size(how) {
    const asked = { in: this.zoom * STEP, out: this.zoom / STEP }[how] ?? 1;
    this.zoom = Math.min(Math.max(asked, SMALLEST), LARGEST);
    this.show();
  }

  /** @param {number} page */
  go(page) {
    const to = Math.min(Math.max(Math.trunc(page), 1), this.pages);
    this.input.value = String(to);
    if (to === this.page) return;
    this.page = to;
    this.#link("previous", to - 1);
    this.#link("next", to + 1);
    const address = new URL(location.href);
    address.searchParams.set("page", String(to));
    history.replaceState(history.state, "", address);
    this.view.scrollTop = 0;
    this.said.textContent = this.#name();
    this.show();
  }

  /** @param {string} which @param {number} page */
  #link(which, page) {
    const link = /** @type {HTMLAnchorElement} */ (this.place.querySelector(`[data-to=${which}]`));
    if (page < 1 || page > this.pages) link.setAttribute("aria-disabled", "true");
    else link.removeAttribute("aria-disabled");
  }

  #name() {
    return (this.place.dataset.pageName ?? "").replace("{number}", String(this.page));
  }

  async #load() {
    const library = this.place.dataset.library ?? "";
    const from = library.replace(/[^/]+$/, "");
    this.library = await import(library);
    this.library.GlobalWorkerOptions.workerSrc = `${from}worker.mjs`;
    this.pdf = await this.library.getDocument({
      url: this.place.dataset.pdf,
      cMapUrl: `${from}cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${from}fonts/`,
      wasmUrl: `${from}decoders/`,
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
      rangeChunkSize: 1 << 18,
    }).promise;
    await this.show();
  }

  async show() {
    this.wanted += 1;
    const turn = this.wanted;
    this.sheet.style.width = `${this.zoom * 100}%`;
    if (!this.pdf) {
      this.#picture();
      return;
    }
    try {
      await this.#draw(turn);
      if (turn === this.wanted) this.place.setAttribute("data-shown-by", "pdf.js");
    } catch (error) {
      if (/** @type {Error} */ (error).name === "RenderingCancelledException") return;
      this.pdf = null;
      this.#picture();
    }
  }

  #picture() {
    this.place.setAttribute("data-shown-by", "pictures");
    const source = (this.place.dataset.picture ?? "").replace(/0\.jpg$/, `${this.page}.jpg`);
    const shown = this.sheet.querySelector("img");
    if (shown?.getAttribute("src") === source) return;
    const image = new Image();
    image.src = source;
    image.alt = this.#name();
    this.sheet.replaceChildren(image);
  }

  /** @param {number} turn */
  async #draw(turn) {
    this.drawing?.cancel();
    const page = await this.pdf.getPage(this.page);
    if (turn !== this.wanted) return;
    const plain = page.getViewport({ scale: 1 });
    const scale = (this.view.clientWidth * this.zoom) / plain.width;
    const viewport = page.getViewport({ scale });
    const sharp = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width * sharp);
    canvas.height = Math.floor(viewport.height * sharp);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.#name());
    this.drawing = page.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
    await this.drawing.promise;
    if (turn !== this.wanted) return;
    const text = document.createElement("div");
    text.className = "textLayer";
    text.style.setProperty("--total-scale-factor", String(scale));
    this.sheet.replaceChildren(canvas, text);
    const layer = new this.library.TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
    await layer.render();
  }
}

for (const place of document.querySelectorAll("[data-pdf]")) new DocumentView(/** @type {HTMLElement} */ (place));
