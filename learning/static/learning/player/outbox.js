/**
 * The outbox: what was played stays on this device until the server says that it has it, through closed tabs and
 * lost connections. Entries belong to the person who was signed in, so that a shared computer mixes nobody up.
 *
 * Each entry is kept twice: in IndexedDB, which survives, and in memory, which can be read while a page goes away.
 *
 * @typedef {import("./intervals.js").Interval & {registration: string, lesson_id: number}} Entry
 */

const DATABASE = "weike-playback";
const STORE = "intervals";
const URL_TO = "/api/v1/playback";
/** As many as one batch may hold; a keepalive request holds 64 kB. */
const LARGEST_BATCH = 100;
const FIRST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_MS = 120_000;
/** The server has understood and will never take it: sending again is no use. */
const FINAL = new Set([400, 404, 409, 422]);

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Outbox {
  /** @param {{person: string, csrf: string}} of */
  constructor({ person, csrf }) {
    this.person = person;
    this.csrf = csrf;
    /** @type {Map<string, Entry & {person: string}>} */
    this.waiting = new Map();
    /** @type {(answer: any) => void} */
    this.onAnswer = () => {};
    this.pause = FIRST_PAUSE_MS;
    this.busy = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    // Private windows of some browsers have no IndexedDB: then memory alone must do.
    this.database = openDatabase().catch(() => null);
    this.ready = this.#recall();
  }

  /** @param {Entry} entry */
  add(entry) {
    const kept = { ...entry, person: this.person };
    this.waiting.set(entry.id, kept);
    this.#change((store) => store.put(kept));
  }

  /** Ask the server to look at a lesson again, with nothing new to tell: a question was answered. @param {{id: number, registration: string}} lesson */
  async touch(lesson) {
    await this.flush();
    const answer = await this.#post({ registration: lesson.registration, lesson_id: lesson.id }, [], false).catch(() => null);
    if (answer?.ok) this.onAnswer(await answer.json());
  }

  /** Send what waits. @param {{leaving?: boolean}} [how] `leaving`: the page goes away, so nothing may be awaited */
  async flush({ leaving = false } = {}) {
    if (leaving) {
      for (const batch of this.#batches().slice(0, 2)) this.#post(batch[0], batch, true).catch(() => {});
      return;
    }
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      await this.ready;
      for (const batch of this.#batches()) await this.#deliver(batch);
      this.pause = FIRST_PAUSE_MS;
    } catch {
      this.timer = window.setTimeout(() => this.flush(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    } finally {
      this.busy = false;
    }
  }

  /** @param {Entry[]} batch */
  async #deliver(batch) {
    const answer = await this.#post(batch[0], batch, false);
    if (answer.ok) {
      const told = await answer.json();
      this.#forget(told.results.map((/** @type {{id: string}} */ one) => one.id));
      this.onAnswer(told);
    } else if (FINAL.has(answer.status)) {
      console.warn("playback was refused for good", answer.status);
      this.#forget(batch.map((one) => one.id));
    } else {
      throw new Error(`playback: ${answer.status}`);
    }
  }

  /**
   * @param {{registration: string, lesson_id: number}} about
   * @param {Entry[]} batch
   * @param {boolean} leaving
   */
  #post(about, batch, leaving) {
    const body = {
      registration: about.registration,
      lesson_id: about.lesson_id,
      sent_at: new Date().toISOString(),
      intervals: batch.map(({ id, start, end, rate, wall_start, wall_end }) => ({ id, start, end, rate, wall_start, wall_end })),
    };
    return fetch(URL_TO, {
      method: "POST",
      credentials: "same-origin",
      keepalive: leaving,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
      body: JSON.stringify(body),
    });
  }

  /** What waits, by registration, in pieces that one request may hold. @returns {Entry[][]} */
  #batches() {
    /** @type {Map<string, Entry[]>} */
    const byRegistration = new Map();
    for (const entry of this.waiting.values()) {
      const batch = byRegistration.get(entry.registration) ?? [];
      batch.push(entry);
      byRegistration.set(entry.registration, batch);
    }
    return [...byRegistration.values()].flatMap((entries) => {
      const pieces = [];
      for (let from = 0; from < entries.length; from += LARGEST_BATCH) pieces.push(entries.slice(from, from + LARGEST_BATCH));
      return pieces;
    });
  }

  /** What an earlier page left behind. */
  async #recall() {
    const database = await this.database;
    if (!database) return;
    await new Promise((resolve) => {
      const request = database.transaction(STORE).objectStore(STORE).getAll();
      request.onsuccess = () => {
        for (const entry of request.result) if (entry.person === this.person) this.waiting.set(entry.id, entry);
        resolve(undefined);
      };
      request.onerror = () => resolve(undefined);
    });
  }

  /** @param {string[]} ids */
  #forget(ids) {
    for (const id of ids) this.waiting.delete(id);
    this.#change((store) => ids.forEach((id) => store.delete(id)));
  }

  /** @param {(store: IDBObjectStore) => void} change */
  async #change(change) {
    const database = await this.database;
    if (database) change(database.transaction(STORE, "readwrite").objectStore(STORE));
  }
}
