/** The answers in a form, as the API takes them, and which questions have none. */

/** @param {HTMLElement} form @returns {Record<string, object>} responses by question; those with files name what is there */
export function responsesIn(form) {
  /** @type {Record<string, object>} */
  const found = {};
  for (const place of placesIn(form)) {
    if (place.dataset.files) continue;
    const asked = /** @type {HTMLElement | null} */ (place.querySelector("fieldset[data-field]"));
    if (!asked) continue;
    const fields = /** @type {HTMLInputElement[]} */ ([...asked.querySelectorAll("input[name], select[name], textarea[name]")]);
    const values = fields
      .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .map((field) => field.value);
    const answer = "many" in asked.dataset ? values : (values[0] ?? "");
    found[place.dataset.answer ?? ""] = { [asked.dataset.field ?? ""]: answer };
  }
  return found;
}

/** @param {HTMLElement} form @returns {Record<string, object>} as the draft on the server has them: with the files that are there */
export function draftIn(form) {
  const found = responsesIn(form);
  for (const place of placesIn(form)) {
    if (!place.dataset.files) continue;
    const fields = /** @type {HTMLInputElement[]} */ ([...place.querySelectorAll("input[data-sent]:not(:disabled)")]);
    found[place.dataset.answer ?? ""] = { sent: fields.map((field) => field.value) };
  }
  return found;
}

/** @param {object} response */
export const isAnswered = (response) => Object.values(response).flat().some((part) => String(part).trim() !== "");

/** @param {HTMLElement} form @returns {HTMLElement[]} */
export function placesIn(form) {
  return /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-answer]")]);
}
