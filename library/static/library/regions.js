/**
 * Regions of a picture, drawn by whoever writes a key. The fields are ordinary ones and stand in the page without
 * scripts; here the chosen region is drawn on the picture, or moved by the arrow keys.
 */

/** @typedef {{shape: string, coords: number[]}} Region */
/** @typedef {{x: number, y: number}} Point */

const STEP = 0.01;
const SMALL_STEP = 0.002;
const SVG = "http://www.w3.org/2000/svg";
/** A click this near (as a share of the picture) to a polygon's first corner closes it. */
const NEAR = 0.02;

class Regions extends HTMLElement {
  connectedCallback() {
    this.frame = /** @type {HTMLElement | null} */ (this.querySelector("[data-frame]"));
    const image = this.frame?.querySelector("img");
    if (!this.frame || !image) return;
    this.size = { width: Number(image.getAttribute("width")), height: Number(image.getAttribute("height")) };
    this.drawn = /** @type {SVGElement} */ (this.querySelector("[data-drawn]"));
    for (const tool of this.querySelectorAll("[data-hint], [data-choose]")) tool.removeAttribute("hidden");
    const hint = /** @type {HTMLElement} */ (this.querySelector("[data-hint]"));
    hint.id ||= `regions-${Math.random().toString(36).slice(2)}`;
    this.frame.tabIndex = 0;
    this.frame.setAttribute("role", "application");
    this.frame.setAttribute("aria-label", image.alt);
    this.frame.setAttribute("aria-describedby", hint.id);
    this.frame.addEventListener("pointerdown", (event) => this.#begin(event));
    this.frame.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("input", () => this.#show());
    this.addEventListener("focusin", (event) => this.#choose(/** @type {HTMLElement} */ (event.target)));
    /** The corners of a polygon that is not closed yet. @type {Point[]} */
    this.corners = [];
    this.#show();
  }

  /** @returns {HTMLElement[]} */
  get rows() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-region]")]);
  }

  /** Whose fields are drawn now. @returns {HTMLElement} */
  get row() {
    return this.rows.find((row) => row.querySelector("[data-choose] input:checked")) ?? this.rows[0];
  }

  /** @param {HTMLElement} target A region whose fields are used is the one that is drawn. */
  #choose(target) {
    const chosen = /** @type {HTMLInputElement | null | undefined} */ (target.closest("[data-region]")?.querySelector("[data-choose] input"));
    if (!chosen || chosen.checked) return;
    chosen.checked = true;
    this.corners = [];
    this.#show();
  }

