/**
 * One photo, turned and cut, in a dialog: four corners to drag or to move by the arrow keys, the piece between them
 * to drag as a whole. The photo itself stays as it was taken until the dialog is left with "done".
 */
import { decode, drawn, turned } from "./compress.js";
import { text } from "./texts.js";

/** @typedef {import("./compress.js").Edit} Edit */
/** @typedef {import("./compress.js").Region} Region */

const SHOWN_SIDE = 1200;
const SMALLEST = 0.1;
const STEP = 0.01;
const LARGE_STEP = 0.05;
/** Which sides each corner moves. @type {Record<string, [-1 | 0 | 1, -1 | 0 | 1]>} */
const CORNERS = { "top-left": [-1, -1], "top-right": [1, -1], "bottom-left": [-1, 1], "bottom-right": [1, 1] };
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** @param {number} value @param {number} low @param {number} high */
const between = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * @param {Region} region @param {[number, number]} sides which of its sides move; none of both: the whole of it
 * @param {number} dx @param {number} dy shares of the picture
 * @returns {Region} inside the picture, and never too small to see
 */
export function moved(region, [sideX, sideY], dx, dy) {
  const one = (/** @type {number} */ start, /** @type {number} */ size, /** @type {number} */ side, /** @type {number} */ by) => {
    if (side === 0) return [between(start + by, 0, 1 - size), size];
    if (side > 0) return [start, between(size + by, SMALLEST, 1 - start)];
    const fresh = between(start + by, 0, start + size - SMALLEST);
    return [fresh, start + size - fresh];
  };
  const [x, width] = one(region.x, region.width, sideX, dx);
  const [y, height] = one(region.y, region.height, sideY, dy);
  return { x, y, width, height };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Blob} master
 * @param {Edit} edit
 * @returns {Promise<Edit | null>} what is wanted now; null where it was left without
 */
export async function editPhoto(dialog, master, edit) {
  const image = await decode(master);
  return new Editor(dialog, image, edit).ask();
}

class Editor {
  /** @param {HTMLDialogElement} dialog @param {HTMLImageElement} image @param {Edit} edit */
  constructor(dialog, image, edit) {
    this.dialog = dialog;
    this.image = image;
    this.quarters = edit.quarters;
    this.region = edit.region ?? WHOLE;
    this.frame = /** @type {HTMLElement} */ (dialog.querySelector("[data-editor-frame]"));
    this.piece = /** @type {HTMLElement} */ (dialog.querySelector("[data-editor-piece]"));
    this.said = /** @type {HTMLElement} */ (dialog.querySelector("[data-editor-said]"));
  }

  /** @returns {Promise<Edit | null>} */
  ask() {
    const leaving = new AbortController();
    const { signal } = leaving;
    this.dialog.addEventListener("click", (event) => this.#press(event), { signal });
    this.dialog.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.piece.addEventListener("pointerdown", (event) => this.#drag(event), { signal });
    this.#draw();
    this.dialog.returnValue = "";
    this.dialog.showModal();
    return new Promise((resolve) => {
      this.dialog.addEventListener(
        "close",
        () => {
          leaving.abort();
          this.frame.querySelector("canvas")?.remove();
          resolve(this.dialog.returnValue === "done" ? this.#edit() : null);
        },
        { signal },
      );
    });
  }

  /** @returns {Edit} */
  #edit() {
    const { x, y, width, height } = this.region;
    const isWhole = x < 0.001 && y < 0.001 && width > 0.998 && height > 0.998;
    return { quarters: this.quarters, region: isWhole ? null : this.region };
  }

  #draw() {
    const canvas = drawn(this.image, { quarters: this.quarters, region: null }, SHOWN_SIDE);
    canvas.setAttribute("aria-hidden", "true");
    this.frame.querySelector("canvas")?.remove();
    this.frame.prepend(canvas);
    this.#place();
  }

  #place() {
    const { x, y, width, height } = this.region;
    Object.assign(this.piece.style, {
      left: `${x * 100}%`,
      top: `${y * 100}%`,
      width: `${width * 100}%`,
      height: `${height * 100}%`,
    });
    const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`;
    this.said.textContent = text("kept", { width: percent(width), height: percent(height) });
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const tool = /** @type {Element} */ (event.target).closest("[data-editor-do]");
    const deed = tool?.getAttribute("data-editor-do");
    if (deed === "turn") {
      const next = turned({ quarters: this.quarters, region: this.region });
      this.quarters = next.quarters;
      this.region = next.region ?? WHOLE;
      this.#draw();
    }
    if (deed === "whole") {
      this.region = WHOLE;
      this.#place();
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const arrow = ARROWS[event.key];
    const place = /** @type {HTMLElement} */ (event.target).closest("[data-corner]");
    if (!arrow || !place) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    this.region = moved(this.region, sidesOf(place), arrow[0] * step, arrow[1] * step);
    this.#place();
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const corner = /** @type {HTMLElement} */ (event.target).closest("[data-corner]");
    /** @type {HTMLElement | null} */ (corner)?.focus();
    const box = this.frame.getBoundingClientRect();
    const from = { x: event.clientX, y: event.clientY, region: this.region };
    const leaving = new AbortController();
    const { signal } = leaving;
    this.piece.setPointerCapture(event.pointerId);
    this.piece.addEventListener(
      "pointermove",
      (at) => {
        const dx = (at.clientX - from.x) / box.width;
        const dy = (at.clientY - from.y) / box.height;
        this.region = moved(from.region, sidesOf(corner), dx, dy);
        this.#place();
      },
      { signal },
    );
    for (const name of ["pointerup", "pointercancel"]) {
      this.piece.addEventListener(name, () => leaving.abort(), { signal });
    }
  }
}

/** @param {Element | null} corner @returns {[number, number]} */
const sidesOf = (corner) => CORNERS[corner?.getAttribute("data-corner") ?? ""] ?? [0, 0];
