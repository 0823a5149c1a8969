/**
 * Sends a file in parts before its form, so that a broken line costs one part and not the whole. The same file
 * chosen again, even after the tab was closed, goes on where it stopped. Without this script the form carries it.
 */
import { send } from "../app/js/csrf.js";
import { newId } from "./ids.js";

const PART_BYTES = 2 << 20;
const MB = 1 << 20;
const LONGEST_PAUSE_MS = 20_000;

/** @param {number} ms */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class UploadForm {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.file = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
    this.state = /** @type {HTMLElement} */ (form.querySelector("[data-upload-state]"));
    this.bar = /** @type {HTMLProgressElement} */ (this.state.querySelector("progress"));
    this.line = /** @type {HTMLElement} */ (this.state.querySelector("[role=status]"));
    this.sending = false;
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#takeDrops(/** @type {HTMLElement} */ (form.querySelector("[data-drop]")));
  }

  /** @param {HTMLElement} place */
  #takeDrops(place) {
    for (const name of ["dragover", "dragleave", "drop"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.toggle("is-over", name === "dragover");
      });
    }
    place.addEventListener("drop", (event) => {
      const files = event.dataTransfer?.files;
      if (files?.length) this.file.files = files;
    });
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    const file = this.file.files?.[0];
    if (!file || !this.form.reportValidity()) return;
    event.preventDefault();
    if (this.sending) return;
    this.state.hidden = false;
    if (file.size > Number(this.form.dataset.limit) * MB) {
      this.line.textContent = this.state.dataset.tooLarge ?? "";
      return;
    }
    this.sending = true;
    const key = keyOf(file);
    await this.#sendParts(file, key);
    this.line.textContent = this.state.dataset.complete ?? "";
    this.#field("upload_key").value = key;
    this.#field("upload_size").value = String(file.size);
    const name = this.form.elements.namedItem("upload_name");
    if (name instanceof HTMLInputElement) name.value = file.name;
    this.file.disabled = true;
    forget(file);
    this.form.submit();
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  /** @param {File} file @param {string} key */
  async #sendParts(file, key) {
    let pause = 1_000;
    let sent = -1;
    while (sent < file.size) {
      try {
        if (sent < 0) sent = await received(key);
        this.#show(sent / file.size);
        if (sent >= file.size) return;
        const answer = await send(`/media/uploads/${key}`, {
          method: "PUT",
          body: file.slice(sent, sent + PART_BYTES),
          headers: { "Upload-Offset": String(sent), "Content-Type": "application/octet-stream" },
        });
        if (!answer.ok) throw new Error(String(answer.status));
        sent = (await answer.json()).received;
        this.#show(sent / file.size);
        pause = 1_000;
      } catch {
        // Ask the server anew how much it has: the broken part may have arrived.
        sent = -1;
        this.line.textContent = this.state.dataset.broken ?? "";
        await wait(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** @param {number} share */
  #show(share) {
    this.bar.value = share;
    this.line.textContent = (this.state.dataset.sending ?? "").replace("{share}", `${Math.round(100 * share)}%`);
  }
}

/** @param {string} key @returns {Promise<number>} */
async function received(key) {
  const answer = await fetch(`/media/uploads/${key}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).received;
}

/** What makes a file the same one, as far as a browser tells. @param {File} file */
const markOf = (file) => `weike-upload:${file.name}:${file.size}:${file.lastModified}`;

/** @param {File} file */
function keyOf(file) {
  const mark = markOf(file);
  const key = localStorage.getItem(mark) ?? newId();
  localStorage.setItem(mark, key);
  return key;
}

/** @param {File} file */
const forget = (file) => localStorage.removeItem(markOf(file));

for (const form of document.querySelectorAll("form[data-upload]")) new UploadForm(/** @type {HTMLFormElement} */ (form));
