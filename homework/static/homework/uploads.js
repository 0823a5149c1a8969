/**
 * Photos and recordings go to the server one by one, ahead of the work that they belong to: on a thin line that
 * loses what is sent, one page is sent again, and not all of them. What was sent twice is there once.
 */
import { freshToken, Pause, pauseAfter, post } from "./post.js";
import { text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./outbox.js").Photo} Photo */

const TRIES_FOR_A_TOKEN = 3;

export class Uploads {
  /**
   * @param {string} url
   * @param {Outbox} outbox
   * @param {{changed: () => void, arrived: () => void, signedOut: () => void}} page
   */
  constructor(url, outbox, page) {
    this.url = url;
    this.outbox = outbox;
    this.page = page;
    this.pause = new Pause();
    /** Of the one that is being sent. @type {{id: string, share: number} | null} */
    this.sending = null;
    this.waits = false;
    /** @type {Promise<boolean> | null} */
    this.running = null;
    window.addEventListener("offline", () => page.changed());
    window.addEventListener("online", () => page.changed());
  }

  /** What still has to be sent. */
  get rest() {
    return this.outbox.files.filter(({ photo }) => photo.blob && !photo.sha && !photo.refused);
  }

  /** @returns {number} how much of all files is on the server, 0 to 1, by their size */
  get share() {
    const all = this.outbox.files.map(({ photo }) => photo).filter((photo) => photo.blob);
    const sizeOf = (/** @type {Photo} */ photo) => photo.blob?.size ?? 0;
    const whole = all.reduce((sum, photo) => sum + sizeOf(photo), 0);
    const there = all.reduce((sum, photo) => {
      if (photo.sha) return sum + sizeOf(photo);
      return sum + (this.sending?.id === photo.id ? this.sending.share * sizeOf(photo) : 0);
    }, 0);
    return whole ? there / whole : 1;
  }

  /** @param {Photo} photo @returns {string} where it is, in words */
  stateOf(photo) {
    if (photo.refused) return photo.refused;
    if (photo.sha) return text("there");
    if (this.sending?.id === photo.id) return `${Math.floor(this.sending.share * 100)} %`;
    if (!navigator.onLine || this.waits) return text("laterState");
    return text("waits");
  }

  /**
   * Send what is not there yet; a call while it runs joins it.
   *
   * @returns {Promise<boolean>} whether all of it arrived; not, where the sign-in has ended or one was refused
   */
  run() {
    this.running ??= this.#sendAll().finally(() => {
      this.running = null;
      this.sending = null;
      this.waits = false;
      this.page.changed();
    });
    return this.running;
  }

  async #sendAll() {
    let tries = 0;
    for (let next = this.rest[0]; next; next = this.rest[0]) {
      const { question, photo } = next;
      this.sending = { id: photo.id, share: 0 };
      this.waits = false;
      this.page.changed();
      const outcome = await this.#send(question, photo);
      this.sending = null;
      if (outcome.kind === "done") {
        photo.sha = outcome.body.sha256;
        photo.thumbnail = outcome.body.thumbnail ?? undefined;
        tries = 0;
        await this.outbox.save();
        this.page.arrived();
        continue;
      }
      if (outcome.kind === "stale-page" && tries < TRIES_FOR_A_TOKEN && (await freshToken())) {
        tries += 1;
        continue;
      }
      if (outcome.kind === "signed-out" || outcome.kind === "stale-page") {
        this.page.signedOut();
        return false;
      }
      if (outcome.kind === "refused") {
        photo.refused = outcome.message;
        await this.outbox.save();
        continue;
      }
      this.waits = true;
      this.page.changed();
      await this.pause.of(pauseAfter(tries, outcome.seconds));
      tries += 1;
    }
    return this.outbox.files.every(({ photo }) => photo.sha);
  }

  /** @param {string} question @param {Photo} photo */
  #send(question, photo) {
    const body = new FormData();
    body.append("question", question);
    body.append("file", /** @type {Blob} */ (photo.blob), photo.isSound ? "speech" : "photo.jpg");
    return post(this.url, body, {
      progress: (share) => {
        this.sending = { id: photo.id, share };
        this.page.changed();
      },
    });
  }
}
