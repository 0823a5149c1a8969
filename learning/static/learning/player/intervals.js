/**
 * Records what is really played: stretches without a jump, each with the wall time that it took.
 *
 * A stretch ends when the video pauses, waits, jumps or changes its speed, when the tab is hidden, and when the
 * clock and the video no longer agree (a device that slept). Nothing counts while the tab is hidden.
 *
 * @typedef {{id: string, start: number, end: number, rate: number, wall_start: string, wall_end: string}} Interval
 */

/** A shorter stretch is not worth a message. */
const SHORTEST_SECONDS = 0.1;
/** How far clock and video may drift apart between two looks before the stretch is cut. */
const LARGEST_DRIFT_SECONDS = 1.5;

export class IntervalRecorder {
  /**
   * @param {HTMLVideoElement} video
   * @param {(interval: Interval) => void} onInterval
   */
  constructor(video, onInterval) {
    this.video = video;
    this.onInterval = onInterval;
    /** @type {{start: number, wallStart: number, rate: number, end: number, wallEnd: number} | null} */
    this.open = null;
    video.addEventListener("playing", () => this.#begin());
    video.addEventListener("timeupdate", () => this.#look());
    for (const name of ["pause", "waiting", "ended", "emptied"]) video.addEventListener(name, () => this.#end());
    video.addEventListener("seeking", () => this.#close());
    video.addEventListener("seeked", () => this.#begin());
    video.addEventListener("ratechange", () => this.cut());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#end();
      else this.#begin();
    });
  }

  /** The stretch that is being played now, as [start, end], or null. */
  get current() {
    return this.open ? [this.open.start, this.open.end] : null;
  }

  /** Hand over what was played so far, and go on with a new stretch where this one ends. */
  cut() {
    this.#end();
    this.#begin();
  }

  #begin() {
    const { video } = this;
    if (this.open || video.paused || video.seeking || video.ended || document.visibilityState === "hidden") return;
    const now = Date.now();
    this.open = { start: video.currentTime, wallStart: now, rate: video.playbackRate, end: video.currentTime, wallEnd: now };
  }

  /** Follow the video; a jump that no event told of ends the stretch where it was last seen. */
  #look() {
    const { open, video } = this;
    if (!open) {
      if (video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.#begin();
      return;
    }
    const now = Date.now();
    const moved = video.currentTime - open.end;
    const drift = moved - (open.rate * (now - open.wallEnd)) / 1000;
    if (moved < 0 || Math.abs(drift) > LARGEST_DRIFT_SECONDS) {
      this.#close();
      this.#begin();
      return;
    }
    open.end = video.currentTime;
    open.wallEnd = now;
  }

  /** Take in the last quarter of a second, then hand over. */
  #end() {
    if (this.open && !this.video.seeking) this.#look();
    this.#close();
  }

  #close() {
    const { open } = this;
    this.open = null;
    if (!open || open.end - open.start < SHORTEST_SECONDS) return;
    this.onInterval({
      id: newId(),
      start: round(open.start),
      end: round(open.end),
      rate: open.rate,
      wall_start: new Date(open.wallStart).toISOString(),
      wall_end: new Date(open.wallEnd).toISOString(),
    });
  }
}

/** @param {number} seconds */
const round = (seconds) => Math.round(seconds * 1000) / 1000;

/** A random UUID; `crypto.randomUUID` is missing where a school serves without HTTPS. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
