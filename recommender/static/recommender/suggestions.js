// Tells the server which suggestions came before the pupil's eyes, and which were followed.
// Nothing on the page waits for it; without it the suggestions work all the same.

import { send } from "../app/js/csrf.js";

/**
 * @param {string} address
 * @param {URLSearchParams} fields
 */
function post(address, fields) {
  send(address, { body: fields, keepalive: true }).catch(() => {});
}

/** @param {Element} list */
function watch(list) {
  const address = list.getAttribute("data-shown");
  if (!address) return;
  const observer = new IntersectionObserver((entries) => {
    const fields = new URLSearchParams();
    for (const entry of entries) {
      const id = entry.target.getAttribute("data-id");
      if (!entry.isIntersecting || !id) continue;
      observer.unobserve(entry.target);
      fields.append("id", id);
    }
    if (fields.has("id")) post(address, fields);
  });
  for (const row of list.querySelectorAll("[data-id]")) observer.observe(row);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-opened]") : null;
  const address = link?.getAttribute("data-opened");
  if (address) post(address, new URLSearchParams());
});

for (const list of document.querySelectorAll("[data-suggestions]")) watch(list);
document.body.addEventListener("htmx:load", (event) => {
  const loaded = event.target;
  if (loaded instanceof Element) for (const list of loaded.querySelectorAll("[data-suggestions]")) watch(list);
});
