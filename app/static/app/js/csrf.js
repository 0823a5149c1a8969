/** Requests of our own scripts carry the page's token. */

/** @returns {string} */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/**
 * `fetch` to our own server, with the token and as JSON where the body is a plain object.
 *
 * @param {string} url
 * @param {Omit<RequestInit, "body"> & {body?: BodyInit | Record<string, unknown> | unknown[]}} [options]
 * @returns {Promise<Response>}
 */
export function send(url, options = {}) {
  const headers = new Headers(options.headers);
  headers.set("X-CSRFToken", csrfToken());
  headers.set("X-Requested-With", "fetch");
  let { body } = options;
  if (Array.isArray(body) || Object.getPrototypeOf(body ?? null) === Object.prototype) {
    headers.set("Content-Type", "application/json");
    body = JSON.stringify(body);
  }
  return fetch(url, { credentials: "same-origin", method: "POST", ...options, headers, body: /** @type {BodyInit} */ (body) });
}

export function addTokenToHtmx() {
  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
  });
}
