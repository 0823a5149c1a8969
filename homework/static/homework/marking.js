/** Marking without a page load: a digit and Enter a card. Without scripts each card is a plain form. */
import { send } from "../app/js/csrf.js";
import { freshToken } from "./post.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-marking]"));
if (place) setUp(place);

/** @param {HTMLElement} place */
function setUp(place) {
  const cards = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-card]")]);

  /** @param {HTMLElement} card */
  const pointsOf = (card) => /** @type {HTMLInputElement} */ (card.querySelector('input[name="points"]'));
  /** @param {HTMLElement} card @param {string} words */
  const say = (card, words) => {
    const state = card.querySelector("[data-card-state]");
    if (state) state.textContent = words;
  };
  /** @param {HTMLElement} card */
  const showPressed = (card) => {
    const value = pointsOf(card).value.trim();
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll("[data-quick]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.quick === value));
    }
  };

  /** @param {HTMLElement} card @param {Record<string, number>} versions */
  function setVersions(card, versions) {
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (card.querySelectorAll('input[name="answer"]'))) {
      const [id] = field.value.split(":");
      if (versions[id] !== undefined) field.value = `${id}:${versions[id]}`;
    }
  }

  /** @param {HTMLElement} card @returns {Promise<boolean>} whether it is saved */
  async function save(card) {
    const form = /** @type {HTMLFormElement} */ (card.querySelector("form"));
    if (form.getAttribute("aria-busy") === "true") return false;
    form.setAttribute("aria-busy", "true");
    say(card, place.dataset.saving ?? "");
    try {
      const post = () => send(form.action, { body: new FormData(form), headers: { Accept: "application/json" } });
      let answer = await post();
      if (answer.status === 400 && (await freshToken())) answer = await post();
      const body = await answer.json();
      if (answer.ok) {
        setVersions(card, body.versions);
        card.classList.add("is-marked");
        say(card, place.dataset.saved ?? "");
        showPressed(card);
        const line = /** @type {HTMLProgressElement | null} */ (document.getElementById("marked"));
        if (line) line.value = line.max - body.unmarked;
        const figure = line?.parentElement?.querySelector(".figure");
        if (line && figure) figure.textContent = `${line.value} / ${line.max}`;
        return true;
      }
      if (answer.status === 401) say(card, place.dataset.signedOut ?? "");
      else say(card, body.error?.message ?? place.dataset.failed ?? "");
      if (answer.status === 409 && body.error?.details?.answer_id) {
        const { answer_id: id, version, points, comment } = body.error.details;
        setVersions(card, { [id]: version });
        pointsOf(card).value = points;
        /** @type {HTMLInputElement} */ (card.querySelector('input[name="comment"]')).value = comment;
        showPressed(card);
      }
    } catch {
      say(card, place.dataset.failed ?? "");
    } finally {
      form.removeAttribute("aria-busy");
    }
    return false;
  }

  /** @param {HTMLElement} card @param {number} step */
  function move(card, step) {
    const next = cards[cards.indexOf(card) + step];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  place.addEventListener("submit", async (event) => {
    // A mark of one member of a group is a form of its own, with a page of its own.
    if (/** @type {HTMLElement} */ (event.target).hasAttribute("data-plain")) return;
    event.preventDefault();
    const card = /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest("[data-card]"));
    const quick = /** @type {HTMLElement | null} */ (event.submitter)?.dataset.quick;
    if (quick !== undefined) pointsOf(card).value = quick;
    if (await save(card)) move(card, 1);
  });

  place.addEventListener("keydown", async (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const card = /** @type {HTMLElement | null} */ (target.closest("[data-card]"));
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(card, event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (target.matches("input, textarea, a")) return;
    if (/^\d$/.test(event.key)) {
      event.preventDefault();
      const most = Number(pointsOf(card).dataset.most);
      const longer = pointsOf(card).value + event.key;
      // 1 then 0 gives 10 where the question is worth as much; otherwise the last digit counts
      pointsOf(card).value = card.dataset.typed === "yes" && Number(longer) <= most ? longer : event.key;
      card.dataset.typed = "yes";
      showPressed(card);
    } else if (event.key === "Enter" && target === card) {
      event.preventDefault();
      if (await save(card)) move(card, 1);
      delete card.dataset.typed;
    } else if (event.key === "c" && target === card) {
      event.preventDefault();
      /** @type {HTMLInputElement} */ (card.querySelector('input[name="comment"]')).focus();
    }
  });

  cards.find((card) => !card.classList.contains("is-marked"))?.focus({ preventScroll: true });
}
