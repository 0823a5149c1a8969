/**
 * The photos of one question: taken or chosen, made small, turned and cut, put in order by buttons or by dragging,
 * taken anew, removed and brought back. They are kept in the outbox, and sent ahead as soon as there is a line.
 */
import { compress, masterOf, NotTaken, turned } from "./compress.js";
import { editPhoto } from "./editor.js";
import { newKey } from "./outbox.js";
import { text } from "./texts.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./outbox.js").Photo} Photo */
/** @typedef {import("./compress.js").Edit} Edit */
/** @typedef {{most: number, count: () => number, changed: () => void, stateOf: (photo: Photo) => string}} Whole the whole hand-in */

/** @type {Edit} */
const AS_TAKEN = { quarters: 0, region: null };

export class Photos {
  /**
   * @param {HTMLElement} place the element with `data-photos`
   * @param {Outbox} outbox
   * @param {Whole} whole
   */
  constructor(place, outbox, whole) {
    this.place = place;
    this.outbox = outbox;
    this.whole = whole;
    this.question = place.dataset.photos ?? "";
    this.list = /** @type {HTMLElement} */ (place.querySelector("[data-photo-list]"));
    this.note = /** @type {HTMLElement} */ (place.querySelector("[data-photo-note]"));
    this.undo = /** @type {HTMLButtonElement} */ (place.querySelector("[data-photo-undo]"));
    this.gallery = /** @type {HTMLInputElement} */ (place.querySelector("[data-photo-plain] input[type=file]"));
    this.camera = /** @type {HTMLInputElement} */ (place.querySelector("[data-photo-camera]"));
    this.editor = /** @type {HTMLDialogElement} */ (document.getElementById("photo-editor"));
    /** @type {Map<string, string>} */
    this.urls = new Map();
    /** The photo that is taken anew. */
    this.again = "";
    /** @type {{photo: Photo, index: number} | null} */
    this.removed = null;
    /** The deeds that are under way: each begins when the one before has ended. @type {Promise<void>} */
    this.deeds = Promise.resolve();
    /** A photo that was turned or cut is another photo: which one it became. @type {Map<string, string>} */
    this.became = new Map();
    this.photos ??= JSON.parse(place.dataset.there ?? "[]");
    this.setUp();
  }

  /** @returns {Photo[] | undefined} none where this device knows nothing of the question yet */
  get photos() {
    return this.outbox.kept.photos[this.question];
  }

  set photos(all) {
    this.outbox.kept.photos[this.question] = all ?? [];
  }

  /** @returns {Photo[]} */
  get all() {
    return this.photos ?? [];
  }

  setUp() {
    for (const plain of this.place.querySelectorAll("[data-photo-plain]")) plain.setAttribute("hidden", "");
    for (const box of this.place.querySelectorAll("[data-photo-plain] input[type=checkbox]")) box.remove();
    this.place.querySelector("[data-photo-actions]")?.removeAttribute("hidden");
    for (const opener of this.place.querySelectorAll("[data-photo-add]")) {
      const input = opener.getAttribute("data-photo-add") === "camera" ? this.camera : this.gallery;
      opener.addEventListener("click", () => {
        this.again = "";
        input.click();
      });
    }
    for (const input of [this.camera, this.gallery]) {
      input.addEventListener("change", () => {
        const files = [...(input.files ?? [])];
        input.value = "";
        this.inTurn(() => this.add(files));
      });
    }
    this.undo.addEventListener("click", () => this.bringBack());
    this.list.addEventListener("click", (event) => {
      const tool = /** @type {Element} */ (event.target).closest("[data-do]");
      const tile = /** @type {HTMLElement | null} */ (tool?.closest("[data-photo]") ?? null);
      if (tool && tile) this.act(tile.dataset.photo ?? "", tool.getAttribute("data-do") ?? "");
    });
    this.list.addEventListener("pointerdown", (event) => this.drag(event));
    this.draw();
  }

