/**
 * On a slow line people choose from a list before the scripts are there that follow the choice; browsers also keep
 * a choice when a page is loaded again. What differs from what the server sent is told once htmx listens.
 */
export function followEarlyChoices() {
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) return;
    for (const list of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("select:not([multiple])"))) {
      if (isChosenAnew(list) && list.closest("[hx-trigger*=change]")) list.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

/** @param {HTMLSelectElement} list */
function isChosenAnew(list) {
  const options = [...list.options];
  const sent = options.findLast((one) => one.defaultSelected) ?? options.find((one) => !one.disabled);
  return list.selectedOptions[0] !== sent;
}
