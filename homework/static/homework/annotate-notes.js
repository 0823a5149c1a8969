/**
 * The annotations of one page: what stands there, what is on its way to the server, and what can be undone.
 *
 * Every note has a key made here, so sending it again changes nothing; what is not sent yet is kept on this device.
 *
 * @typedef {{key: string, kind: "pen" | "stamp" | "text" | "voice", shape: any, url?: string, seconds?: number}} Note
 * @typedef {{added: Note[], removed: string[], restored: string[]}} Changes
 * @typedef {{kind: "add" | "remove", note: Note}} Deed
 * @typedef {"saved" | "saving" | "waiting" | "signed-out" | "refused"} State
 */
import { send } from "../app/js/csrf.js";
import { freshToken } from "./parcel.js";

const QUIET_MS = 300;
const AGAIN_MS = [1_000, 3_000, 10_000, 30_000];
const MOST_AT_ONCE = 100;

/** @returns {Changes} */
const nothing = () => ({ added: [], removed: [], restored: [] });

export const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (Number(c) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(c) / 4)))).toString(16));

export class Notes {
  /**
   * @param {string} url where changes go
   * @param {string} place under which they are kept on this device
   * @param {Note[]} stored
   * @param {{drawn: () => void, told: (state: State, message?: string) => void}} on
   */
  constructor(url, place, stored, on) {
    this.url = url;
    this.place = place;
    this.on = on;
    /** @type {Map<string, Note>} */
    this.shown = new Map(stored.map((one) => [one.key, one]));
    /** @type {Deed[]} */
    this.done = [];
    /** @type {Deed[]} */
    this.undone = [];
    this.waiting = this.#kept();
    this.tries = 0;
    this.busy = false;
    for (const one of this.waiting.added) this.shown.set(one.key, one);
    for (const key of this.waiting.removed) this.shown.delete(key);
    globalThis.addEventListener("online", () => this.#later(0));
    globalThis.addEventListener("beforeunload", (event) => {
      if (this.#isWaiting() && !this.#keep()) event.preventDefault();
    });
    if (this.#isWaiting()) this.#later(0);
  }

  /** @param {Note} note */
  add(note) {
    this.#do({ kind: "add", note });
    this.undone = [];
  }

  /** @param {string} key */
  remove(key) {
    const note = this.shown.get(key);
    if (!note) return;
    this.#do({ kind: "remove", note });
    this.undone = [];
  }

  /** What is undone is a deed of its own, the other way round. */
  undo() {
    const deed = this.done.pop();
    if (!deed) return;
    this.#apply({ kind: deed.kind === "add" ? "remove" : "add", note: deed.note }, true);
    this.undone.push(deed);
    this.on.drawn();
  }

  redo() {
    const deed = this.undone.pop();
    if (!deed) return;
    this.#apply(deed, true);
    this.done.push(deed);
    this.on.drawn();
  }

  /** What the server has now, with what it does not know yet. @param {Note[]} stored */
  take(stored) {
    this.shown = new Map(stored.map((one) => [one.key, one]));
    for (const one of this.waiting.added) this.shown.set(one.key, one);
    for (const key of this.waiting.removed) this.shown.delete(key);
    this.on.drawn();
  }

  /** @param {Deed} deed */
  #do(deed) {
    this.#apply(deed, false);
    this.done.push(deed);
    this.on.drawn();
  }

  /** @param {Deed} deed @param {boolean} isAgain whether the server may know the note already */
  #apply({ kind, note }, isAgain) {
    const { waiting } = this;
    const without = (/** @type {string[]} */ keys) => keys.filter((one) => one !== note.key);
    if (kind === "add") {
      this.shown.set(note.key, note);
      waiting.removed = without(waiting.removed);
      if (isAgain) waiting.restored = [...without(waiting.restored), note.key];
      if (note.kind !== "voice" && !waiting.added.some((one) => one.key === note.key)) waiting.added.push(note);
    } else {
      this.shown.delete(note.key);
      waiting.restored = without(waiting.restored);
      waiting.removed = [...without(waiting.removed), note.key];
    }
    this.#keep();
    this.#later(QUIET_MS);
  }

  #isWaiting() {
    return Object.values(this.waiting).some((one) => one.length > 0);
  }

  /** @returns {Changes} */
  #kept() {
    try {
      return { ...nothing(), ...JSON.parse(localStorage.getItem(this.place) ?? "{}") };
    } catch {
      return nothing();
    }
  }

  /** @returns {boolean} whether the device keeps it */
  #keep() {
    try {
      if (this.#isWaiting()) localStorage.setItem(this.place, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.place);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {number} milliseconds */
  #later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#send(), milliseconds);
  }

  async #send() {
    if (this.busy || !this.#isWaiting()) return;
    this.busy = true;
    this.on.told("saving");
    const sent = {
      added: this.waiting.added.slice(0, MOST_AT_ONCE),
      removed: this.waiting.removed.slice(0, MOST_AT_ONCE),
      restored: this.waiting.restored.slice(0, MOST_AT_ONCE),
    };
    /** @type {State} */
    let state = "waiting";
    let message = "";
    try {
      const post = () => send(this.url, { body: sent, headers: { Accept: "application/json" } });
      let answer = await post();
      if (answer.status === 400 && (await freshToken())) answer = await post();
      if (answer.ok) {
        this.#forget(sent);
        this.take((await answer.json()).notes);
        state = "saved";
      } else if (answer.status === 401) {
        state = "signed-out";
      } else if (answer.status < 500 && answer.status !== 429) {
        // Refused for good: it would be refused again, and hold up the rest.
        message = (await answer.json()).error?.message ?? "";
        for (const one of sent.added) this.shown.delete(one.key);
        this.#forget(sent);
        state = "refused";
      }
    } catch {
      state = "waiting";
    }
    this.busy = false;
    this.tries = state === "waiting" || state === "signed-out" ? this.tries + 1 : 0;
    this.on.told(state, message);
    if (state === "refused") this.on.drawn();
    if (this.#isWaiting()) this.#later(this.tries ? AGAIN_MS[Math.min(this.tries, AGAIN_MS.length) - 1] : 0);
  }

  /** @param {Changes} sent */
  #forget(sent) {
    const keys = new Set(sent.added.map((one) => one.key));
    this.waiting.added = this.waiting.added.filter((one) => !keys.has(one.key));
    this.waiting.removed = this.waiting.removed.filter((one) => !sent.removed.includes(one));
    this.waiting.restored = this.waiting.restored.filter((one) => !sent.restored.includes(one));
    this.#keep();
  }
}
