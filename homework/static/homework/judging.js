/** The page on which corrections are judged: u takes the last verdict back. */
import { isTyping } from "./cards.js";

document.addEventListener("keydown", (event) => {
  if (event.key !== "u" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-take-back]"));
  if (!button) return;
  event.preventDefault();
  button.click();
});
