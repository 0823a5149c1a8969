/** One piece of work on its way: its files first, then the work itself, with the same key until there is an answer. */
import { freshToken, pauseAfter, post } from "./post.js";

const TRIES_FOR_A_TOKEN = 3;

/**
 * @typedef {{kind: "done", body: any} | {kind: "signed-out"} | {kind: "nothing"}
 *   | {kind: "refused", code: string, message: string, details: any}} Answer
 */

/**
 * Send what waits in the outbox until it is answered, however long that takes.
 *
 * @param {string} url
 * @param {import("./outbox.js").Outbox} outbox
 * @param {import("./uploads.js").Uploads} uploads
 * @param {import("./post.js").Pause} pause
 * @param {{sending: () => void, waiting: (seconds: number, isAnswered: boolean) => void}} told *isAnswered*: by a server
 *   that cannot take it now
 * @returns {Promise<Answer>} what the server said; the outbox is as it was
 */
export async function deliver(url, outbox, uploads, pause, told) {
  for (let tries = 0; ; tries += 1) {
    const { parcel } = outbox.kept;
    if (!parcel) return { kind: "nothing" };
    if (!(await uploads.run())) {
      const refused = outbox.files.find(({ photo }) => photo.refused)?.photo.refused;
      return refused ? { kind: "refused", code: "file_refused", message: refused, details: {} } : { kind: "signed-out" };
    }
    told.sending();
    const outcome = await post(url, bodyOf(parcel), { headers: { "Idempotency-Key": parcel.key } });
    if (outcome.kind === "done") return outcome;
    if (outcome.kind === "stale-page" && tries < TRIES_FOR_A_TOKEN && (await freshToken())) continue;
    if (outcome.kind === "signed-out" || outcome.kind === "stale-page") return { kind: "signed-out" };
    if (outcome.kind === "refused") {
      if (outcome.code !== "file_not_there" || tries > TRIES_FOR_A_TOKEN) return outcome;
      await outbox.sendAnew(outcome.details.missing ?? []);
      continue;
    }
    const seconds = pauseAfter(tries, outcome.seconds);
    told.waiting(seconds, Boolean(outcome.isAnswered));
    await pause.of(seconds);
  }
}

/** @param {import("./outbox.js").Parcel} parcel */
function bodyOf(parcel) {
  const body = new FormData();
  for (const [name, value] of Object.entries(parcel.fields)) body.append(name, value);
  const sent = Object.fromEntries(
    Object.entries(parcel.photos).map(([question, photos]) => [question, photos.map((photo) => photo.sha)]),
  );
  body.append("sent", JSON.stringify(sent));
  return body;
}
