/**
 * A spoken answer: recorded here, heard again, recorded anew; kept in the outbox and sent ahead as photos are. Where
 * the browser cannot record (an old one, or a page without HTTPS), a file of the device's own recorder is chosen.
 */
import { newKey } from "./outbox.js";
import { text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./outbox.js").Photo} Photo */

const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** @param {number} seconds */
const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Why there is no microphone, as a sentence of the page. @param {unknown} error */
function reasonOf(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "noMicrophoneThere";
  return name === "NotReadableError" || name === "AbortError" ? "microphoneBusy" : "noMicrophone";
}

export class Recorder {
  /**
   * @param {HTMLElement} place the element with `data-recorder`
   * @param {Outbox} outbox
   * @param {{changed: () => void, stateOf: (sound: Photo) => string}} whole
   */
  constructor(place, outbox, whole) {
    this.place = place;
    this.outbox = outbox;
    this.whole = whole;
    this.question = place.dataset.recorder ?? "";
    this.most = Number(place.dataset.seconds);
    this.start = /** @type {HTMLButtonElement} */ (place.querySelector("[data-record]"));
    this.stop = /** @type {HTMLButtonElement} */ (place.querySelector("[data-stop]"));
    this.remove = /** @type {HTMLButtonElement} */ (place.querySelector("[data-remove]"));
    this.heard = /** @type {HTMLAudioElement} */ (place.querySelector("audio"));
    this.elapsed = /** @type {HTMLProgressElement} */ (place.querySelector("[data-elapsed]"));
    this.note = /** @type {HTMLElement} */ (place.querySelector("[data-recorder-note]"));
    this.input = /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]"));
    /** @type {MediaRecorder | null} */
    this.recorder = null;
    /** @type {Blob | null} */
    this.shown = null;
    this.url = "";
    this.outbox.kept.photos[this.question] ??= JSON.parse(place.dataset.there ?? "[]");
    this.setUp();
  }

  setUp() {
    const can = Boolean(navigator.mediaDevices?.getUserMedia) && "MediaRecorder" in window;
    for (const box of this.place.querySelectorAll("[data-recorder-kept]")) box.remove();
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
    window.addEventListener("pagehide", () => this.recorder?.stop());
    this.#draw();
  }

  get kept() {
    return this.outbox.kept.photos[this.question]?.[0] ?? null;
  }

  async #record() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      this.note.textContent = text(reasonOf(error));
      this.place.querySelector("[data-recorder-plain]")?.removeAttribute("hidden");
      return;
    }
    const mimeType = FORMATS.find((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
    this.recorder = recorder;
    /** @type {Blob[]} */
    const parts = [];
    const began = performance.now();
    this.elapsed.max = this.most;
    const show = () => {
      const seconds = (performance.now() - began) / 1000;
      this.elapsed.value = seconds;
      this.note.textContent = text("recording", { now: clockOf(seconds), most: clockOf(this.most) });
      if (seconds >= this.most && recorder.state === "recording") recorder.stop();
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
    this.outbox.kept.photos[this.question] = blob ? [{ id: newKey(), blob, name: "speech", isSound: true }] : [];
    await this.outbox.save();
    this.#draw();
    this.whole.changed();
  }

  /** Where the recording is; called while it is on its way. */
  drawStates() {
    if (!this.recorder) this.note.textContent = this.kept ? this.whole.stateOf(this.kept) : (this.note.dataset.empty ?? "");
    const field = /** @type {HTMLInputElement} */ (this.place.querySelector("input[data-sent]"));
    field.value = this.kept?.sha ?? "";
    field.disabled = !field.value;
  }

  #draw() {
    const { kept } = this;
    const isRunning = Boolean(this.recorder);
    this.stop.hidden = this.elapsed.hidden = !isRunning;
    this.start.disabled = isRunning;
    this.heard.hidden = this.remove.hidden = !kept || isRunning;
    if (this.shown !== (kept?.blob ?? null) || !kept?.blob) {
      if (this.url) URL.revokeObjectURL(this.url);
      this.url = kept?.blob ? URL.createObjectURL(kept.blob) : "";
      this.shown = kept?.blob ?? null;
      const source = this.url || kept?.address;
      if (source) this.heard.src = source;
      else this.heard.removeAttribute("src");
    }
    const words = /** @type {HTMLElement} */ (this.start.querySelector("span"));
    words.textContent = (kept ? words.dataset.again : words.dataset.first) ?? "";
    this.drawStates();
  }
}
