/**
 * One request on a line that may break: sent with progress, and its answer sorted by what is to be done about it.
 *
 * @typedef {{kind: "done", body: any} | {kind: "later", seconds: number, isAnswered?: boolean} | {kind: "signed-out"}
 *   | {kind: "stale-page"} | {kind: "refused", status: number, code: string, message: string, details: any}} Outcome
 */
import { csrfToken } from "../app/js/csrf.js";

const TIMEOUT_MS = 120_000;

/** @param {XMLHttpRequest} request */
function jsonOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

/** @param {XMLHttpRequest} request @returns {Outcome} */
function outcomeOf(request) {
  const body = jsonOf(request);
  if (request.status === 200 || request.status === 201) {
    // Cut off on its way: sent again, the same brings the same answer.
    return body ? { kind: "done", body } : { kind: "later", seconds: 2 };
  }
  const { code = "", message = "", details = {} } = body?.error ?? {};
  if (request.status === 401) return { kind: "signed-out" };
  if (code === "csrf") return { kind: "stale-page" };
  if (request.status === 0 || request.status === 429 || request.status >= 500) {
    const seconds = Number(request.getResponseHeader("Retry-After")) || 0;
    return { kind: "later", seconds, isAnswered: request.status !== 0 };
  }
  return { kind: "refused", status: request.status, code, message, details };
}

/**
 * @param {string} url
 * @param {FormData} body
 * @param {{headers?: Record<string, string>, progress?: (share: number) => void}} [options]
 * @returns {Promise<Outcome>}
 */
export function post(url, body, { headers = {}, progress } = {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = TIMEOUT_MS;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    if (progress) {
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) progress(event.loaded / event.total);
      };
    }
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

const LONGEST_PAUSE_SECONDS = 30;

/** How long to wait before the next try: longer each time, and not all devices of a class at once. @param {number} tries @param {number} asked seconds that the server asks for */
export function pauseAfter(tries, asked = 0) {
  const usual = Math.min(2 ** tries, LONGEST_PAUSE_SECONDS);
  return Math.max(1, Math.round(asked || usual * (0.75 + Math.random() / 2)));
}

/** A pause that the network's return, or a person, ends early. */
export class Pause {
  constructor() {
    /** @type {(() => void) | null} */
    this.wake = null;
    window.addEventListener("online", () => this.end());
  }

  /** @param {number} seconds @returns {Promise<void>} */
  of(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end() {
    this.wake?.();
  }
}
