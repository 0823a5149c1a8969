/**
 * What is typed goes to the server a moment after each change, beside the copy on the device (app/js/drafts.js).
 */
import { send } from "../app/js/csrf.js";
import { clock, text } from "./texts.js";

const PAUSE_MS = 1500;

/**
 * @param {HTMLFormElement} form
 * @param {(words: string, look?: "" | "is-bad" | "is-good") => void} say
 * @param {() => void} signedOut
 * @returns {{stop: () => void}}
 */
export function autosave(form, say, signedOut) {
  const version = /** @type {HTMLInputElement} */ (form.elements.namedItem("draft_version"));
  let timer = 0;
  let stopped = false;
  let running = false;
  let again = false;

  async function save() {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const body = new FormData(form);
      for (const name of [...body.keys()]) if (/^(photos|recordings)-/.test(name)) body.delete(name);
      const answer = await send(form.dataset.save ?? "", { body, headers: { Accept: "application/json" } });
      if (stopped) return;
      if (answer.ok) {
        const saved = await answer.json();
        version.value = saved.version;
        say(text("savedAt", { time: clock(new Date(saved.saved_at)) }));
      } else if (answer.status === 401) {
        signedOut();
      } else if (answer.status === 409) {
        say(text("elsewhere"), "is-bad");
      } else {
        say(text("savedOnDevice"));
      }
    } catch {
      if (!stopped) say(text("offline"));
    } finally {
      running = false;
      if (again && !stopped) {
        again = false;
        save();
      }
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });
  form.addEventListener("draft:saved", () => say(text("savedOnDevice")));
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
