/**
 * Photos and hand-ins stay on this device (IndexedDB) until the server has acknowledged them: a closed tab, a lost
 * line or an ended sign-in costs nothing. One record a person and piece of work.
 *
 * A photo that the server has carries its hash; one that came from there (handed in before, or sent from another
 * device) has no blob until it is turned or cut.
 *
 * @typedef {import("./compress.js").Edit} Edit
 * @typedef {{id: string, name: string, blob?: Blob, master?: Blob, edit?: Edit, isSound?: boolean,
 *   sha?: string, thumbnail?: string, address?: string, refused?: string}} Photo a photo, or a recording
 * @typedef {{key: string, content: string, fields: Record<string, string>, photos: Record<string, Photo[]>, page: string,
 *   title?: string, draft?: string, values?: Record<string, string[]>, to?: {work: string, files: string}}} Parcel
 *   `page`: where it is done, `to`: where it and its files are sent; `draft`: the typed text that is over with it, if it
 *   still says `values`
 * @typedef {{work: string, parcel: Parcel}} Waiting
 * @typedef {{at: number, values: Record<string, string[]>, photos: Record<string, Photo[]>}} Aside another text that
 *   was not chosen
 * @typedef {{id: string, photos: Record<string, Photo[]>, parcel: Parcel | null, aside?: Aside | null, base?: number}} Kept
 *   `base`: the draft on the server that this device saved or began with
 */

const DATABASE = "weike-homework";
const STORE = "work";

function person() {
  return document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function inStore(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @param {Kept} kept @returns {Kept} as it is now, whatever becomes of its lists */
function asItStands(kept) {
  return { ...kept, photos: Object.fromEntries(Object.entries(kept.photos).map(([question, all]) => [question, [...all]])) };
}

/**
 * What two tabs did to one record, of which both had read *base*: what one of them added, removed or changed, that is.
 * The order of photos is ours.
 *
 * @param {Kept} base @param {Kept} ours @param {Kept} theirs what the device keeps now
 * @returns {Kept}
 */
export function merged(base, ours, theirs) {
  /** @type {Record<string, Photo[]>} */
  const photos = {};
  for (const question of new Set([...Object.keys(ours.photos), ...Object.keys(theirs.photos)])) {
    const [before, here, there] = [base, ours, theirs].map((one) => one.photos[question] ?? []);
    const has = (/** @type {Photo[]} */ all, /** @type {Photo} */ photo) => all.some((one) => one.id === photo.id);
    const kept = here.filter((photo) => !has(before, photo) || has(there, photo));
    photos[question] = [...kept, ...there.filter((photo) => !has(before, photo) && !has(here, photo))];
  }
  const [before, here, there] = [base, ours, theirs].map((one) => one.parcel?.key);
  // The same one stays ours: its photos are those that are being sent.
  const { parcel } = here !== before || here === there ? ours : theirs;
  const aside = ours.aside === base.aside ? theirs.aside : ours.aside;
  return { ...ours, photos, parcel, aside, base: ours.base === base.base ? theirs.base : ours.base };
}

/**
 * What was done while a parcel was on its way.
 *
 * @param {Kept} kept @returns {Record<string, Photo[]>} the photos of each question that are others now, or in another order
 */
function doneSince({ photos, parcel }) {
  const idsOf = (/** @type {Photo[] | undefined} */ all) => (all ?? []).map((photo) => photo.id).join();
  return Object.fromEntries(Object.entries(photos).filter(([question, all]) => parcel && idsOf(all) !== idsOf(parcel.photos[question])));
}

export class Outbox {
  /** @param {string} work an assignment's id, or what else names a piece of work */
  constructor(work) {
    this.id = `${person()}:${work}`;
    /** @type {Kept} */
    this.kept = { id: this.id, photos: {}, parcel: null };
    /** What the device kept when this tab looked last: another tab may have changed it since. */
    this.seen = asItStands(this.kept);
    this.isDurable = true;
  }

  /** Read what this device kept; storage that is closed (a private window) makes the page work without. */
  async load() {
    try {
      const found = await inStore("readonly", (store) => store.get(this.id));
      if (found) this.kept = { ...found, parcel: found.parcel?.fields ? found.parcel : null };
      this.seen = asItStands(this.kept);
    } catch {
      this.isDurable = false;
    }
    return this.kept;
  }

  /** Keep it, together with what another tab has kept since. */
  async save() {
    try {
      await inStore("readwrite", (store) => {
        const request = store.get(this.id);
        request.onsuccess = () => {
          if (request.result) Object.assign(this.kept, merged(this.seen, this.kept, request.result));
          store.put(this.kept);
          this.seen = asItStands(this.kept);
        };
        return request;
      });
      this.isDurable = true;
    } catch {
      this.isDurable = false;
    }
  }

  /**
   * The server has it: nothing stays but what was done since it was packed, here or in another tab.
   *
   * @returns {Promise<boolean>} whether photos were added, removed or moved here since
   */
  async forget() {
    const photos = doneSince(this.kept);
    this.kept = { id: this.id, photos, parcel: null };
    try {
      await inStore("readwrite", (store) => {
        const request = store.get(this.id);
        request.onsuccess = () => {
          if (request.result) this.kept.photos = merged(this.seen, { ...this.seen, photos }, request.result).photos;
          if (Object.values(this.kept.photos).some((all) => all.length)) store.put(this.kept);
          else store.delete(this.id);
          this.seen = asItStands(this.kept);
        };
        return request;
      });
    } catch {
      // storage is closed: there was nothing
    }
    return Object.keys(photos).length > 0;
  }

  /** What the server cleared away goes there again. @param {string[]} missing SHA-256 of each */
  async sendAnew(missing) {
    for (const { photo } of this.files) if (photo.blob && missing.includes(photo.sha ?? "")) delete photo.sha;
    await this.save();
  }

  /**
   * Every photo and recording that is on its way now: while a hand-in waits, its own; what was added since neither holds
   * it up nor is its concern, and goes when the work is there.
   */
  get files() {
    const { parcel, photos } = this.kept;
    return Object.entries(parcel?.photos ?? photos).flatMap(([question, listed]) => listed.map((photo) => ({ question, photo })));
  }
}

/** @returns {Promise<Waiting[]>} the work that this person's device has not got through */
export async function waitingWork() {
  try {
    const all = /** @type {Kept[]} */ (await inStore("readonly", (store) => store.getAll()));
    const own = `${person()}:`;
    return all.flatMap(({ id, parcel }) => (parcel?.fields && id.startsWith(own) ? { work: id.slice(own.length), parcel } : []));
  } catch {
    return [];
  }
}

/** @returns {string} a UUID; `crypto.randomUUID` needs a secure context, which a school's own network may lack */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
