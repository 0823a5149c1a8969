/**
 * How long a pupil works on each question, for honest estimates: counted while the page is in front and something
 * was done within the last minute, for the question that was touched last. Nothing of what is done is looked at.
 */
const TICK_MS = 1000;
const IDLE_MS = 60_000;

/** @param {HTMLFormElement} form @returns {() => string} seconds by question, as JSON */
export function countSeconds(form) {
  /** @type {Record<string, number>} */
  const seconds = {};
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=seconds]"));
  let question = "";
  let touched = 0;

  /** @param {Event} event */
  function note(event) {
    touched = Date.now();
    const place = event.target instanceof Element ? event.target.closest("[data-answer]") : null;
    if (place instanceof HTMLElement) question = place.dataset.answer ?? question;
  }
  for (const name of ["focusin", "pointerdown", "input", "keydown"]) form.addEventListener(name, note);
  document.addEventListener("scroll", () => (touched = Date.now()), { passive: true });

  const told = () =>
    JSON.stringify(Object.fromEntries(Object.entries(seconds).map(([id, value]) => [id, Math.round(value)])));
  setInterval(() => {
    if (!question || document.visibilityState !== "visible" || Date.now() - touched > IDLE_MS) return;
    seconds[question] = (seconds[question] ?? 0) + TICK_MS / 1000;
    if (field) field.value = told();
  }, TICK_MS);
  return told;
}
