/**
 * Corrections: questions are answered as anywhere, and what is photographed or spoken is kept on the device and sent as
 * in homework.
 * Each question is a piece of work of its own. Without scripts its form is a plain one.
 */
import "../library/questions.js";
import { Delivery } from "./delivery.js";
import { newKey, Outbox } from "./outbox.js";
import { Photos } from "./photos.js";
import { Recorder } from "./recorder.js";
import { text } from "./texts.js";
import { Uploads } from "./uploads.js";

const MOST_FILES = 30;

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-work]"))) setUp(form);

/** @param {HTMLFormElement} form */
async function setUp(form) {
  const question = form.dataset.answer ?? "";
  const outbox = new Outbox(form.dataset.work ?? "");
  await outbox.load();
  const uploads = new Uploads(form.dataset.filesTo ?? "", outbox, {
    changed() {
      widget.drawStates();
      delivery.showFiles();
    },
    arrived: () => widget.drawStates(),
    signedOut: () => delivery.signedOut(),
  });
  const delivery = new Delivery(form, {
    url: form.dataset.send ?? "",
    outbox,
    uploads,
    arrived() {
      location.hash = `question-${question}`;
      location.reload();
    },
    refused() {},
    busy(isBusy) {
      /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]")).disabled = isBusy;
      if (!isBusy) form.removeAttribute("aria-busy");
    },
  });
  const whole = {
    most: MOST_FILES,
    count: () => outbox.kept.photos[question]?.length ?? 0,
    changed() {
      if (delivery.isBusy) return;
      delivery.say(text(outbox.isDurable ? "savedOnDevice" : "notKept"), outbox.isDurable ? "" : "is-bad");
      uploads.run();
    },
    stateOf: (/** @type {import("./outbox.js").Photo} */ photo) => uploads.stateOf(photo),
  };
  const photos = /** @type {HTMLElement | null} */ (form.querySelector("[data-photos]"));
  const widget = photos
    ? new Photos(photos, outbox, whole)
    : new Recorder(/** @type {HTMLElement} */ (form.querySelector("[data-recorder]")), outbox, whole);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (widget instanceof Photos) await widget.deeds;
    if (delivery.isBusy) return;
    if (!whole.count()) return delivery.say(text("nothing"), "is-bad");
    const files = [...(outbox.kept.photos[question] ?? [])];
    const content = JSON.stringify(files.map((one) => one.id));
    const earlier = outbox.kept.parcel;
    const { title = "", send = "", filesTo = "" } = form.dataset;
    outbox.kept.parcel =
      earlier?.content === content
        ? earlier
        : {
            key: newKey(),
            content,
            fields: {},
            photos: { [question]: files },
            page: `${location.pathname}#question-${question}`,
            title,
            to: { work: send, files: filesTo },
          };
    await outbox.save();
    await delivery.run();
  });

  form.dataset.ready = "yes";
  if (outbox.kept.parcel) {
    delivery.say(text("resuming"));
    delivery.run();
  } else if (uploads.rest.length) {
    uploads.run();
  }
}
