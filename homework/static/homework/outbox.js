/**
 * Photos and hand-ins stay on this device (IndexedDB) until the server has acknowledged them: a closed tab, a lost
 * line or an ended sign-in costs nothing. One record a person and assignment.
 *
 * @typedef {{id: string, blob: Blob, name: string, field?: string}} Photo a photo, or what its `field` says
 * @typedef {{key: string, content: string, answers: string, photos: Record<string, Photo[]>, seconds?: string, at: string}} Parcel
 * @typedef {{id: string, photos: Record<string, Photo[]>, parcel: Parcel | null}} Kept
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

export class Outbox {
  /** @param {string} assignment */
  constructor(assignment) {
    this.id = `${person()}:${assignment}`;
    /** @type {Kept} */
    this.kept = { id: this.id, photos: {}, parcel: null };
    this.isDurable = true;
  }

  /** Read what this device kept; storage that is closed (a private window) makes the page work without. */
  async load() {
    try {
      const found = await inStore("readonly", (store) => store.get(this.id));
      if (found) this.kept = found;
    } catch {
      this.isDurable = false;
    }
    return this.kept;
  }

  async save() {
    try {
      await inStore("readwrite", (store) => store.put(this.kept));
      this.isDurable = true;
    } catch {
      this.isDurable = false;
    }
  }

  /** The server has it: nothing stays. */
  async forget() {
    this.kept = { id: this.id, photos: {}, parcel: null };
    try {
      await inStore("readwrite", (store) => store.delete(this.id));
    } catch {
      // storage is closed: there was nothing
    }
  }
}

/** @returns {Promise<string[]>} the assignments whose hand-in this person's device has not got through */
export async function waitingParcels() {
  try {
    const all = /** @type {Kept[]} */ (await inStore("readonly", (store) => store.getAll()));
    const own = `${person()}:`;
    return all.filter((kept) => kept.parcel && kept.id.startsWith(own)).map((kept) => kept.id.slice(own.length));
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
