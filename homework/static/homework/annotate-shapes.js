/** Shapes of annotations, drawn as the server draws them (`shapes.svg`). Lengths are ten-thousandths of a page's width. */

/** @typedef {import("./annotate-notes.js").Note} Note */

const SVG = "http://www.w3.org/2000/svg";
export const INKS = /** @type {Record<string, string>} */ ({ red: "#d32f2f", blue: "#1565c0", green: "#2e7d32" });
export const UNIT = 10_000;
export const STAMP_SIZE = 900;
export const TEXT_SIZE = 420;
export const PEN_WIDTH = 50;
const NEAR = 9;
const VOICE_SIZE = 600;

/** @param {string} name @param {Record<string, string | number>} attributes */
export function element(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** @param {number[]} points */
export function pathOf(points) {
  if (points.length < 4) return `M${points[0]} ${points[1]}h1`;
  let path = `M${points[0]} ${points[1]}`;
  for (let at = 2; at + 3 < points.length; at += 2) {
    const [ax, ay, bx, by] = points.slice(at, at + 4);
    path += `Q${ax} ${ay} ${Math.floor((ax + bx) / 2)} ${Math.floor((ay + by) / 2)}`;
  }
  return `${path}L${points[points.length - 2]} ${points[points.length - 1]}`;
}

/**
 * Fewer points for the same line (Ramer 1972; Douglas and Peucker 1973).
 *
 * @param {number[]} points
 * @returns {number[]}
 */
export function simplified(points) {
  const count = points.length / 2;
  const kept = new Uint8Array(count);
  kept[0] = kept[count - 1] = 1;
  const parts = [[0, count - 1]];
  while (parts.length > 0) {
    const [first, last] = /** @type {number[]} */ (parts.pop());
    const [ax, ay, bx, by] = [points[2 * first], points[2 * first + 1], points[2 * last], points[2 * last + 1]];
    const length = Math.hypot(bx - ax, by - ay);
    let farthest = 0;
    let at = 0;
    for (let one = first + 1; one < last; one += 1) {
      const [x, y] = [points[2 * one], points[2 * one + 1]];
      const away = length
        ? Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
        : Math.hypot(x - ax, y - ay);
      if (away > farthest) [farthest, at] = [away, one];
    }
    if (farthest > NEAR) {
      kept[at] = 1;
      parts.push([first, at], [at, last]);
    }
  }
  return points.filter((_, place) => kept[place >> 1]);
}

/**
 * Words in lines that end at the page's edge.
 *
 * @param {string} text @param {number} x
 */
export function wrapped(text, x) {
  const room = Math.max((UNIT - x) / TEXT_SIZE, 4);
  return text
    .trim()
    .split("\n")
    .map((line) => {
      let width = 0;
      let out = "";
      for (const letter of line) {
        const wide = letter.codePointAt(0) > 0x2e7f ? 1 : 0.55;
        if (width + wide > room) {
          out += "\n";
          width = 0;
        }
        out += letter;
        width += wide;
      }
      return out;
    })
    .join("\n");
}

/** @param {Note} note */
export function drawn(note) {
  const { shape } = note;
  const group = element("g", { "data-key": note.key });
  if (note.kind === "pen") {
    const d = pathOf(shape.points);
    const line = { d, fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
    group.append(
      element("path", { ...line, stroke: INKS[shape.colour], "stroke-width": shape.width }),
      // Wider, and not to be seen: what the eraser can hit.
      element("path", { ...line, stroke: "transparent", "stroke-width": 250 }),
    );
  } else if (note.kind === "stamp") {
    const { x, y, size } = shape;
    const box = { x: x - size / 2, y: y - size / 2, width: size, height: size };
    group.append(
      element("use", { ...box, href: `#stamp-${shape.name}`, color: INKS.red }),
      element("rect", { ...box, fill: "transparent" }),
    );
  } else if (note.kind === "text") {
    const { x, y, size } = shape;
    const text = element("text", {
      fill: INKS[shape.colour], stroke: "#fff", "stroke-width": Math.floor(size / 7), "stroke-linejoin": "round",
      "paint-order": "stroke", "font-size": size, "font-family": "sans-serif",
    });
    for (const [number, line] of shape.text.split("\n").entries()) {
      const span = element("tspan", { x, y: y + size + Math.floor((size * 5 * number) / 4) });
      span.textContent = line;
      text.append(span);
    }
    group.append(text);
  } else {
    const { x, y } = shape;
    group.append(
      element("circle", { cx: x, cy: y, r: VOICE_SIZE / 2, fill: "#fff", stroke: INKS.red, "stroke-width": 40 }),
      element("path", {
        d: `M${x - 100} ${y - 160}V${y + 160}L${x + 180} ${y}Z`, fill: INKS.red,
      }),
    );
  }
  return group;
}
