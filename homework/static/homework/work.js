/** The page on which homework is done: photos, recordings, autosave, hand-in. Without scripts it is a plain form. */
import { forgetDraft, valuesOf } from "../app/js/drafts.js";
import "../library/questions.js";
import { draftIn, isAnswered, placesIn, responsesIn } from "./answers.js";
import { Autosave } from "./autosave.js";
import { Delivery } from "./delivery.js";
import { Elsewhere } from "./elsewhere.js";
import { newKey, Outbox } from "./outbox.js";
import { Photos } from "./photos.js";
import { Recorder } from "./recorder.js";
import { countSeconds } from "./spent.js";
import { text } from "./texts.js";
import { Uploads } from "./uploads.js";

const MOST_FILES = 30;

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("work"));
if (form) setUp(form);

/** @param {HTMLFormElement} form */
async function setUp(form) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("#hand-in"));
  const unanswered = /** @type {HTMLElement | null} */ (document.querySelector("[data-unanswered]"));
  const outbox = new Outbox(form.dataset.assignment ?? "");
  await outbox.load();

  /** @type {(Photos | Recorder)[]} */
  const widgets = [];
  const uploads = new Uploads(form.dataset.files ?? "", outbox, {
    changed() {
      for (const widget of widgets) widget.drawStates();
      delivery.showFiles();
    },
    arrived() {
      for (const widget of widgets) widget.drawStates();
      form.dispatchEvent(new Event("input")); // the draft on the server names what is there
    },
    signedOut: () => delivery.signedOut(),
  });
  const delivery = new Delivery(form, {
    url: form.dataset.send ?? "",
    outbox,
    uploads,
    arrived(receipt, parcel, hasOtherPhotos) {
      const isTypedOn = Boolean(parcel?.values) && JSON.stringify(parcel?.values) !== JSON.stringify(valuesOf(form));
      if (!isTypedOn) {
        form.dataset.draftHeld = "yes";
        forgetDraft(form.dataset.draft ?? "");
      }
      const address = (form.dataset.receipt ?? "").replace("/0/", `/${receipt.id}/`);
      // Who comes back here finds the page as it is then, and not one that keeps nothing any more.
      window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
      location.assign(isTypedOn || hasOtherPhotos ? `${address}?changed=1` : address);
    },
    refused(_code, _message, details) {
      // Who sees that it was handed in meanwhile, and hands in again, means it.
      if (typeof details.number === "number") saving.knows("known", details.number);
      saving.go();
    },
    busy(isBusy) {
      button.disabled = isBusy;
      if (!isBusy) form.removeAttribute("aria-busy");
    },
  });
  /** What is kept and saved, unless a hand-in is on its way: then that alone is of interest. @param {string} words @param {"" | "is-bad" | "is-good"} [look] */
  function say(words, look) {
    if (!delivery.isBusy) delivery.say(words, look);
  }
  const saving = new Autosave(form, {
    say,
    signedOut: () => delivery.signedOut(),
    elsewhere: (other) => choose(other),
    saved(version) {
      outbox.kept.base = version;
      outbox.save();
    },
    handedIn(message, details) {
      saving.knows("known", details.number ?? 0);
      delivery.say(message, "is-bad");
    },
  });
  const elsewhere = new Elsewhere(
    /** @type {HTMLElement} */ (document.querySelector("[data-elsewhere]")),
    form,
    outbox,
    {
      responses: () => draftIn(form),
      keepsThis(version) {
        saving.knows("draft_version", version);
        saving.now();
      },
    },
  );
  const seconds = countSeconds(form);

  /** @param {import("./autosave.js").Other} other what was saved elsewhere, after what this page knew */
  function choose(other) {
    if (elsewhere.show(other)) delivery.say(text("choose"), "is-bad");
    else saving.knows("draft_version", other.version);
  }

  const count = () => Object.values(outbox.kept.photos).reduce((sum, photos) => sum + photos.length, 0);
  function changed() {
    say(text(outbox.isDurable ? "savedOnDevice" : "notKept"), outbox.isDurable ? "" : "is-bad");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    if (!delivery.isBusy) uploads.run();
  }
  const whole = { most: MOST_FILES, count, changed, stateOf: (/** @type {import("./outbox.js").Photo} */ photo) => uploads.stateOf(photo) };
  for (const place of placesIn(form)) {
    const photos = /** @type {HTMLElement | null} */ (place.querySelector("[data-photos]"));
    const recorder = /** @type {HTMLElement | null} */ (place.querySelector("[data-recorder]"));
    if (photos) widgets.push(new Photos(photos, outbox, whole));
    if (recorder) widgets.push(new Recorder(recorder, outbox, whole));
  }

  function listUnanswered() {
    const given = responsesIn(form);
    const numbers = placesIn(form)
      .filter((place) => {
        const id = place.dataset.answer ?? "";
        return place.dataset.files ? !outbox.kept.photos[id]?.length : !isAnswered(given[id] ?? {});
      })
      .map((place) => place.dataset.number);
    if (unanswered) {
      unanswered.hidden = numbers.length === 0;
      unanswered.textContent = text("unanswered", { numbers: numbers.join(text("comma")) });
    }
  }
  form.addEventListener("input", listUnanswered);
  button.addEventListener("click", listUnanswered);

  /** The hand-in as it stands now; the same content keeps its key, so that sending again is harmless. */
  function pack() {
    const answers = JSON.stringify(responsesIn(form));
    const photos = Object.fromEntries(Object.entries(outbox.kept.photos).map(([id, all]) => [id, [...all]]));
    const note = valueOf("note");
    const known = valueOf("known");
    const content = JSON.stringify([answers, note, known, Object.entries(photos).map(([id, all]) => [id, all.map((one) => one.id)])]);
    const earlier = outbox.kept.parcel;
    const fields = {
      answers,
      note,
      known,
      draft_version: valueOf("draft_version"),
      seconds: seconds(),
      device_time: new Date().toISOString(),
    };
    const { title = "", draft = "", send = "", files = "" } = form.dataset;
    outbox.kept.parcel =
      earlier?.content === content
        ? earlier
        : { key: newKey(), content, fields, photos, page: location.pathname, title, draft, values: valuesOf(form), to: { work: send, files } };
  }

  /** @param {string} name */
  const valueOf = (name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name))?.value ?? "";

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.all(widgets.map((widget) => widget instanceof Photos && widget.deeds));
    if (delivery.isBusy) return;
    const some = Object.values(responsesIn(form)).some(isAnswered) || count() > 0;
    if (!some) return delivery.say(text("nothing"), "is-bad");
    await saving.stop();
    pack();
    await outbox.save();
    await delivery.run();
  });

  // What was typed here without a line may be older than what another device has saved since.
  const there = JSON.parse(document.getElementById("draft-there")?.textContent ?? "null");
  if (there && (outbox.kept.base ?? 0) < there.version) choose(there);

  form.dataset.ready = "yes";
  if (outbox.kept.parcel) {
    delivery.say(text("resuming"));
    await saving.stop();
    delivery.run();
  } else if (uploads.rest.length) {
    uploads.run();
  }
}
