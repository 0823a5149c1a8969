/** A short note about something that happened without a new page; read out, and gone by itself. */

const SHOWN_MS = 8000;

/**
 * @param {string} text whole sentence, already translated (give it to the script by a data attribute)
 * @param {{stays?: boolean}} [options] `stays`: until it is closed
 */
export function toast(text, { stays = false } = {}) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const note = document.createElement("div");
  note.className = "toast-note";
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-button";
  close.textContent = "×";
  close.setAttribute("aria-label", place.dataset.close ?? "×");
  close.addEventListener("click", () => note.remove());
  note.append(words, close);
  place.append(note);
  if (!stays) setTimeout(() => note.remove(), SHOWN_MS);
}
