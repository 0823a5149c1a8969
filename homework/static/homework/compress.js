/**
 * Photographs become small before they are sent: at most 1600 px on the long side, JPEG, about 200 kB, upright.
 * Handwriting stays legible; a class on a thin line does not wait.
 */

const LONG_SIDE = 1600;
const AIM_BYTES = 200 * 1024;
const QUALITIES = [0.82, 0.72, 0.62, 0.52];

/** @typedef {{blob: Blob, width: number, height: number}} Small */

/** @param {Blob} file @returns {Promise<HTMLImageElement>} the picture, turned upright by the browser */
function decode(file) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("not a picture"));
    image.src = url;
  });
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
function encode(canvas, quality) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no blob"))), "image/jpeg", quality);
  });
}

/**
 * @param {Blob} file any picture that this browser reads
 * @param {{quarters?: number}} [options] turns to the right
 * @returns {Promise<Small>}
 */
export async function compress(file, { quarters = 0 } = {}) {
  const image = await decode(file);
  try {
    const scale = Math.min(1, LONG_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const width = Math.max(1, Math.round(image.naturalWidth * scale));
    const height = Math.max(1, Math.round(image.naturalHeight * scale));
    const lies = quarters % 2 === 1;
    const canvas = document.createElement("canvas");
    canvas.width = lies ? height : width;
    canvas.height = lies ? width : height;
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((quarters * Math.PI) / 2);
    pen.drawImage(image, -width / 2, -height / 2, width, height);
    let blob = await encode(canvas, QUALITIES[0]);
    for (const quality of QUALITIES.slice(1)) {
      if (blob.size <= AIM_BYTES) break;
      blob = await encode(canvas, quality);
    }
    return { blob, width: canvas.width, height: canvas.height };
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
