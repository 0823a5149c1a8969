/** Choosing a suggested question writes its number into the form above. */
document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("[data-choose-item]");
  if (!(button instanceof HTMLElement)) return;
  const number = /** @type {HTMLInputElement} */ (document.getElementById("item_id"));
  const moment = /** @type {HTMLInputElement} */ (document.getElementById("at"));
  number.value = button.dataset.chooseItem ?? "";
  (moment.value ? number : moment).focus();
});
