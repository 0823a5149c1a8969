/** The page on which homework is done: photos, autosave, hand-in. Without scripts it is a plain form. */
import { forgetDraft } from "../app/js/drafts.js";
import "../library/questions.js";
import { autosave } from "./autosave.js";
import { newKey, Outbox } from "./outbox.js";
import { freshToken, sendParcel } from "./parcel.js";
import { Photos } from "./photos.js";
import { Recorder } from "./recorder.js";
import { countSeconds } from "./spent.js";
import { clock, text } from "./texts.js";

const MOST_PHOTOS = 30;
const LONGEST_PAUSE_SECONDS = 30;

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("work"));
if (form) setUp(form);

/** @param {HTMLFormElement} form @returns {Record<string, object>} responses by question, as the API takes them */
function responses(form) {
  /** @type {Record<string, object>} */
  const found = {};
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-answer]"))) {
    const asked = /** @type {HTMLElement | null} */ (place.querySelector("fieldset[data-field]"));
    if (!asked || place.dataset.files) continue;
    const fields = /** @type {HTMLInputElement[]} */ ([...asked.querySelectorAll("input[name], select[name], textarea[name]")]);
    const values = fields
      .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .map((field) => field.value);
    const answer = "many" in asked.dataset ? values : (values[0] ?? "");
    found[place.dataset.answer ?? ""] = { [asked.dataset.field ?? ""]: answer };
  }
  return found;
}

/** @param {object} response */
const isAnswered = (response) => Object.values(response).flat().some((part) => String(part).trim() !== "");

/** @param {HTMLFormElement} form */
async function setUp(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector("[data-state]"));
  const bar = /** @type {HTMLProgressElement} */ (form.querySelector("[data-progress]"));
  const tryNow = /** @type {HTMLButtonElement} */ (form.querySelector("[data-try-now]"));
  const signIn = /** @type {HTMLElement} */ (form.querySelector("[data-sign-in-link]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("#hand-in"));
  const unanswered = /** @type {HTMLElement | null} */ (document.querySelector("[data-unanswered]"));
  const assignment = form.dataset.assignment ?? "";
  const outbox = new Outbox(assignment);
  await outbox.load();

  /** @param {string} words @param {"" | "is-bad" | "is-good"} [look] */
  function say(words, look = "") {
    state.textContent = words;
    state.className = `work-state ${look}`;
  }
  function signedOut() {
    say(text("signedOut"), "is-bad");
    signIn.hidden = false;
  }

  const count = () => Object.values(outbox.kept.photos).reduce((sum, photos) => sum + photos.length, 0);
  const changed = () => outbox.isDurable && say(text("savedOnDevice"));
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-photos]"))) {
    new Photos(place, outbox, { most: MOST_PHOTOS, count, changed });
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-recorder]"))) {
    new Recorder(place, outbox, changed);
  }
  const saving = autosave(form, say, signedOut);
  const seconds = countSeconds(form);

  function listUnanswered() {
    const given = responses(form);
    const numbers = [.../** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-answer]"))]
      .filter((place) => {
        const id = place.dataset.answer ?? "";
        return place.dataset.files ? !outbox.kept.photos[id]?.length : !isAnswered(given[id] ?? {});
      })
      .map((place) => place.dataset.number);
    if (unanswered) {
      unanswered.hidden = numbers.length === 0;
      unanswered.textContent = text("unanswered", { numbers: numbers.join(", ") });
    }
  }
  form.addEventListener("input", listUnanswered);
  button.addEventListener("click", listUnanswered);

  /** The hand-in as it stands now; the same content keeps its key, so that sending again is harmless. */
  function pack() {
    const answers = JSON.stringify(responses(form));
    const photos = Object.fromEntries(Object.entries(outbox.kept.photos).map(([id, all]) => [id, [...all]]));
    const content = JSON.stringify([answers, Object.entries(photos).map(([id, all]) => [id, all.map((one) => one.id)])]);
    const earlier = outbox.kept.parcel;
    outbox.kept.parcel =
      earlier?.content === content
        ? earlier
        : { key: newKey(), content, answers, photos, seconds: seconds(), at: new Date().toISOString() };
  }

  let isSending = false;
  /** @type {(() => void) | null} */
  let wake = null;
  const pause = (/** @type {number} */ seconds) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  tryNow.addEventListener("click", () => wake?.());
  window.addEventListener("online", () => wake?.());

  async function deliver() {
    if (isSending) return;
    isSending = true;
    button.disabled = true;
    try {
      await deliverUntilAnswered();
    } finally {
      isSending = false;
      button.disabled = false;
      bar.hidden = true;
      tryNow.hidden = true;
      form.removeAttribute("aria-busy");
    }
  }

  async function deliverUntilAnswered() {
    for (let tries = 0; ; tries += 1) {
      const { parcel } = outbox.kept;
      if (!parcel) return;
      bar.hidden = false;
      bar.value = 0;
      const outcome = await sendParcel(form.dataset.send ?? "", parcel, (share) => {
        bar.value = share;
        say(text("sending", { share: `${Math.floor(share * 100)} %` }));
      });
      if (outcome.kind === "received") return arrived(outcome.receipt);
      if (outcome.kind === "stale-page" && tries < 3 && (await freshToken())) continue;
      if (outcome.kind === "signed-out" || outcome.kind === "stale-page") return signedOut();
      if (outcome.kind === "refused") {
        outbox.kept.parcel = null;
        await outbox.save();
        return say(outcome.message, "is-bad");
      }
      const usual = Math.min(2 ** tries, LONGEST_PAUSE_SECONDS);
      const seconds = Math.max(1, Math.round(outcome.seconds || usual * (0.75 + Math.random() / 2)));
      bar.hidden = true;
      tryNow.hidden = false;
      say(text("waiting", { seconds }), "is-bad");
      await pause(seconds);
      tryNow.hidden = true;
    }
  }

  /** @param {import("./parcel.js").Receipt} receipt */
  async function arrived(receipt) {
    saving.stop();
    await outbox.forget();
    forgetDraft(form.dataset.draft ?? "");
    say(text("received", { time: clock(new Date(receipt.received_at)) }), "is-good");
    location.assign((form.dataset.receipt ?? "").replace("/0/", `/${receipt.id}/`));
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    const some = Object.values(responses(form)).some(isAnswered) || count() > 0;
    if (!some) return say(text("nothing"), "is-bad");
    pack();
    await outbox.save();
    await deliver();
  });

  form.dataset.ready = "yes";
  if (outbox.kept.parcel) {
    say(text("resuming"));
    deliver();
  }
}
