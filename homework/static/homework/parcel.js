/**
 * One hand-in on its way: sent with progress, sent again with the same key until the server acknowledges it or
 * refuses it for good.
 *
 * @typedef {import("./outbox.js").Parcel} Parcel
 * @typedef {{id: number, sha256: string, received_at: string}} Receipt
 * @typedef {{kind: "received", receipt: Receipt} | {kind: "later", seconds: number} | {kind: "signed-out"}
 *   | {kind: "stale-page"} | {kind: "refused", code: string, message: string}} Outcome
 */
import { csrfToken } from "../app/js/csrf.js";

const TIMEOUT_MS = 120_000;

/** @param {XMLHttpRequest} request */
function errorOf(request) {
  try {
    return JSON.parse(request.responseText).error ?? {};
  } catch {
    return {};
  }
}

/** @param {XMLHttpRequest} request @returns {Outcome} */
function outcomeOf(request) {
  if (request.status === 200 || request.status === 201) {
    try {
      return { kind: "received", receipt: JSON.parse(request.responseText) };
    } catch {
      return { kind: "later", seconds: 2 }; // cut off on its way: the same key brings the receipt again
    }
  }
  const { code = "", message = "" } = errorOf(request);
  if (request.status === 401) return { kind: "signed-out" };
  if (code === "csrf") return { kind: "stale-page" };
  if (request.status === 0 || request.status === 429 || request.status >= 500) {
    return { kind: "later", seconds: Number(request.getResponseHeader("Retry-After")) || 0 };
  }
  return { kind: "refused", code, message };
}

/**
 * @param {string} url
 * @param {Parcel} parcel
 * @param {(share: number) => void} progress
 * @returns {Promise<Outcome>}
 */
export function sendParcel(url, parcel, progress) {
  const body = new FormData();
  body.append("answers", parcel.answers);
  body.append("seconds", parcel.seconds ?? "{}");
  body.append("device_time", parcel.at);
  for (const [question, photos] of Object.entries(parcel.photos)) {
    photos.forEach(({ blob, field }, index) =>
      field ? body.append(`${field}-${question}`, blob, String(index + 1)) : body.append(`photos-${question}`, blob, `${index + 1}.jpg`),
    );
  }
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = TIMEOUT_MS;
    request.setRequestHeader("Idempotency-Key", parcel.key);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onloadend = () => resolve(outcomeOf(request));
    request.send(body);
  });
}

/** Get a fresh token for this page, after a new sign-in in another tab. @returns {Promise<boolean>} */
export async function freshToken() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector('meta[name="csrf-token"]')?.getAttribute("content");
    const same =
      page.querySelector('meta[name="person"]')?.getAttribute("content") ===
      document.querySelector('meta[name="person"]')?.getAttribute("content");
    if (!token || !same) return false;
    document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", token);
    return true;
  } catch {
    return false;
  }
}
