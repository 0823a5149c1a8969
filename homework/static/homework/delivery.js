/**
 * Work on its way, seen from its own page: until the server acknowledges it or refuses it for good. What is on its way
 * stands in the outbox, so that a closed tab only delays it.
 */
import { deliver } from "./delivering.js";
import { Pause } from "./post.js";
import { clock, text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./uploads.js").Uploads} Uploads */

export class Delivery {
  /**
   * @param {HTMLElement} place with the state in words, the bar, "try now" and "sign in again"
   * @param {{url: string, outbox: Outbox, uploads: Uploads, busy: (isBusy: boolean) => void,
   *   arrived: (receipt: any, parcel: import("./outbox.js").Parcel | null, hasOtherPhotos: boolean) => void,
   *   refused: (code: string, message: string, details: any) => void}} work
   */
  constructor(place, work) {
    this.work = work;
    this.pause = new Pause();
    this.isBusy = false;
    /** Whether the words are about files on their way, and so are over when those have arrived. */
    this.tellsOfFiles = false;
    this.state = /** @type {HTMLElement} */ (place.querySelector("[data-state]"));
    this.bar = /** @type {HTMLProgressElement} */ (place.querySelector("[data-progress]"));
    this.tryNow = /** @type {HTMLButtonElement} */ (place.querySelector("[data-try-now]"));
    this.signIn = /** @type {HTMLElement} */ (place.querySelector("[data-sign-in-link]"));
    this.tryNow.addEventListener("click", () => {
      this.pause.end();
      work.uploads.pause.end();
    });
  }

  /** @param {string} words @param {"" | "is-bad" | "is-good"} [look] */
  say(words, look = "") {
    this.tellsOfFiles = false;
    this.state.textContent = words;
    this.state.className = `work-state ${look}`;
  }

  signedOut() {
    this.say(text("signedOut"), "is-bad");
    this.signIn.hidden = false;
  }

  /** How far the files are, in the bar and, while nothing else is to be said, in words. */
  showFiles() {
    const { uploads, outbox } = this.work;
    const all = outbox.files.length;
    const rest = uploads.rest.length;
    this.tryNow.hidden = !uploads.waits;
    if (!rest) {
      if (this.isBusy) return;
      this.bar.hidden = true;
      if (this.tellsOfFiles) this.say(text("filesThere"));
      return;
    }
    this.bar.hidden = false;
    this.bar.value = uploads.share;
    if (uploads.waits || !navigator.onLine) {
      this.say(text(this.isBusy ? "waitingForNetwork" : "filesLater"), this.isBusy ? "is-bad" : "");
    } else if (uploads.sending || this.isBusy) {
      this.say(text("sendingFiles", { done: all - rest, all, share: `${Math.floor(uploads.share * 100)} %` }));
    }
    this.tellsOfFiles = true;
  }

  /** Send what waits in the outbox until it is answered. */
  async run() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.work.busy(true);
    try {
      await this.#untilAnswered();
    } finally {
      this.isBusy = false;
      this.bar.hidden = true;
      this.tryNow.hidden = true;
      this.work.busy(false);
    }
  }

  async #untilAnswered() {
    const { url, outbox, uploads } = this.work;
    const answer = await deliver(url, outbox, uploads, this.pause, {
      sending: () => {
        this.tryNow.hidden = true;
        this.bar.hidden = false;
        this.bar.value = 1;
        this.say(text("sending"));
      },
      waiting: (seconds) => {
        this.bar.hidden = true;
        this.tryNow.hidden = false;
        this.say(text("waiting", { seconds }), "is-bad");
      },
    });
    if (answer.kind === "done") await this.#arrived(answer.body);
    if (answer.kind === "signed-out") this.signedOut();
    // A file that is refused is said beside it, too.
    if (answer.kind === "refused") await this.#giveUp(answer.code, answer.message, answer.details);
  }

  /** @param {any} receipt */
  async #arrived(receipt) {
    const { parcel } = this.work.outbox.kept;
    const hasOtherPhotos = await this.work.outbox.forget();
    if (receipt.received_at) this.say(text("received", { time: clock(new Date(receipt.received_at)) }), "is-good");
    this.work.arrived(receipt, parcel, hasOtherPhotos);
  }

  /** @param {string} code @param {string} message @param {any} details */
  async #giveUp(code, message, details) {
    this.work.outbox.kept.parcel = null;
    await this.work.outbox.save();
    this.say(message, "is-bad");
    this.work.refused(code, message, details);
    if (this.work.uploads.rest.length) this.work.uploads.run();
  }
}
