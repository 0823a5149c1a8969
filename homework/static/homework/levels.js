/** The levels of a rubric on a card: their sum, and the criterion that the next digit is for. */

/** @param {HTMLElement} card @returns {HTMLElement[]} */
const criteriaOf = (card) => [...card.querySelectorAll("[data-criterion]")];

/** @param {HTMLElement} criterion @returns {HTMLInputElement | null} */
const chosenIn = (criterion) => criterion.querySelector("input:checked");

/** @param {number} sum @param {string | undefined} rounding */
function rounded(sum, rounding) {
  if (rounding === "whole") return Math.floor(sum + 0.5);
  if (rounding === "half") return Math.floor(sum * 2 + 0.5) / 2;
  return Math.round(sum * 100) / 100;
}

/** Say what the chosen levels give, once each criterion has one; points typed before that are taken away. @param {HTMLElement} card */
export function showSum(card) {
  const points = /** @type {HTMLInputElement} */ (card.querySelector('input[name="points"]'));
  const chosen = criteriaOf(card).map(chosenIn);
  points.value = "";
  const sum = chosen.reduce((all, one) => all + Number(one?.dataset.points ?? 0), 0);
  const rubric = /** @type {HTMLElement} */ (card.querySelector("[data-rubric]"));
  points.placeholder = chosen.every(Boolean) ? String(rounded(sum, rubric.dataset.rounding)) : (rubric.dataset.none ?? "");
}

/** The criterion that waits: the first without a level, or the one marked as current. @param {HTMLElement} card */
function current(card) {
  const criteria = criteriaOf(card);
  return criteria.find((one) => one.classList.contains("is-current")) ?? criteria.find((one) => !chosenIn(one)) ?? criteria[0];
}

/** Choose the level with this number, and go on. @param {HTMLElement} card @param {number} number @returns {boolean} whether there is one */
export function chooseLevel(card, number) {
  const criterion = current(card);
  const level = /** @type {HTMLInputElement | undefined} */ (criterion?.querySelectorAll("input")[number - 1]);
  if (!level) return false;
  level.checked = true;
  showSum(card);
  const criteria = criteriaOf(card);
  const next = criteria[criteria.indexOf(criterion) + 1];
  criteria.forEach((one) => one.classList.toggle("is-current", one === next));
  return true;
}

/** Choose exactly these levels, criterion by criterion: what was chosen before. @param {HTMLElement} card @param {Record<string, string>} levels */
export function showLevels(card, levels) {
  for (const level of /** @type {NodeListOf<HTMLInputElement>} */ (card.querySelectorAll("[data-rubric] input"))) {
    level.checked = levels[level.name.replace(/^level-/, "")] === level.value;
  }
  for (const one of criteriaOf(card)) one.classList.remove("is-current");
  showSum(card);
}
