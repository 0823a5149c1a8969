/** Colours and size change at once, without a new page; the language needs one. */
import { send } from "./csrf.js";

const root = document.documentElement;

/** @type {Record<string, (value: string) => void>} */
const apply = {
  theme(value) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = value;
    root.dataset.bsTheme = value === "dark" || (value === "auto" && dark) ? "dark" : "light";
  },
  touch(value) {
    if (value === "large") root.dataset.touch = "large";
    else delete root.dataset.touch;
  },
};

export function setUpPreferences() {
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const change = apply[form.dataset.preference ?? ""];
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!change || !button) return;
    event.preventDefault();
    change(button.value);
    for (const other of form.querySelectorAll("button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    const body = new FormData(form);
    body.set(button.name, button.value);
    await send(form.action, { body }).catch(() => undefined); // offline: it holds for this page
  });
}
