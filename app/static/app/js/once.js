/**
 * A form is sent once: the second of two quick clicks does nothing. The server holds the real guard (a client
 * key on every write that a device may repeat); this spares people the second answer.
 *
 * Forms that scripts send themselves, and GET forms, are left alone.
 */
export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
  });
  // A page that comes back out of the browser's cache must be usable again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll('form[aria-busy="true"]')) form.removeAttribute("aria-busy");
  });
}
