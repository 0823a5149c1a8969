/**
 * The photos of one question: taken or chosen, made small, turned, put in order, removed; kept in the outbox.
 */
import { compress } from "./compress.js";
import { newKey } from "./outbox.js";
import { text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./outbox.js").Photo} Photo */

export class Photos {
  /**
   * @param {HTMLElement} place the element with `data-photos`
   * @param {Outbox} outbox
   * @param {{most: number, count: () => number, changed: () => void}} whole of the whole hand-in
   */
  constructor(place, outbox, whole) {
    this.place = place;
    this.outbox = outbox;
    this.whole = whole;
    this.question = place.dataset.photos ?? "";
    this.list = /** @type {HTMLElement} */ (place.querySelector("[data-photo-list]"));
    this.note = /** @type {HTMLElement} */ (place.querySelector("[data-photo-note]"));
    this.gallery = /** @type {HTMLInputElement} */ (place.querySelector("[data-photo-plain] input"));
    this.camera = /** @type {HTMLInputElement} */ (place.querySelector("[data-photo-camera]"));
    /** @type {Map<string, string>} */
    this.urls = new Map();
    this.setUp();
  }

  /** @returns {Photo[]} */
  get photos() {
    return (this.outbox.kept.photos[this.question] ??= []);
  }

  setUp() {
    this.place.querySelector("[data-photo-plain]")?.setAttribute("hidden", "");
    this.place.querySelector("[data-photo-actions]")?.removeAttribute("hidden");
    for (const opener of this.place.querySelectorAll("[data-photo-add]")) {
      const input = opener.getAttribute("data-photo-add") === "camera" ? this.camera : this.gallery;
      opener.addEventListener("click", () => input.click());
    }
    for (const input of [this.camera, this.gallery]) {
      input.addEventListener("change", () => {
        const files = [...(input.files ?? [])];
        input.value = "";
        this.add(files);
      });
    }
    this.list.addEventListener("click", (event) => {
      const tool = /** @type {Element} */ (event.target).closest("[data-do]");
      const tile = /** @type {HTMLElement | null} */ (tool?.closest("[data-photo]") ?? null);
      if (tool && tile) this.change(tile.dataset.photo ?? "", tool.getAttribute("data-do") ?? "");
    });
    this.draw();
  }

  /** @param {File[]} files */
  async add(files) {
    this.note.textContent = "";
    for (const file of files) {
      if (this.whole.count() >= this.whole.most) {
        this.note.textContent = text("tooMany", { most: this.whole.most });
        break;
      }
      this.place.setAttribute("aria-busy", "true");
      this.note.textContent = text("preparing");
      try {
        const { blob } = await compress(file);
        this.photos.push({ id: newKey(), blob, name: file.name });
        this.note.textContent = "";
      } catch {
        this.note.textContent = text("notAPicture", { name: file.name });
      }
      this.draw();
    }
    this.place.removeAttribute("aria-busy");
    await this.changed();
  }

  /** @param {string} id @param {string} deed */
  async change(id, deed) {
    const { photos } = this;
    const place = photos.findIndex((photo) => photo.id === id);
    if (place < 0) return;
    if (deed === "remove") photos.splice(place, 1);
    if (deed === "earlier" && place > 0) photos.splice(place - 1, 0, ...photos.splice(place, 1));
    if (deed === "later" && place < photos.length - 1) photos.splice(place + 1, 0, ...photos.splice(place, 1));
    if (deed === "turn") {
      const { blob } = await compress(photos[place].blob, { quarters: 1 });
      photos[place] = { ...photos[place], id: newKey(), blob };
      id = photos[place].id;
    }
    this.draw();
    const tile = this.list.querySelector(`[data-photo="${CSS.escape(id)}"]`) ?? this.list.firstElementChild;
    const again = /** @type {HTMLElement | null} */ (tile?.querySelector(`[data-do="${deed}"]:not(:disabled)`) ?? null);
    (again ?? /** @type {HTMLElement | null} */ (this.place.querySelector("[data-photo-add]")))?.focus();
    await this.changed();
  }

  async changed() {
    await this.outbox.save();
    this.draw();
    this.whole.changed();
  }

  draw() {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("photo-tile"));
    const tiles = this.photos.map((photo, index) => {
      const tile = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
      const number = index + 1;
      tile.dataset.photo = photo.id;
      const image = /** @type {HTMLImageElement} */ (tile.querySelector("img"));
      image.src = this.urlOf(photo);
      image.alt = text("page", { number });
      /** @type {HTMLElement} */ (tile.querySelector(".name")).textContent = text("page", { number });
      /** @type {HTMLElement} */ (tile.querySelector(".state")).textContent =
        `${Math.max(1, Math.round(photo.blob.size / 1024))} kB${this.outbox.isDurable ? ` · ${text("on_device")}` : ""}`;
      for (const tool of tile.querySelectorAll("[data-do]")) {
        tool.setAttribute("aria-label", text(tool.getAttribute("data-do") ?? "", { number }));
      }
      tile.querySelector('[data-do="earlier"]')?.toggleAttribute("disabled", index === 0);
      tile.querySelector('[data-do="later"]')?.toggleAttribute("disabled", index === this.photos.length - 1);
      return tile;
    });
    this.list.replaceChildren(...tiles);
    this.forgetUrls();
  }

  /** @param {Photo} photo */
  urlOf(photo) {
    const url = this.urls.get(photo.id) ?? URL.createObjectURL(photo.blob);
    this.urls.set(photo.id, url);
    return url;
  }

  forgetUrls() {
    const shown = new Set(this.photos.map((photo) => photo.id));
    for (const [id, url] of this.urls) {
      if (shown.has(id)) continue;
      URL.revokeObjectURL(url);
      this.urls.delete(id);
    }
  }
}