  /** @param {File[]} files */
  async add(files) {
    const again = this.all.find((photo) => photo.id === this.latest(this.again));
    this.again = "";
    this.note.textContent = "";
    this.undo.hidden = true;
    for (const file of files) {
      if (!again && this.whole.count() >= this.whole.most) {
        this.note.textContent = text("tooMany", { most: this.whole.most });
        break;
      }
      this.place.setAttribute("aria-busy", "true");
      this.note.textContent = text("preparing");
      try {
        const master = await masterOf(file);
        const photo = await made(file.name, master, AS_TAKEN);
        if (again) this.exchange(again, photo);
        else this.all.push(photo);
        this.note.textContent = "";
      } catch (error) {
        const { reason, values } = error instanceof NotTaken ? error : new NotTaken("notAPicture");
        this.note.textContent = text(reason, { name: file.name, ...values });
      }
      this.draw();
      if (again) break;
    }
    this.place.removeAttribute("aria-busy");
    await this.changed();
  }

  /** A browser opens the camera only at once; all else waits its turn. @param {string} id @param {string} deed */
  act(id, deed) {
    if (deed !== "again") return this.inTurn(() => this.change(this.latest(id), deed));
    this.again = id;
    this.camera.click();
  }

  /** @param {() => Promise<void>} deed */
  async inTurn(deed) {
    const before = this.deeds;
    let end = () => {};
    this.deeds = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    try {
      await deed();
    } finally {
      end();
    }
  }

  /** @param {string} id @returns {string} the id that the photo has now */
  latest(id) {
    const next = this.became.get(id);
    return next === undefined ? id : this.latest(next);
  }

  /** @param {string} id @param {string} deed */
  async change(id, deed) {
    const index = this.all.findIndex((photo) => photo.id === id);
    if (index < 0) return;
    const photo = this.all[index];
    if (deed === "earlier" && index > 0) this.move(index, index - 1);
    if (deed === "later" && index < this.all.length - 1) this.move(index, index + 1);
    if (deed === "remove") this.remove(index);
    if (deed === "turn") id = await this.edited(photo, turned(photo.edit ?? AS_TAKEN));
    if (deed === "edit") {
      const master = await masterFor(photo);
      const edit = master && (await editPhoto(this.editor, master, photo.edit ?? AS_TAKEN));
      if (edit) id = await this.edited(photo, edit);
    }
    this.draw();
    this.focus(id, deed);
    if (deed !== "edit" || id !== photo.id) await this.changed();
  }

  /** @param {Photo} photo @param {Edit} edit @returns {Promise<string>} the id of the photo as it is now */
  async edited(photo, edit) {
    this.place.setAttribute("aria-busy", "true");
    try {
      const master = await masterFor(photo);
      if (!master) {
        this.note.textContent = text("notReached");
        return photo.id;
      }
      const fresh = await made(photo.name, master, edit);
      this.exchange(photo, fresh);
      return fresh.id;
    } finally {
      this.place.removeAttribute("aria-busy");
    }
  }

  /** It may have been dragged elsewhere while the other was made. @param {Photo} photo @param {Photo} fresh */
  exchange(photo, fresh) {
    const at = this.all.findIndex((one) => one.id === photo.id);
    if (at < 0) return;
    this.all.splice(at, 1, fresh);
    this.became.set(photo.id, fresh.id);
  }

  /** @param {number} from @param {number} to */
  move(from, to) {
    this.all.splice(to, 0, ...this.all.splice(from, 1));
  }

  /** @param {number} index */
  remove(index) {
    const [photo] = this.all.splice(index, 1);
    this.removed = { photo, index };
    this.note.textContent = text("removed", { number: index + 1 });
    this.undo.hidden = false;
  }

  async bringBack() {
    if (!this.removed) return;
    const { photo, index } = this.removed;
    this.removed = null;
    this.all.splice(index, 0, photo);
    this.undo.hidden = true;
    this.note.textContent = "";
    this.draw();
    this.focus(photo.id, "remove");
    await this.changed();
  }

