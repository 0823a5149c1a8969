/** Marking without a page load: keys, saving card by card, taking back. Without scripts each card is a plain form. */
import { send } from "../app/js/csrf.js";
import { keptOnes, setUpBank } from "./bank.js";
import { cardOf, cardsIn, isTyping, move, say, stepOf } from "./cards.js";
import { chooseLevel, showLevels, showSum } from "./levels.js";
import { freshToken } from "./post.js";

/**
 * @typedef {{ versions: Record<string, number>, is_marked: boolean, points: number | null, comment: string, levels: Record<string, string>, unmarked: number }} Standing
 */

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-marking]"));
if (place) setUp(place);

/** @param {HTMLElement} card */
const formOf = (card) => /** @type {HTMLFormElement} */ (card.querySelector("form.marking-form"));
/** @param {HTMLElement} card */
const pointsOf = (card) => /** @type {HTMLInputElement} */ (card.querySelector('input[name="points"]'));
/** @param {HTMLElement} card */
const commentOf = (card) => /** @type {HTMLInputElement} */ (card.querySelector('input[name="comment"]'));
/** @param {HTMLElement} card */
const hasRubric = (card) => card.querySelector("[data-rubric]") !== null;

/** @param {HTMLElement} place */
function setUp(place) {
  const words = place.dataset;
  const kept = keptOnes();
  /** Cards whose mark was given or taken back here, the last one last. @type {HTMLElement[]} */
  const done = [];

  for (const card of cardsIn(place)) setUpBank(card, kept, words);
  setUpKeysDialog();
  keepOpenQuestion();

  /** @param {HTMLElement} card */
  function showPressed(card) {
    const value = pointsOf(card).value.trim();
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll("[data-quick]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.quick === value));
    }
  }

  /** @param {HTMLElement} card @param {Record<string, number>} versions */
  function setVersions(card, versions) {
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (formOf(card).querySelectorAll('input[name="answer"]'))) {
      const [id] = field.value.split(":");
      if (versions[id] !== undefined) field.value = `${id}:${versions[id]}`;
    }
  }

  /** @param {HTMLElement} card @param {Standing} standing */
  function settle(card, standing) {
    setVersions(card, standing.versions);
    card.classList.toggle("is-marked", standing.is_marked);
    /** @type {HTMLElement} */ (card.querySelector("[data-take-theirs]")).hidden = true;
    /** @type {HTMLElement} */ (card.querySelector("[data-undo]")).hidden = false;
    showPressed(card);
    const line = /** @type {HTMLProgressElement | null} */ (document.getElementById("marked"));
    if (line) line.value = line.max - standing.unmarked;
    const figure = line?.parentElement?.querySelector(".figure");
    if (line && figure) figure.textContent = `${line.value} / ${line.max}`;
    document.body.dispatchEvent(new CustomEvent("marked")); // what can go back is another number now
  }

  /** What a colleague gave in the meantime stands there; what was typed here stays typed. @param {HTMLElement} card @param {any} details */
  function showTheirs(card, details) {
    setVersions(card, { [details.answer_id]: details.version });
    const take = /** @type {HTMLElement} */ (card.querySelector("[data-take-theirs]"));
    take.hidden = false;
    take.onclick = () => {
      pointsOf(card).value = details.points;
      commentOf(card).value = details.comment;
      card.classList.add("is-marked");
      take.hidden = true;
      say(card, "");
      showPressed(card);
      move(place, card, 1);
    };
  }

  /** @param {HTMLElement} card @param {string} action @param {string} success @returns {Promise<Standing | null>} */
  async function post(card, action, success) {
    const form = formOf(card);
    if (form.getAttribute("aria-busy") === "true") return null;
    form.setAttribute("aria-busy", "true");
    say(card, words.saving ?? "");
    try {
      const once = () => send(action, { body: new FormData(form), headers: { Accept: "application/json" } });
      let answer = await once();
      if (answer.status === 400 && (await freshToken())) answer = await once();
      const body = await answer.json();
      if (answer.ok) {
        settle(card, body);
        say(card, success);
        done.push(card);
        return body;
      }
      if (answer.status === 401) say(card, words.signedOut ?? "");
      else say(card, body.error?.message ?? words.failed ?? "");
      if (answer.status === 409 && body.error?.details?.answer_id) showTheirs(card, body.error.details);
    } catch {
      say(card, words.failed ?? "");
    } finally {
      form.removeAttribute("aria-busy");
    }
    return null;
  }

  /** @param {HTMLElement} card */
  const save = (card) => post(card, formOf(card).action, words.saved ?? "");

  /** @param {HTMLElement} card */
  async function takeBack(card) {
    const standing = await post(card, words.undoAt ?? "", words.takenBack ?? "");
    if (!standing) return;
    commentOf(card).value = standing.comment;
    if (hasRubric(card)) showLevels(card, standing.levels);
    // Points that the levels give stand as such in the field, not as points by hand.
    const byLevels = hasRubric(card) && pointsOf(card).placeholder === String(standing.points);
    pointsOf(card).value = standing.points === null || byLevels ? "" : String(standing.points);
    showPressed(card);
    card.focus();
    card.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} card */
  async function saveAndGoOn(card) {
    delete card.dataset.typed;
    if (await save(card)) move(place, card, 1);
  }

  /** @param {HTMLElement} card @param {string} digit */
  function typeDigit(card, digit) {
    if (hasRubric(card)) {
      chooseLevel(card, Number(digit));
      return;
    }
    const most = Number(pointsOf(card).dataset.most);
    const longer = pointsOf(card).value + digit;
    // 1 then 0 gives 10 where the question is worth as much; otherwise the last digit counts
    pointsOf(card).value = card.dataset.typed === "yes" && Number(longer) <= most ? longer : digit;
    card.dataset.typed = "yes";
    showPressed(card);
  }

  place.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    // A mark of one member of a group is a form of its own, with a page of its own.
    if (!form.matches(".marking-form")) return;
    event.preventDefault();
    const card = /** @type {HTMLElement} */ (cardOf(form));
    const submitter = /** @type {HTMLElement | null} */ (event.submitter);
    if (submitter?.matches("[data-undo]")) {
      await takeBack(card);
      return;
    }
    const quick = submitter?.dataset.quick;
    if (quick !== undefined) pointsOf(card).value = quick;
    await saveAndGoOn(card);
  });

  place.addEventListener("change", (event) => {
    const card = cardOf(/** @type {Element} */ (event.target));
    if (card && /** @type {Element} */ (event.target).closest("[data-rubric]")) showSum(card);
  });

  document.addEventListener("keydown", async (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = isTyping(event.target);
    const card = cardOf(/** @type {Element} */ (event.target));
    if (typing && !card) return;
    const step = stepOf(event, typing);
    if (card && step) {
      event.preventDefault();
      move(place, card, step);
      return;
    }
    if (typing) {
      if (event.key === "Escape") card?.focus();
      return;
    }
    if (event.key === "?") /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"))?.showModal();
    else if (event.key === "n") /** @type {HTMLElement | null} */ (document.querySelector("[data-next-question]"))?.click();
    else if (event.key === "u" && (done.length || card)) await takeBack(done[done.length - 1] ?? card);
    else if (card && /^\d$/.test(event.key)) typeDigit(card, event.key);
    else if (card && event.key === "f" && !hasRubric(card)) typeAll(card);
    else if (card && event.key === "c") commentOf(card).focus();
    else if (card && event.key === "b") card.dispatchEvent(new Event("weike:bank"));
    else if (card && event.key === "Enter" && event.target === card) await saveAndGoOn(card);
    else return;
    event.preventDefault();
  });

  /** @param {HTMLElement} card */
  function typeAll(card) {
    pointsOf(card).value = pointsOf(card).dataset.most ?? "";
    delete card.dataset.typed;
    showPressed(card);
  }

  const hash = window.location.hash.startsWith("#card-") ? document.getElementById(window.location.hash.slice(1)) : null;
  (hash ?? cardsIn(place).find((card) => !card.classList.contains("is-marked")))?.focus({ preventScroll: !hash });
}

/** What can go back is fetched anew after a mark, but not from under somebody who is being asked about it. */
function keepOpenQuestion() {
  document.getElementById("returning")?.addEventListener("htmx:beforeSwap", (event) => {
    const part = /** @type {HTMLElement} */ (event.currentTarget);
    if (part.querySelector("dialog[open]")) event.preventDefault();
  });
}

function setUpKeysDialog() {
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys]"));
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));
  if (!button || !dialog) return;
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}
