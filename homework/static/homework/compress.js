/**
 * Photographs become small before they are sent: JPEG of at most 200 kB, upright, without what the camera noted.
 *
 * Handwriting must stay legible, so that pixels count for more than smooth paper: of the sizes in `LONG_SIDES` the
 * largest is taken that fits with an acceptable quality, then the best quality that fits. What does not fit in
 * colour, such as a page in bad light with much noise, is tried in grey. The figures are from
 * `benchmarks/legibility.py`.
 */
import { headOf } from "./sizes.js";

const AIM_BYTES = 200 * 1000;
const LONG_SIDES = [2000, 1800, 1600];
const SMALLER_SIDES = [1400, 1200, 1000];
const GOOD_ENOUGH = 0.55;
const LEAST = 0.3;
const BEST = 0.9;
const STEPS = 4;
const MASTER_SIDE = 2600;
const MASTER_QUALITY = 0.9;
export const MOST_MEGAPIXELS = 40;

/** @typedef {{x: number, y: number, width: number, height: number}} Region shares of the turned picture */
/** @typedef {{quarters: number, region: Region | null}} Edit turns to the right, then what is kept */
/** @typedef {{blob: Blob, width: number, height: number}} Small */

/** Why a file is not taken; `reason` is the name of a sentence of the page. */
export class NotTaken extends Error {
  /** @param {"notAPicture" | "heic" | "tooLarge"} reason @param {Record<string, number>} [values] */
  constructor(reason, values = {}) {
    super(reason);
    this.reason = reason;
    this.values = values;
  }
}

/**
 * What stays on the device to be turned and cut: upright, large enough for both.
 *
 * @param {Blob} file @returns {Promise<Blob>}
 */
export async function masterOf(file) {
  const head = await headOf(file);
  const megapixels = Math.round((head.width * head.height) / 1_000_000);
  if (megapixels > MOST_MEGAPIXELS) throw new NotTaken("tooLarge", { megapixels, most: MOST_MEGAPIXELS });
  const image = await decode(file).catch(() => {
    throw new NotTaken(head.format === "heic" ? "heic" : "notAPicture");
  });
  const canvas = drawn(image, { quarters: 0, region: null }, MASTER_SIDE);
  return encode(canvas, MASTER_QUALITY);
}

/** What is sent. @param {Blob} master @param {Edit} edit @returns {Promise<Small>} */
export async function compress(master, edit) {
  const image = await decode(master);
  for (const grey of [false, true]) {
    for (const side of LONG_SIDES) {
      const canvas = drawn(image, edit, side, grey);
      if ((await encode(canvas, GOOD_ENOUGH)).size <= AIM_BYTES) return best(canvas, GOOD_ENOUGH, BEST);
      if (side === LONG_SIDES.at(-1) && (await encode(canvas, LEAST)).size <= AIM_BYTES) return best(canvas, LEAST, GOOD_ENOUGH);
    }
  }
  for (const side of SMALLER_SIDES) {
    const canvas = drawn(image, edit, side, true);
    const blob = await encode(canvas, LEAST);
    if (blob.size <= AIM_BYTES || side === SMALLER_SIDES.at(-1)) return { blob, width: canvas.width, height: canvas.height };
  }
  throw new NotTaken("notAPicture");
}

/**
 * The best quality that fits, known to lie between two.
 *
 * @param {HTMLCanvasElement} canvas @param {number} low fits @param {number} high
 * @returns {Promise<Small>}
 */
async function best(canvas, low, high) {
  const { width, height } = canvas;
  let blob = await encode(canvas, high);
  if (blob.size <= AIM_BYTES) return { blob, width, height };
  blob = await encode(canvas, low);
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    const tried = await encode(canvas, middle);
    if (tried.size <= AIM_BYTES) [low, blob] = [middle, tried];
    else high = middle;
  }
  return { blob, width, height };
}

/** @param {Blob} file @returns {Promise<HTMLImageElement>} the picture, turned upright by the browser */
export function decode(file) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => {
      URL.revokeObjectURL(url);
      resolve(image);
    };
    image.onerror = () => {
      URL.revokeObjectURL(url);
      reject(new Error("not a picture"));
    };
    image.src = url;
  });
}

/**
 * @param {HTMLImageElement} image @param {Edit} edit
 * @param {number} longSide at most, in pixels; a picture is never enlarged
 * @param {boolean} [grey]
 * @returns {HTMLCanvasElement} what is kept of the turned picture
 */
export function drawn(image, edit, longSide, grey = false) {
  const lies = edit.quarters % 2 === 1;
  const whole = lies
    ? { width: image.naturalHeight, height: image.naturalWidth }
    : { width: image.naturalWidth, height: image.naturalHeight };
  const region = edit.region ?? { x: 0, y: 0, width: 1, height: 1 };
  const kept = { width: whole.width * region.width, height: whole.height * region.height };
  const scale = Math.min(1, longSide / Math.max(kept.width, kept.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(kept.width * scale));
  canvas.height = Math.max(1, Math.round(kept.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  if (grey) pen.filter = "grayscale(1)";
  pen.translate(-region.x * whole.width * scale, -region.y * whole.height * scale);
  pen.scale(scale, scale);
  pen.translate(whole.width / 2, whole.height / 2);
  pen.rotate((edit.quarters * Math.PI) / 2);
  pen.drawImage(image, -image.naturalWidth / 2, -image.naturalHeight / 2);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
function encode(canvas, quality) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no blob"))), "image/jpeg", quality);
  });
}

/** The edit after one more turn to the right. @param {Edit} edit @returns {Edit} */
export function turned({ quarters, region }) {
  return {
    quarters: (quarters + 1) % 4,
    region: region && { x: 1 - region.y - region.height, y: region.x, width: region.height, height: region.width },
  };
}
