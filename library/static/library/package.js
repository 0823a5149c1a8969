/**
 * A package on its page. It is played in a frame that is an origin of its own; all we know of it is what it tells by
 * message, and that is taken as what it is: the word of a stranger, checked for its shape, never for its truth.
 */
import { send } from "../app/js/csrf.js";
import { newId } from "./ids.js";

/** Dialogs, because many packages ask whether to go on where one stopped. Never its own origin with ours. */
const SANDBOX = "allow-scripts allow-forms allow-modals";
const TALLEST = 20_000;
const MOST_RESULTS = 50;
const LONGEST_STATE = 80_000;
/** How long a page of a package may take to go, and how long its last words may take to come. */
const LEAVING_MS = 500;
const FAREWELL_MS = 150;
const VERBS = { completed: "completed", answered: "scored" };

/** @param {unknown} value */
const number = (value) => (typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 1e6 ? value : null);

/** @param {HTMLElement} stage */
function prepare(stage) {
  const { title = "", progress = "", results = "", standard = "" } = stage.dataset;
  const status = /** @type {HTMLElement} */ (stage.querySelector("[data-package-status]"));
  const ground = /** @type {HTMLElement} */ (stage.querySelector("[data-package-ground]"));
  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  let place = "";
  /** Known to the package that is open and to nobody else: its last words come when there is no window left to know. */
  let key = "";
  let told = 0;
  /** @type {Record<string, Record<string, string>>} */
  let states = {};
  /** What waits to be kept, by place: only the last word counts, however often a package says something. */
  /** @type {Map<string, Record<string, string>>} */
  const waiting = new Map();
  /** @type {Promise<unknown>} */
  let saving = Promise.resolve();
  /** @type {Promise<unknown>} */
  let opening = Promise.resolve();

  /** @param {string} name */
  const say = (name) => {
    status.textContent = stage.dataset[name] ?? "";
  };

  /** @param {HTMLAnchorElement} opener */
  async function open(opener) {
    await leave();
    if (progress && standard !== "h5p") {
      await saving;
      const answer = await fetch(progress, { headers: { Accept: "application/json" } }).catch(() => null);
      states = answer?.ok ? (await answer.json()).places : {};
    }
    place = opener.dataset.place ?? "";
    told = 0;
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.setAttribute("allow", "fullscreen; autoplay");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.title = title;
    frame.className = `package-frame is-${standard}`;
    // Read by the run-time inside before the package's first script.
    key = newId();
    frame.name = JSON.stringify({ key, place, values: states[place] ?? {}, mastery: opener.dataset.mastery, data: opener.dataset.data });
    frame.src = opener.href;
    stage.classList.add("is-open");
    ground.append(frame);
    say("opening");
    for (const each of stage.querySelectorAll("[data-place]")) {
      if (each.getAttribute("data-place") === place) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    }
    frame.focus();
  }

  /** Let the page that is open say what it says when it is left, then close it. */
  async function leave() {
    if (!frame) return;
    const old = frame;
    old.src = "about:blank";
    await new Promise((resolve) => {
      old.addEventListener("load", resolve, { once: true });
      window.setTimeout(resolve, LEAVING_MS);
    });
    await new Promise((resolve) => window.setTimeout(resolve, FAREWELL_MS));
    old.remove();
    frame = null;
  }

  /** @param {Record<string, unknown>} message */
  function result(message) {
    const verb = VERBS[/** @type {keyof typeof VERBS} */ (message.verb)];
    if (!results || !verb || told >= MOST_RESULTS) return;
    told += 1;
    const score = /** @type {Record<string, unknown>} */ (message.score && typeof message.score === "object" ? message.score : {});
    const body = {
      id: newId(),
      verb,
      raw: number(score.raw),
      min: number(score.min),
      max: number(score.max),
      scaled: number(score.scaled),
      success: typeof message.success === "boolean" ? message.success : null,
    };
    keep(() => send(results, { body, keepalive: true }), "recorded");
  }

  /** @param {Record<string, unknown>} message */
  function state(message) {
    const values = message.values && typeof message.values === "object" ? message.values : {};
    const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));
    if (!progress || JSON.stringify(kept).length > LONGEST_STATE) return;
    const isKnown = [...stage.querySelectorAll("[data-place]")].some((each) => each.getAttribute("data-place") === message.place);
    const isWaiting = waiting.size > 0;
    waiting.set(isKnown ? String(message.place) : place, kept);
    if (!isWaiting) keep(sendStates, "saved");
  }

  async function sendStates() {
    /** @type {Response | undefined} */
    let answer;
    for (const [each, values] of [...waiting]) {
      waiting.delete(each);
      const body = { place: each, values };
      // What is larger than browsers send after a page is gone is sent while it is there.
      answer = await send(progress, { method: "PUT", body, keepalive: JSON.stringify(body).length < 60_000 });
    }
    return answer;
  }

  /** One after the other, so that the last word is the last. @param {() => Promise<Response | undefined>} work @param {string} done */
  function keep(work, done) {
    saving = saving.then(work).then(
      (answer) => {
        if (answer) say(answer.ok ? done : "unsaved");
        if (answer?.ok) document.body.dispatchEvent(new CustomEvent("package-kept"));
      },
      () => say("unsaved"),
    );
  }

  stage.addEventListener("click", (event) => {
    const opener = /** @type {Element} */ (event.target).closest("a[data-place]");
    const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    if (!(opener instanceof HTMLAnchorElement) || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    opening = opening.then(() => open(opener));
  });
  stage.querySelector("[data-package-full]")?.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else ground.requestFullscreen?.().catch(() => {});
  });
  window.addEventListener("pagehide", () => void sendStates().catch(() => {}));
  window.addEventListener("message", (event) => {
    if (!frame || !event.data || typeof event.data !== "object") return;
    const isLastWord = event.source === null && event.data.key === key;
    if (event.source !== frame.contentWindow && !isLastWord) return;
    const { weike } = event.data;
    if (weike === "height") {
      const height = number(event.data.height);
      if (height !== null) frame.style.setProperty("height", `${Math.min(Math.max(height, 120), TALLEST)}px`);
    } else if (weike === "ready") say("ready");
    else if (weike === "broken") say("broken");
    else if (weike === "result") result(event.data);
    else if (weike === "kept") state(event.data);
  });
}

for (const stage of document.querySelectorAll("[data-package]")) prepare(/** @type {HTMLElement} */ (stage));
