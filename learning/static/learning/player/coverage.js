/** The strip that shows what was really seen, and its share in words. */

/** @param {[number, number][]} stretches @returns {[number, number][]} their union, ascending */
export function union(stretches) {
  const sorted = stretches.filter(([start, end]) => end > start).sort((one, other) => one[0] - other[0]);
  /** @type {[number, number][]} */
  const merged = [];
  for (const [start, end] of sorted) {
    const last = merged[merged.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

export class CoverageStrip {
  /**
   * @param {HTMLElement} page
   * @param {number} length seconds
   * @param {[number, number][]} seen
   * @param {string | null} completedAt
   */
  constructor(page, length, seen, completedAt) {
    this.root = page.querySelector("[data-coverage]");
    this.length = length;
    this.seen = union(seen);
    this.completedAt = completedAt;
    this.show(null);
  }

  /** Shown at once; the server's word replaces it. @param {number} start @param {number} end */
  add(start, end) {
    this.seen = union([...this.seen, [start, end]]);
    this.show(null);
  }

  /** What the server counts. @param {[number, number][]} seen @param {string | null} completedAt */
  confirm(seen, completedAt) {
    this.seen = union(seen);
    this.completedAt = completedAt;
    this.show(null);
  }

  /** @param {number[] | null} current the stretch that is playing */
  show(current) {
    if (!(this.root instanceof HTMLElement) || !this.length) return;
    const stretches = union(current ? [...this.seen, [current[0], current[1]]] : this.seen);
    const place = this.root.querySelector("[data-coverage-seen]");
    place?.replaceChildren(...stretches.map((stretch) => this.#mark(stretch)));
    const seconds = stretches.reduce((sum, [start, end]) => sum + end - start, 0);
    const share = `${Math.min(100, Math.round((100 * seconds) / this.length))}%`;
    const text = (this.root.dataset.label ?? "{share}").replace("{share}", share);
    const shown = this.completedAt ? `${this.root.dataset.done} · ${text}` : text;
    const line = this.root.querySelector("[data-coverage-text]");
    if (line && line.textContent !== shown) line.textContent = shown;
    this.root.querySelector("svg")?.setAttribute("aria-label", text);
    this.root.toggleAttribute("data-finished", Boolean(this.completedAt));
  }

  /** @param {[number, number]} stretch */
  #mark([start, end]) {
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const scale = 1000 / this.length;
    mark.setAttribute("class", "seen");
    mark.setAttribute("x", (start * scale).toFixed(1));
    mark.setAttribute("width", Math.max((end - start) * scale, 1).toFixed(1));
    mark.setAttribute("height", "8");
    return mark;
  }
}
