/** A question set: its questions are dragged to their places; the buttons beside them do the same without. */
import { drag } from "./dragging.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("set-order"));
const list = /** @type {HTMLElement | null | undefined} */ (form?.querySelector("[data-things]"));

if (form && list) {
  for (const grip of list.querySelectorAll("[data-grip]")) grip.removeAttribute("hidden");
  list.addEventListener("pointerdown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const thing = /** @type {HTMLElement | null} */ (target.closest("[data-grip]")?.closest("[data-thing]") ?? null);
    if (!thing || event.button !== 0) return;
    const before = [...list.children].indexOf(thing);
    drag(event, thing, list, () => {
      const place = [...list.children].indexOf(thing);
      if (place === before) return;
      const said = form.querySelector("[data-said]");
      const words = (form.dataset.moved ?? "").replace("{place}", String(place + 1)).replace("{all}", String(list.children.length));
      if (said) said.textContent = words;
      form.requestSubmit();
    });
  });
}