  /** @param {HTMLElement} row */
  #fields(row) {
    return {
      shape: /** @type {HTMLSelectElement} */ (row.querySelector("select")),
      coords: /** @type {HTMLInputElement} */ (row.querySelector("[name=key-coords]")),
    };
  }

  /** @param {HTMLElement} row @returns {Region} */
  #region(row) {
    const { shape, coords } = this.#fields(row);
    const numbers = coords.value.split(/[\s,，]+/).filter(Boolean).map(Number);
    return { shape: shape.value, coords: numbers.every(Number.isFinite) ? numbers : [] };
  }

  /** @param {number[]} coords @param {boolean} [tell] */
  #write(coords, tell = true) {
    const { coords: field } = this.#fields(this.row);
    field.value = coords.map((one) => Math.round(one)).join(" ");
    this.#show();
    if (!tell) return;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const status = this.querySelector("[data-status]");
    const said = (this.dataset.said ?? "").replace("{number}", String(this.rows.indexOf(this.row) + 1));
    if (status) status.textContent = said.replace("{numbers}", field.value);
  }

  /** @param {PointerEvent} event @returns {Point} */
  #place(event) {
    const box = this.frame.getBoundingClientRect();
    const share = (/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ of) => Math.min(Math.max((at - from) / of, 0), 1);
    return {
      x: share(event.clientX, box.left, box.width) * this.size.width,
      y: share(event.clientY, box.top, box.height) * this.size.height,
    };
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.frame.focus();
    const from = this.#place(event);
    if (this.#region(this.row).shape === "poly") return this.#corner(from);
    const draw = (/** @type {PointerEvent} */ at, /** @type {boolean} */ tell) => this.#write(this.#spanned(from, this.#place(at)), tell);
    const move = (/** @type {PointerEvent} */ at) => draw(at, false);
    this.frame.setPointerCapture(event.pointerId);
    this.frame.addEventListener("pointermove", move);
    const end = (/** @type {PointerEvent} */ at) => {
      this.frame.removeEventListener("pointermove", move);
      const to = this.#place(at);
      // A mere touch draws nothing.
      if (Math.hypot(to.x - from.x, to.y - from.y) > 2) draw(at, true);
      else this.#show();
    };
    this.frame.addEventListener("pointerup", end, { once: true });
    this.frame.addEventListener("pointercancel", end, { once: true });
  }

  /** @param {Point} from @param {Point} to @returns {number[]} */
  #spanned(from, to) {
    if (this.#region(this.row).shape === "circle") return [from.x, from.y, Math.max(Math.hypot(to.x - from.x, to.y - from.y), 1)];
    return [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
  }

  /** @param {Point} point */
  #corner(point) {
    const first = this.corners[0];
    const isClosed = first && this.corners.length > 2 && Math.hypot(point.x - first.x, point.y - first.y) < NEAR * Math.max(this.size.width, this.size.height);
    if (isClosed) {
      this.corners = [];
      this.#show();
      return;
    }
    this.corners.push(point);
    this.#write(this.corners.flatMap(({ x, y }) => [x, y]), this.corners.length > 2);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { shape, coords } = this.#region(this.row);
    const step = (event.shiftKey ? SMALL_STEP : STEP) * Math.max(this.size.width, this.size.height);
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    const grow = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (event.key === "Enter") this.corners = [];
    else if (way) this.#write(this.#moved(shape, coords.length ? coords : this.#middle(shape), way[0] * step, way[1] * step));
    else if (grow) this.#write(this.#grown(shape, coords.length ? coords : this.#middle(shape), grow * step));
    else return;
    event.preventDefault();
  }

  /** A region to begin with. @param {string} shape @returns {number[]} */
  #middle(shape) {
    const { width, height } = this.size;
    if (shape === "circle") return [width / 2, height / 2, Math.min(width, height) / 8];
    const [left, top, right, bottom] = [width * 0.4, height * 0.4, width * 0.6, height * 0.6];
    return shape === "rect" ? [left, top, right, bottom] : [left, bottom, (left + right) / 2, top, right, bottom];
  }

  /** @param {string} shape @param {number[]} coords @param {number} x @param {number} y @returns {number[]} */
  #moved(shape, coords, x, y) {
    const corners = shape === "circle" ? coords.slice(0, 2) : coords;
    const room = (/** @type {number} */ by, /** @type {number} */ place, /** @type {number} */ most) => {
      const along = corners.filter((_one, number) => number % 2 === place);
      return Math.min(Math.max(by, -Math.min(...along)), most - Math.max(...along));
    };
    const by = [room(x, 0, this.size.width), room(y, 1, this.size.height)];
    return coords.map((one, number) => (number < corners.length ? one + by[number % 2] : one));
  }

  /** @param {string} shape @param {number[]} coords @param {number} by @returns {number[]} */
  #grown(shape, coords, by) {
    if (shape === "circle") return [coords[0], coords[1], Math.max(coords[2] + by, 1)];
    const middle = [0, 1].map((place) => {
      const along = coords.filter((_one, number) => number % 2 === place);
      return (Math.min(...along) + Math.max(...along)) / 2;
    });
    const far = Math.max(...coords.map((one, number) => Math.abs(one - middle[number % 2])), 1);
    const factor = Math.max((far + by) / far, 0.1);
    const most = [this.size.width, this.size.height];
    return coords.map((one, number) => Math.min(Math.max(middle[number % 2] + (one - middle[number % 2]) * factor, 0), most[number % 2]));
  }

  #show() {
    this.drawn.replaceChildren(
      ...this.rows.flatMap((row, number) => {
        const shape = this.#shape(this.#region(row));
        if (!shape) return [];
        shape.classList.toggle("is-chosen", row === this.row);
        const title = document.createElementNS(SVG, "title");
        title.textContent = String(number + 1);
        shape.append(title);
        return [shape];
      }),
    );
  }

  /** @param {Region} region @returns {SVGElement | null} */
  #shape({ shape, coords: c }) {
    const made = (/** @type {string} */ name, /** @type {Record<string, number | string>} */ attributes) => {
      const element = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      return element;
    };
    if (shape === "rect") return c.length === 4 ? made("rect", { x: c[0], y: c[1], width: Math.max(c[2] - c[0], 0), height: Math.max(c[3] - c[1], 0) }) : null;
    if (shape === "circle") return c.length === 3 ? made("circle", { cx: c[0], cy: c[1], r: c[2] }) : null;
    return c.length > 2 ? made("polygon", { points: c.join(" ") }) : null;
  }
}

customElements.define("wk-regions", Regions);
