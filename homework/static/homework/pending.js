/** What was handed in without a network is sent from other pages of the pupil too, one piece of work after the other. */
import { forgetDraft } from "../app/js/drafts.js";
import { deliver } from "./delivering.js";
import { Outbox, waitingWork } from "./outbox.js";
import { Pause } from "./post.js";
import { clock, text } from "./texts.js";
import { Uploads } from "./uploads.js";

/** @typedef {import("./outbox.js").Waiting} Waiting */

const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-pending]"));
if (note) setUp(note);

/** @param {HTMLElement} note */
async function setUp(note) {
  const waiting = await waitingWork();
  if (!waiting.length) return;
  const lines = waiting.map((one) => new Line(one));
  note.querySelector("[data-pending-list]")?.append(...lines.map((line) => line.element));
  note.hidden = false;
  const answers = [];
  for (const line of lines) {
    const answer = line.send();
    answers.push(answer);
    // A thin line carries one after the other; what the server cannot take now holds up nothing else.
    await Promise.race([answer, line.stuck]);
  }
  await Promise.all(answers);
  if (lines.some((line) => !line.isThere)) return;
  note.classList.replace("alert-warning", "alert-success");
  note.querySelector("[data-pending-over]")?.removeAttribute("hidden");
  const words = note.querySelector("[data-pending-words]");
  if (words) words.textContent = text("allThere");
}

/** One piece of work: what it is, and where. */
class Line {
  /** @param {Waiting} waiting */
  constructor({ work, parcel }) {
    this.parcel = parcel;
    this.outbox = new Outbox(work);
    this.pause = new Pause();
    this.isThere = false;
    this.letOthersGo = () => {};
    /** @type {Promise<void>} */
    this.stuck = new Promise((resolve) => {
      this.letOthersGo = resolve;
    });
    this.element = document.createElement("li");
    this.link = document.createElement("a");
    this.link.href = parcel.page;
    this.link.textContent = parcel.title || text("work");
    this.state = document.createElement("span");
    this.element.append(this.link, " ", this.state);
    this.#say(text("waits"));
  }

  /** @param {string} words */
  #say(words) {
    this.state.textContent = words;
  }

  /** Send it; what the server refuses stays, and is said again, with what it is about, on the work's own page. */
  async send() {
    const { to } = this.parcel;
    await this.outbox.load();
    if (!this.outbox.kept.parcel) return this.#sentElsewhere();
    if (!to) return;
    const uploads = new Uploads(to.files, this.outbox, {
      changed: () => this.#say(uploads.waits || !navigator.onLine ? text("laterState") : text("sendingShare", { share: `${Math.floor(uploads.share * 100)} %` })),
      arrived() {},
      signedOut() {},
    });
    const answer = await deliver(to.work, this.outbox, uploads, this.pause, {
      sending: () => this.#say(text("sending")),
      waiting: (_seconds, isAnswered) => {
        this.#say(text(isAnswered ? "stuckState" : "laterState"));
        if (isAnswered) this.letOthersGo();
      },
    });
    if (answer.kind === "done") return this.#arrived(answer.body);
    if (answer.kind === "refused") this.#say(answer.message);
    if (answer.kind === "signed-out") this.#say(text("signedOut"));
  }

  /** Another tab was quicker. */
  #sentElsewhere() {
    this.isThere = true;
    this.#say(text("there"));
  }

  /** @param {{received_at?: string}} receipt */
  async #arrived(receipt) {
    const hasOtherPhotos = await this.outbox.forget();
    const isAllHandedIn = forgetDraft(this.parcel.draft ?? "", this.parcel.values) && !hasOtherPhotos;
    this.isThere = true;
    const time = clock(receipt.received_at ? new Date(receipt.received_at) : new Date());
    this.#say(text(isAllHandedIn ? "received" : "receivedBefore", { time }));
  }
}
