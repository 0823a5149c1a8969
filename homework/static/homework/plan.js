/** The plan's page. A question that is not there any more is answered 404, with the plan as it now stands: show that. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (detail.xhr.status === 404 && detail.xhr.responseText.includes('id="plan-questions"')) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

/** Questions that are chosen already say so, so that nobody adds one twice. */
function markChosen() {
  const chosen = new Set(
    [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[name=row_version]"))].map((row) => row.value),
  );
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-add]"))) {
    button.disabled = chosen.has(button.dataset.add ?? "");
  }
}
document.addEventListener("htmx:afterSettle", markChosen);
markChosen();

/** The point that was chosen last. Where other points come in place of these, it stays chosen if it is among them. */
let chosenPoint = "";

// Who chooses what was taught looks for that, and no longer for what was typed, and the other way round: said before
// htmx asks.
document.addEventListener(
  "change",
  (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.name !== "point") return;
    const search = /** @type {HTMLInputElement | null} */ (document.getElementById("question-search"));
    if (search) search.value = "";
    chosenPoint = event.target.value;
  },
  true,
);
document.addEventListener(
  "input",
  (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.id !== "question-search") return;
    choosePoint("");
  },
  true,
);
document.addEventListener("htmx:afterSwap", () => choosePoint(chosenPoint));

/** @param {string} value which point is chosen, "" for none */
function choosePoint(value) {
  chosenPoint = value;
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#lately [name=point]"))) {
    one.checked = one.value === value;
  }
}
