/**
 * Questions in the video: playing stops at one, a dialog asks it, and the answer goes to the same ledger as any
 * other. One may answer later; jumping past a question opens nothing. The key comes from the server only after an
 * own answer.
 */
import { send } from "../../app/js/csrf.js";
import { moment } from "./moments.js";

/** "Look again" goes to the beginning of the chapter, but no further back than this. */
const LOOK_BACK_SECONDS = 90;

/**
 * @typedef {{id: number, at: number, is_required: boolean, is_answered: boolean}} Checkpoint
 * @param {HTMLVideoElement} video
 * @param {{checkpoints: Checkpoint[], chapters: {start: number}[]}} lesson
 * @param {() => void} onAnswered
 */
export function setUpCheckpoints(video, lesson, onAnswered) {
  if (!lesson.checkpoints.length) return;
  const dialog = new AskDialog(video, lesson, onAnswered);
  let last = video.currentTime;
  video.addEventListener("seeking", () => { last = video.currentTime; });
  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    const reached = lesson.checkpoints.find((one) => !one.is_answered && one.at > last && one.at <= now + 0.05);
    last = now;
    if (reached && !video.seeking) dialog.ask(reached);
  });
  for (const checkpoint of lesson.checkpoints) {
    show(checkpoint);
    rowOf(checkpoint)?.querySelector("button")?.addEventListener("click", () => dialog.ask(checkpoint));
  }
}

/** @param {Checkpoint} checkpoint */
const rowOf = (checkpoint) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-ask="${checkpoint.id}"]`));

/** @param {Checkpoint} checkpoint */
function show(checkpoint) {
  const row = rowOf(checkpoint);
  const state = /** @type {HTMLElement | null} */ (row?.querySelector("[data-ask-state]"));
  if (!row || !state) return;
  row.toggleAttribute("data-is-answered", checkpoint.is_answered);
  state.textContent = (checkpoint.is_answered ? state.dataset.answered : state.dataset.open) ?? "";
}

class AskDialog {
  /** @param {HTMLVideoElement} video @param {{chapters: {start: number}[]}} lesson @param {() => void} onAnswered */
  constructor(video, lesson, onAnswered) {
    this.video = video;
    this.lesson = lesson;
    this.onAnswered = onAnswered;
    this.dialog = /** @type {HTMLDialogElement} */ (document.getElementById("ask"));
    this.title = /** @type {HTMLElement} */ (this.dialog.querySelector("#ask-title"));
    this.body = /** @type {HTMLElement} */ (this.dialog.querySelector("[data-ask-body]"));
    /** @type {Checkpoint | null} */
    this.asked = null;
    this.shownAt = 0;
    this.goesOn = false;
    this.dialog.addEventListener("click", (event) => this.#click(/** @type {HTMLElement} */ (event.target)));
    this.dialog.addEventListener("submit", (event) => this.#submit(/** @type {SubmitEvent} */ (event)));
    this.dialog.addEventListener("close", () => this.#closed());
  }

  /** @param {Checkpoint} checkpoint */
  async ask(checkpoint) {
    if (this.dialog.open) return;
    this.goesOn = !this.video.paused;
    this.video.pause();
    leaveFullScreenWhereItHidesDialogs(this.video);
    this.asked = checkpoint;
    this.title.textContent = (this.dialog.dataset.title ?? "").replace("{time}", moment(checkpoint.at));
    this.body.replaceChildren();
    this.dialog.showModal();
    await this.#fetchQuestion();
  }

  async #fetchQuestion() {
    const url = this.asked && rowOf(this.asked)?.dataset.url;
    if (!url) return;
    try {
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#put(await answer.text());
      this.shownAt = Date.now();
      const first = this.body.querySelector("input:not([type=hidden], [hidden]), select:not([hidden]), textarea, math-field");
      if (first instanceof HTMLElement) first.focus();
    } catch {
      this.#complain(this.dialog.dataset.failed ?? "");
    }
  }

  /** Our own server's markup. @param {string} html */
  #put(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    this.body.replaceChildren(made.content);
    if (this.body.querySelector("[data-math]")) import("../../app/js/math.js").then(({ renderMath }) => renderMath(this.body));
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-answer]")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const fields = new FormData(form);
    fields.set("seconds", String((Date.now() - this.shownAt) / 1000));
    try {
      const answer = await send(form.action, { body: fields });
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      this.#put(await answer.text());
      this.#answered();
    } catch {
      form.removeAttribute("aria-busy");
      this.#complain(this.dialog.dataset.kept ?? "");
    }
  }

  #answered() {
    const shown = this.body.querySelector("[data-answered]");
    if (!shown || !this.asked) return;
    this.asked.is_answered = true;
    show(this.asked);
    const verdict = this.body.querySelector("[data-verdict]");
    if (verdict instanceof HTMLElement) verdict.focus();
    this.onAnswered();
  }

  /** @param {HTMLElement} target */
  #click(target) {
    if (target.closest("[data-close-ask]")) this.dialog.close();
    if (target.closest("[data-retry]")) this.#fetchQuestion();
    if (target.closest("[data-go-on]")) {
      this.goesOn = true;
      this.dialog.close();
    }
    if (target.closest("[data-jump-back]") && this.asked) {
      this.video.currentTime = this.#explainedAt(this.asked.at);
      // It is asked again when the explanation was seen.
      this.asked.is_answered = false;
      this.goesOn = true;
      this.dialog.close();
    }
  }

  /** Where what the question asks is explained: the chapter's start, or some seconds back. @param {number} at */
  #explainedAt(at) {
    const starts = this.lesson.chapters.map((one) => one.start).filter((start) => start < at - 3);
    return Math.max(starts.length ? starts[starts.length - 1] : 0, at - LOOK_BACK_SECONDS, 0);
  }

  #closed() {
    this.asked = null;
    this.body.replaceChildren();
    if (this.goesOn) this.video.play().catch(() => {});
  }

  /** @param {string} text */
  #complain(text) {
    const place = this.body.querySelector("[data-send-failed]");
    if (place instanceof HTMLElement) {
      place.textContent = text;
      place.hidden = false;
      return;
    }
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.className = "field-error";
    line.textContent = text;
    this.body.replaceChildren(line);
  }
}

/** An iPhone plays full screen in a layer of its own, above every dialog. @param {HTMLVideoElement} video */
function leaveFullScreenWhereItHidesDialogs(video) {
  const native = /** @type {any} */ (video);
  if (native.webkitDisplayingFullscreen) native.webkitExitFullscreen?.();
}
