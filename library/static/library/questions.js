/**
 * Questions that need more than a form's own fields: things to put in order, places in a picture, the length of a
 * text, formulas, numbers. Each is an element of its own, so that it works wherever a page or a part of one puts a question.
 * Their fields are ordinary ones and stand in the page without scripts; here they are only filled in.
 */

import { drag } from "./dragging.js";

/** @param {string} text @param {Record<string, unknown>} values */
const filled = (text, values) => text.replace(/{(\w+)}/g, (_all, name) => String(values[name] ?? ""));

/** @param {HTMLElement} field Tell drafts and autosave that something changed. */
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

/** Things that move up and down: by buttons, by dragging, by keys. */
class Order extends HTMLElement {
  connectedCallback() {
    this.things = /** @type {HTMLElement} */ (this.querySelector("[data-things]"));
    this.fields = /** @type {HTMLSelectElement[]} */ ([...this.querySelectorAll("select")]);
    const places = /** @type {HTMLElement} */ (this.querySelector("[data-places]"));
    if (!this.things || !this.fields.length || this.fields[0].matches(":disabled")) return;
    places.hidden = true;
    for (const tool of this.querySelectorAll("[data-tools], [data-grip], [data-keep]")) tool.removeAttribute("hidden");
    this.show();
    this.closest("form")?.addEventListener("draft:restored", () => this.show());
    this.addEventListener("click", (event) => this.#click(/** @type {HTMLElement} */ (event.target)));
    this.addEventListener("pointerdown", (event) => this.#drag(event));
  }

  /** The things as they stand. @returns {HTMLElement[]} */
  get all() {
    return /** @type {HTMLElement[]} */ ([...this.things.children]);
  }

  /** Put the things where the fields say, if all of those say something. */
  show() {
    const wanted = this.fields.map((field) => field.value);
    if (wanted.some((one) => !one)) return;
    for (const id of wanted) {
      const thing = this.all.find((one) => one.dataset.thing === id);
      if (thing) this.things.append(thing);
    }
    this.#keep(false);
  }

  /** @param {HTMLElement} target */
  #click(target) {
    if (target.closest("[data-keep]")) return this.#keep();
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-move]"));
    const thing = /** @type {HTMLElement | null} */ (button?.closest("[data-thing]") ?? null);
    if (!button || !thing) return;
    const other = button.dataset.move === "1" ? thing.nextElementSibling : thing.previousElementSibling;
    if (other) button.dataset.move === "1" ? other.after(thing) : other.before(thing);
    button.focus();
    this.#moved(thing);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const thing = /** @type {HTMLElement | null} */ (target.closest("[data-grip]")?.closest("[data-thing]") ?? null);
    if (!thing || event.button !== 0) return;
    drag(event, thing, this.things, () => this.#moved(thing));
  }

  /** @param {HTMLElement} thing */
  #moved(thing) {
    const place = this.all.indexOf(thing) + 1;
    const said = this.querySelector("[data-said]");
    const values = { thing: thing.dataset.thing, place, all: this.all.length };
    if (said) said.textContent = filled(this.dataset.moved ?? "", values);
    this.#keep();
  }

  #keep(tell = true) {
    this.all.forEach((thing, place) => {
      this.fields[place].value = thing.dataset.thing ?? "";
    });
    this.classList.add("is-answered");
    this.querySelector("[data-keep]")?.setAttribute("hidden", "");
    if (tell) changed(this.fields[0]);
  }
}

