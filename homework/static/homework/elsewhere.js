/**
 * The same homework was typed in another tab or on another device, and saved there last. Both texts are shown where
 * they differ, and the pupil says which goes on; the other one stays on this device until the work is handed in.
 */
import { keepValues, valuesOf } from "../app/js/drafts.js";
import { clock, text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./autosave.js").Other} Other */

/** @param {unknown} response @returns {string} what a response says, in one line */
function saidIn(response) {
  const { sent, ...answers } = /** @type {Record<string, unknown>} */ (response ?? {});
  if (Array.isArray(sent)) return sent.length ? text("files", { number: sent.length }) : "";
  return Object.values(answers).flat().map(String).filter((part) => part.trim()).join(" · ");
}

export class Elsewhere {
  /**
   * @param {HTMLElement} place
   * @param {HTMLFormElement} form
   * @param {Outbox} outbox
   * @param {{responses: () => Record<string, object>, keepsThis: (version: number) => void}} page
   */
  constructor(place, form, outbox, page) {
    this.place = place;
    this.form = form;
    this.outbox = outbox;
    this.page = page;
    /** @type {Other | null} */
    this.other = null;
    this.head = /** @type {HTMLElement} */ (place.querySelector("[data-elsewhere-head]"));
    this.rows = /** @type {HTMLElement} */ (place.querySelector("[data-elsewhere-rows]"));
    place.querySelector("[data-keep-this]")?.addEventListener("click", () => this.#keepThis());
    place.querySelector("[data-take-other]")?.addEventListener("click", () => this.#takeOther());
    const aside = /** @type {HTMLElement} */ (document.querySelector("[data-aside]"));
    aside.hidden = !outbox.kept.aside;
    aside.querySelector("[data-take-back]")?.addEventListener("click", () => this.#takeBack());
  }

  /** @param {Other} other @returns {boolean} whether there is something to choose: the texts differ */
  show(other) {
    this.other = other;
    this.head.textContent = text("elsewhere", { time: clock(new Date(other.saved_at)) });
    const here = this.page.responses();
    const places = /** @type {HTMLElement[]} */ ([...this.form.querySelectorAll("[data-answer]")]);
    const rows = places.flatMap((place) => {
      const id = place.dataset.answer ?? "";
      const [mine, theirs] = [saidIn(here[id]), saidIn(other.content[id])];
      return mine === theirs ? [] : [this.#row(place.dataset.number ?? "", mine, theirs)];
    });
    this.rows.replaceChildren(...rows);
    const isNews = this.place.hidden;
    this.place.hidden = rows.length === 0;
    if (isNews && rows.length) this.place.focus();
    return rows.length > 0;
  }

  /** @param {string} number @param {string} mine @param {string} theirs */
  #row(number, mine, theirs) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = number;
    const cells = [mine, theirs].map((words) => {
      const cell = document.createElement("td");
      cell.textContent = words || text("nothingThere");
      return cell;
    });
    row.append(head, ...cells);
    return row;
  }

  async #keepThis() {
    if (!this.other) return;
    this.place.hidden = true;
    this.page.keepsThis(this.other.version);
  }

  /** The page is made anew from what the server has; what stood here can be taken back. */
  async #takeOther() {
    const { kept } = this.outbox;
    kept.aside = { at: Date.now(), values: valuesOf(this.form), photos: kept.photos };
    kept.photos = {};
    await this.#goOnWith(null);
  }

  async #takeBack() {
    const { kept } = this.outbox;
    if (!kept.aside) return;
    const { values, photos } = kept.aside;
    kept.aside = { at: Date.now(), values: valuesOf(this.form), photos: kept.photos };
    kept.photos = photos;
    await this.#goOnWith(values);
  }

  /** @param {Record<string, string[]> | null} values */
  async #goOnWith(values) {
    delete this.outbox.kept.base;
    await this.outbox.save();
    this.form.dataset.draftHeld = "yes";
    keepValues(this.form.dataset.draft ?? "", values);
    location.reload();
  }
}