  /** Where a keyboard was stays where it was. @param {string} id @param {string} deed */
  focus(id, deed) {
    if (deed === "remove" && this.removed) return this.undo.focus();
    const tile = this.list.querySelector(`[data-photo="${CSS.escape(id)}"]`) ?? this.list.firstElementChild;
    const tool = tile?.querySelector(`[data-do="${deed}"]:not(:disabled)`) ?? tile?.querySelector("[data-do]:not(:disabled)");
    /** @type {HTMLElement | null} */ (tool ?? this.place.querySelector("[data-photo-add]"))?.focus();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const grip = /** @type {Element} */ (event.target).closest("[data-grip]");
    const tile = /** @type {HTMLElement | null} */ (grip?.closest("[data-photo]") ?? null);
    if (!tile || event.button !== 0) return;
    event.preventDefault();
    tile.classList.add("is-dragged");
    const leaving = new AbortController();
    const { signal } = leaving;
    document.addEventListener(
      "pointermove",
      (at) => {
        const under = document.elementFromPoint(at.clientX, at.clientY)?.closest("[data-photo]");
        if (!under || under === tile || under.parentElement !== this.list) return;
        const tiles = [...this.list.children];
        if (tiles.indexOf(under) > tiles.indexOf(tile)) under.after(tile);
        else under.before(tile);
      },
      { signal },
    );
    const end = async () => {
      leaving.abort();
      const order = [...this.list.children].map((one) => this.latest(/** @type {HTMLElement} */ (one).dataset.photo ?? ""));
      const isMoved = this.all.some((photo, index) => photo.id !== order[index]);
      this.all.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
      this.draw();
      if (isMoved) await this.changed();
    };
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end, { signal });
  }

  async changed() {
    await this.outbox.save();
    this.draw();
    this.whole.changed();
  }

  draw() {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("photo-tile"));
    const tiles = this.all.map((photo, index) => {
      const tile = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
      const number = index + 1;
      tile.dataset.photo = photo.id;
      const image = /** @type {HTMLImageElement} */ (tile.querySelector("img"));
      image.src = this.urlOf(photo);
      image.alt = text("page", { number });
      /** @type {HTMLElement} */ (tile.querySelector(".name")).textContent = text("page", { number });
      for (const tool of tile.querySelectorAll("[data-do]")) {
        tool.setAttribute("aria-label", text(tool.getAttribute("data-do") ?? "", { number }));
      }
      tile.querySelector('[data-do="earlier"]')?.toggleAttribute("disabled", index === 0);
      tile.querySelector('[data-do="later"]')?.toggleAttribute("disabled", index === this.all.length - 1);
      return tile;
    });
    this.list.replaceChildren(...tiles);
    this.drawStates();
    this.forgetUrls();
  }

  /** Where each photo is; called often while one is on its way, so that nothing else is drawn anew. */
  drawStates() {
    this.all.forEach((photo, index) => {
      const tile = this.list.children[index];
      const state = tile?.querySelector(".state");
      if (!state) return;
      const words = this.whole.stateOf(photo);
      if (state.textContent !== words) state.textContent = words;
      tile.classList.toggle("is-there", Boolean(photo.sha));
      tile.classList.toggle("is-refused", Boolean(photo.refused));
    });
    this.nameWhatIsThere();
  }

  /** Fields that name what the server has: the draft on the server keeps the pages and their order by them. */
  nameWhatIsThere() {
    const names = this.all.flatMap((photo) => (photo.sha ? [photo.sha] : []));
    const fields = /** @type {HTMLInputElement[]} */ ([...this.place.querySelectorAll("input[data-sent]")]);
    if (names.join() === fields.map((field) => field.value).join()) return;
    for (const field of fields) field.remove();
    for (const name of names) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.dataset.sent = "";
      field.name = `sent-${this.question}`;
      field.value = name;
      this.place.append(field);
    }
  }

  /** @param {Photo} photo */
  urlOf(photo) {
    if (!photo.blob) return photo.thumbnail ?? photo.address ?? "";
    const url = this.urls.get(photo.id) ?? URL.createObjectURL(photo.blob);
    this.urls.set(photo.id, url);
    return url;
  }

  forgetUrls() {
    const shown = new Set(this.all.map((photo) => photo.id));
    for (const [id, url] of this.urls) {
      if (shown.has(id)) continue;
      URL.revokeObjectURL(url);
      this.urls.delete(id);
    }
  }
}

/** @param {string} name @param {Blob} master @param {Edit} edit @returns {Promise<Photo>} */
async function made(name, master, edit) {
  const { blob } = await compress(master, edit);
  return { id: newKey(), name, master, edit, blob };
}

/** What a photo is edited from: what was taken here, or what the server has of it. @param {Photo} photo @returns {Promise<Blob | null>} */
async function masterFor(photo) {
  if (photo.master) return photo.master;
  try {
    const answer = await fetch(photo.address ?? "", { credentials: "same-origin" });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}
