/**
 * A spoken answer: recorded here, heard again, recorded anew; kept in the outbox as photos are. Where the browser
 * cannot record (an old one, or a page without HTTPS), a file of the device's own recorder is chosen instead.
 */
import { newKey } from "./outbox.js";
import { text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */

const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** @param {number} seconds */
const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export class Recorder {
  /**
   * @param {HTMLElement} place the element with `data-recorder`
   * @param {Outbox} outbox
   * @param {() => void} changed
   */
  constructor(place, outbox, changed) {
    this.place = place;
    this.outbox = outbox;
    this.changed = changed;
    this.question = place.dataset.recorder ?? "";
    this.most = Number(place.dataset.seconds);
    this.start = /** @type {HTMLButtonElement} */ (place.querySelector("[data-record]"));
    this.stop = /** @type {HTMLButtonElement} */ (place.querySelector("[data-stop]"));
    this.remove = /** @type {HTMLButtonElement} */ (place.querySelector("[data-remove]"));
    this.heard = /** @type {HTMLAudioElement} */ (place.querySelector("audio"));
    this.note = /** @type {HTMLElement} */ (place.querySelector("[data-recorder-note]"));
    this.input = /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]"));
    /** @type {MediaRecorder | null} */
    this.recorder = null;
    this.setUp();
  }

  setUp() {
    const can = Boolean(navigator.mediaDevices?.getUserMedia) && "MediaRecorder" in window;
    if (can) {
      this.place.querySelector("[data-recorder-plain]")?.setAttribute("hidden", "");
      this.start.hidden = false;
    }
    this.start.addEventListener("click", () => this.#record());
    this.stop.addEventListener("click", () => this.recorder?.stop());
    this.remove.addEventListener("click", () => this.#keep(null));
    this.input.addEventListener("change", () => {
      const file = this.input.files?.[0];
      this.input.value = "";
      if (file) this.#keep(file);
    });
    this.#draw();
  }

  get kept() {
    return this.outbox.kept.photos[this.question]?.[0] ?? null;
  }

  async #record() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.note.textContent = text("noMicrophone");
      this.place.querySelector("[data-recorder-plain]")?.removeAttribute("hidden");
      return;
    }
    const mimeType = FORMATS.find((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
    this.recorder = recorder;
    /** @type {Blob[]} */
    const parts = [];
    const began = Date.now();
    const show = () => {
      const seconds = (Date.now() - began) / 1000;
      this.note.textContent = text("recording", { now: clockOf(seconds), most: clockOf(this.most) });
      if (seconds >= this.most) recorder.stop();
    };
    const timer = setInterval(show, 250);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      this.recorder = null;
      this.#keep(new Blob(parts, { type: recorder.mimeType }));
      this.heard.focus();
    });
    recorder.start();
    this.#draw();
    show();
    this.stop.focus();
  }

  /** @param {Blob | null} blob */
  async #keep(blob) {
    const { photos } = this.outbox.kept;
    photos[this.question] = blob ? [{ id: newKey(), blob, name: "speech", field: "recordings" }] : [];
    await this.outbox.save();
    this.#draw();
    this.changed();
  }

  #draw() {
    const { kept } = this;
    this.stop.hidden = !this.recorder;
    this.start.disabled = Boolean(this.recorder);
    this.heard.hidden = this.remove.hidden = !kept || Boolean(this.recorder);
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = kept ? URL.createObjectURL(kept.blob) : "";
    if (kept) this.heard.src = this.url;
    else this.heard.removeAttribute("src");
    const words = /** @type {HTMLElement} */ (this.start.querySelector("span"));
    words.textContent = (kept ? words.dataset.again : words.dataset.first) ?? "";
    if (!this.recorder) this.note.textContent = kept ? text("onDevice") : this.note.dataset.empty ?? "";
  }
}
