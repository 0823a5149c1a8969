/** What a file says of itself in its first bytes, before anything is decoded: its format and its size in pixels. */

const HEAD_BYTES = 512 * 1024;
const HEIC_BRANDS = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"];

/** @typedef {{format: "jpeg" | "png" | "heic" | "other", width: number, height: number}} Head */

/** @param {Blob} file @returns {Promise<Head>} a size of 0 where the head does not tell */
export async function headOf(file) {
  const bytes = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (bytes.byteLength > 24 && bytes.getUint32(0) === 0x89504e47) {
    return { format: "png", width: bytes.getUint32(16), height: bytes.getUint32(20) };
  }
  if (bytes.byteLength > 4 && bytes.getUint16(0) === 0xffd8) return { format: "jpeg", ...sizeOfJpeg(bytes) };
  if (bytes.byteLength > 12 && textAt(bytes, 4) === "ftyp" && HEIC_BRANDS.includes(textAt(bytes, 8))) {
    return { format: "heic", width: 0, height: 0 };
  }
  return { format: "other", width: 0, height: 0 };
}

/** @param {DataView} bytes @param {number} place */
function textAt(bytes, place) {
  return String.fromCharCode(...[0, 1, 2, 3].map((step) => bytes.getUint8(place + step)));
}

/** @param {DataView} bytes @returns {{width: number, height: number}} from the frame's header, whatever stands before it */
function sizeOfJpeg(bytes) {
  let place = 2;
  while (place + 9 < bytes.byteLength && bytes.getUint8(place) === 0xff) {
    const marker = bytes.getUint8(place + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.getUint16(place + 5), width: bytes.getUint16(place + 7) };
    place += 2 + bytes.getUint16(place + 2);
  }
  return { width: 0, height: 0 };
}
