/**
 * What is typed goes to the server a moment after each change, beside the copy on the device (app/js/drafts.js).
 */
import { send } from "../app/js/csrf.js";
import { freshToken } from "./post.js";
import { clock, text } from "./texts.js";

const PAUSE_MS = 1500;

/** @typedef {{version: number, saved_at: string, content: Record<string, Record<string, unknown>>}} Other what another tab or device saved */

export class Autosave {
  /**
   * @param {HTMLFormElement} form
   * @param {{say: (words: string, look?: "" | "is-bad" | "is-good") => void, signedOut: () => void,
   *   elsewhere: (other: Other) => void, handedIn: (message: string, details: any) => void,
   *   saved: (version: number) => void}} page
   */
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.timer = 0;
    this.isStopped = false;
    this.again = false;
    /** @type {Promise<void> | null} */
    this.running = null;
    form.addEventListener("input", () => this.later());
    form.addEventListener("draft:saved", () => page.say(text("savedOnDevice")));
  }

  later() {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => this.now(), PAUSE_MS);
  }

  /** Save, after what is being saved. @returns {Promise<void>} */
  async now() {
    if (this.isStopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.#save().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.later();
      }
    });
    await this.running;
  }

  /** Nothing is saved from now on; resolves when what was on its way is answered. */
  async stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  go() {
    this.isStopped = false;
  }

  /** @param {string} name @param {number} value */
  knows(name, value) {
    /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name)).value = String(value);
  }

  async #save() {
    try {
      const body = new FormData(this.form);
      for (const name of [...body.keys()]) if (/^(photos|recordings)-/.test(name)) body.delete(name);
      const post = () => send(this.form.dataset.save ?? "", { body, headers: { Accept: "application/json" } });
      let answer = await post();
      if (answer.status === 400 && (await freshToken())) answer = await post();
      if (answer.ok) {
        const saved = await answer.json();
        this.knows("draft_version", saved.version);
        this.page.saved(saved.version);
        this.page.say(text("savedAt", { time: clock(new Date(saved.saved_at)) }));
      } else if (answer.status === 401) {
        this.page.signedOut();
      } else if (answer.status === 409) {
        const { error } = await answer.json();
        if (error.code === "draft_is_newer") this.page.elsewhere(error.details);
        else this.page.handedIn(error.message, error.details);
      } else {
        // Closed or withdrawn while she types: she learns it now, and not when she hands in.
        const { error } = answer.status === 403 ? await answer.json() : { error: null };
        this.page.say(error?.message ?? text("savedOnDevice"), error ? "is-bad" : "");
      }
    } catch {
      this.page.say(text("offline"));
    }
  }
}
