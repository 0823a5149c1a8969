/** What a key refused, judged with keys: 1 counts, 0 does not, u takes the last one back. */
import { send } from "../app/js/csrf.js";
import { cardOf, cardsIn, isTyping, move, say, stepOf } from "./cards.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-refusals]"));
if (place) setUp(place);

/** @param {HTMLElement} place */
function setUp(place) {
  const words = place.dataset;
  /** @type {HTMLElement[]} */
  const done = [];

  /** @param {HTMLElement} card @param {string} value @returns {HTMLButtonElement} */
  const buttonOf = (card, value) => /** @type {HTMLButtonElement} */ (card.querySelector(`button[value="${value}"]`));

  /** @param {HTMLElement} card @param {string} value @returns {Promise<boolean>} */
  async function judge(card, value) {
    const form = /** @type {HTMLFormElement} */ (card.querySelector("form"));
    const body = new FormData(form);
    body.set("counts", value);
    say(card, words.saving ?? "");
    try {
      const answer = await send(form.action, { body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (!answer.ok) {
        say(card, said.error?.message ?? words.failed ?? "");
        return false;
      }
      card.classList.toggle("is-accepted", said.counts);
      buttonOf(card, "1").setAttribute("aria-pressed", String(said.counts));
      buttonOf(card, "0").setAttribute("aria-pressed", String(!said.counts));
      say(card, words.saved ?? "");
      return true;
    } catch {
      say(card, words.failed ?? "");
      return false;
    }
  }

  /** @param {HTMLElement} card @param {string} value */
  async function decide(card, value) {
    if (!(await judge(card, value))) return;
    done.push(card);
    move(place, card, 1);
  }

  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const card = /** @type {HTMLElement} */ (cardOf(/** @type {Element} */ (event.target)));
    await decide(card, /** @type {HTMLButtonElement} */ (event.submitter).value);
  });

  document.addEventListener("keydown", async (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const card = cardOf(/** @type {Element} */ (event.target)) ?? cardsIn(place)[0];
    const step = stepOf(event, false);
    if (step) move(place, card, step);
    else if (event.key === "1" || event.key === "0") await decide(card, event.key);
    else if (event.key === "u" && done.length) {
      const last = /** @type {HTMLElement} */ (done.pop());
      await judge(last, last.classList.contains("is-accepted") ? "0" : "1");
      last.focus();
    } else return;
    event.preventDefault();
  });

  cardsIn(place)[0]?.focus({ preventScroll: true });
}
