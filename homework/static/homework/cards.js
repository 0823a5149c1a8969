/** Cards that one goes through with keys: up and down, and which of them is meant. */

/** @param {HTMLElement} place @returns {HTMLElement[]} */
export const cardsIn = (place) => [...place.querySelectorAll("[data-card]")];

/** @param {Element | null} inside @returns {HTMLElement | null} */
export const cardOf = (inside) => inside?.closest("[data-card]") ?? null;

/** @param {HTMLElement} card @param {string} words */
export function say(card, words) {
  const state = card.querySelector("[data-card-state]");
  if (state) state.textContent = words;
}

/** @param {HTMLElement} place @param {HTMLElement} card @param {number} step */
export function move(place, card, step) {
  const cards = cardsIn(place);
  const next = cards[cards.indexOf(card) + step];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** How far a key goes: 1, -1, or 0 where it does not move. @param {KeyboardEvent} event @param {boolean} isTyping */
export function stepOf(event, isTyping) {
  if (event.key === "ArrowDown" || (!isTyping && event.key === "j")) return 1;
  if (event.key === "ArrowUp" || (!isTyping && event.key === "k")) return -1;
  return 0;
}

/** Whether keys go into a field. @param {EventTarget | null} target */
export const isTyping = (target) =>
  target instanceof HTMLElement && target.matches('input:not([type="radio"]):not([type="checkbox"]), textarea, select');
