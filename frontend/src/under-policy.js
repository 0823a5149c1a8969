/**
 * The content policy takes no `style` attributes. MathLive writes them into its markup; the build calls them
 * `data-style`, and what is put into the page gets its styles from there, at once and by script.
 *
 * @param {Element | ShadowRoot} place
 */
export function underPolicy(place) {
  return {
    /** @param {string} markup */
    set innerHTML(markup) {
      place.innerHTML = markup;
      const root = place instanceof HTMLTemplateElement ? place.content : place;
      for (const one of root.querySelectorAll("[data-style]")) {
        /** @type {HTMLElement} */ (one).style.cssText = one.getAttribute("data-style") ?? "";
        one.removeAttribute("data-style");
      }
    },
  };
}