/** Points in a picture: set by touching it, or by a cross that the arrow keys move. */
class Spots extends HTMLElement {
  connectedCallback() {
    this.frame = /** @type {HTMLElement} */ (this.querySelector("[data-frame]"));
    this.fields = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input")]);
    const image = this.frame?.querySelector("img");
    if (!image || !this.fields.length || this.fields[0].matches(":disabled")) return;
    this.size = { width: Number(image.getAttribute("width")), height: Number(image.getAttribute("height")) };
    /** @type {HTMLElement} */ (this.querySelector("[data-typed]")).hidden = true;
    for (const tool of this.querySelectorAll("[data-hint], [data-undo]")) tool.removeAttribute("hidden");
    const hint = /** @type {HTMLElement} */ (this.querySelector("[data-hint]"));
    hint.id ||= `spots-${Math.random().toString(36).slice(2)}`;
    this.frame.tabIndex = 0;
    this.frame.setAttribute("role", "application");
    this.frame.setAttribute("aria-label", image.alt);
    this.frame.setAttribute("aria-describedby", hint.id);
    this.cross = { x: this.size.width / 2, y: this.size.height / 2 };
    this.frame.addEventListener("click", (event) => this.#touch(event));
    this.frame.addEventListener("keydown", (event) => this.#key(event));
    this.querySelector("[data-undo]")?.addEventListener("click", () => this.#undo());
    this.closest("form")?.addEventListener("draft:restored", () => this.#draw());
    this.#draw();
  }

  /** @returns {{x: number, y: number}[]} */
  get points() {
    return this.fields
      .map((field) => field.value.split(",").map(Number))
      .filter((pair) => pair.length === 2 && pair.every(Number.isFinite))
      .map(([x, y]) => ({ x, y }));
  }

  /** @param {{x: number, y: number}[]} points */
  #set(points) {
    this.fields.forEach((field, place) => {
      const point = points[place];
      field.value = point ? `${Math.round(point.x)},${Math.round(point.y)}` : "";
    });
    this.#draw();
    changed(this.fields[0]);
  }

  /** @param {MouseEvent} event */
  #touch(event) {
    const box = this.frame.getBoundingClientRect();
    const share = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    this.cross = { x: share.x * this.size.width, y: share.y * this.size.height };
    this.#add();
  }

  #add() {
    const inside = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(Math.max(value, 0), most);
    const point = { x: inside(this.cross.x, this.size.width), y: inside(this.cross.y, this.size.height) };
    // One more than there is room for takes the place of the last.
    const points = [...this.points.slice(0, this.fields.length - 1), point];
    this.#set(points);
    this.#tell(this.dataset.said ?? "", points.length, point);
  }

  #undo() {
    this.#set(this.points.slice(0, -1));
    this.#tell(this.dataset.removed ?? "", 0, this.cross);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = event.shiftKey ? 0.005 : 0.02;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    if (way) {
      const inside = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(Math.max(value, 0), most);
      this.cross = {
        x: inside(this.cross.x + way[0] * step * this.size.width, this.size.width),
        y: inside(this.cross.y + way[1] * step * this.size.height, this.size.height),
      };
      this.#draw(true);
      this.#tell(this.dataset.at ?? "", 0, this.cross);
    } else if (event.key === "Enter" || event.key === " ") this.#add();
    else if (event.key === "Backspace" || event.key === "Delete") this.#undo();
    else return;
    event.preventDefault();
  }

  /** @param {string} text @param {number} number @param {{x: number, y: number}} point */
  #tell(text, number, point) {
    const status = this.querySelector("[data-status]");
    const share = (/** @type {number} */ value, /** @type {number} */ of) => Math.round((100 * value) / of);
    const values = { number, x: share(point.x, this.size.width), y: share(point.y, this.size.height) };
    if (status) status.textContent = filled(text, values);
  }

  #draw(showsCross = false) {
    for (const old of this.frame.querySelectorAll(".spots-mark, .spots-cross")) old.remove();
    this.points.forEach((point, place) => this.#mark("spots-mark", point, String(place + 1)));
    if (showsCross) this.#mark("spots-cross", this.cross, "");
  }

  /** @param {string} look @param {{x: number, y: number}} point @param {string} words */
  #mark(look, point, words) {
    const mark = document.createElement("span");
    mark.className = look;
    mark.textContent = words;
    mark.style.left = `${(100 * point.x) / this.size.width}%`;
    mark.style.top = `${(100 * point.y) / this.size.height}%`;
    this.frame.append(mark);
  }
}

/** How long a text is so far: Chinese characters, and words of other scripts. */
class Length extends HTMLElement {
  connectedCallback() {
    const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(this.dataset.for ?? ""));
    if (!field) return;
    const show = () => {
      const number = field.value.match(/[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’-]\w+)*/g)?.length ?? 0;
      this.textContent = filled(this.dataset.said ?? "", { number });
    };
    field.addEventListener("input", show);
    field.form?.addEventListener("draft:restored", show);
    show();
  }
}

/** A number: a text that is none is said where it stands, before the work is sent. */
class Numeric extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const note = /** @type {HTMLElement | null} */ (this.querySelector("[data-note]"));
    if (!field || !note || field.matches(":disabled")) return;
    const pattern = new RegExp(this.dataset.pattern ?? "", "i");
    const described = field.getAttribute("aria-describedby") ?? "";
    const judge = () => {
      const text = field.value.trim();
      const isNone = text !== "" && !pattern.test(text.normalize("NFKC"));
      const said = /** @type {HTMLElement} */ (note.querySelector("span"));
      note.hidden = !isNone;
      said.textContent = isNone ? filled(note.dataset.note ?? "", { text: text.slice(0, 20) }) : "";
      field.setAttribute("aria-invalid", String(isNone));
      field.setAttribute("aria-describedby", isNone ? `${described} ${note.id}`.trim() : described);
    };
    // While the first letters are typed nothing is said yet; what was said is taken back at once.
    field.addEventListener("change", judge);
    field.addEventListener("input", () => {
      if (!note.hidden) judge();
      // Room for what may be said is made while one types: later something else would move under the finger.
      this.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
    field.form?.addEventListener("draft:restored", judge);
    judge();
  }
}

/** A formula: the editor is loaded by the first page part that needs it. */
class Formula extends HTMLElement {
  connectedCallback() {
    if (!("adoptedStyleSheets" in document)) return; // the editor could not bring its styles under our policy
    import("./formulas.js").then(({ attach }) => attach(this)).catch(() => {}); // without it, one types LaTeX or text
  }
}

customElements.define("wk-formula", Formula);
customElements.define("wk-number", Numeric);
customElements.define("wk-order", Order);
customElements.define("wk-spots", Spots);
customElements.define("wk-length", Length);
