/**
 * What is typed is kept on this device until the server has it.
 *
 * A form with `data-draft="assignment-12"` keeps its text fields and choices as they are typed, under the name
 * of the person who types (a lent tablet has many). After an expired session, a crash or a closed tab the same
 * form gets them back and says so in `[data-draft-notice]`. A page that shows that the work arrived carries
 * `[data-draft-done="assignment-12"]`; only that removes it. Files, passwords and hidden fields are not kept.
 *
 * Events on the form: `draft:saved`, `draft:restored` (detail: {at: Date}).
 */

const KEPT_DAYS = 30;
const PAUSE_MS = 300;
const PREFIX = "weike-draft";
const UNKEPT = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

/** @typedef {{at: number, values: Record<string, string[]>}} Draft */

function person() {
  return document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";
}

/** @param {string} key */
const addressOf = (key) => `${PREFIX}:${person()}:${key}`;

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  return /** @type {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */ (
    [...form.elements].filter((field) => "name" in field && field.name && "type" in field && !UNKEPT.has(String(field.type)))
  );
}

/** What stands in the fields that are kept. @param {HTMLFormElement} form @returns {Record<string, string[]>} */
export function valuesOf(form) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const field of fieldsOf(form)) {
    values[field.name] ??= [];
    if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
      if (field.checked) values[field.name].push(field.value);
    } else {
      values[field.name].push(field.value);
    }
  }
  return values;
}

/** @param {HTMLFormElement} form @param {Record<string, string[]>} values */
function fill(form, values) {
  /** @type {Record<string, number>} */
  const seen = {};
  for (const field of fieldsOf(form)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
      field.checked = kept.includes(field.value);
    } else {
      const number = (seen[field.name] ??= 0);
      seen[field.name] = number + 1;
      if (kept[number] !== undefined) field.value = kept[number];
    }
  }
}

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(addressOf(key)) ?? "null");
    return draft && typeof draft.at === "number" && draft.values ? draft : null;
  } catch {
    return null; // storage is closed (private window) or damaged: there is nothing to restore
  }
}

/**
 * Keep *values* for the form with this key, or nothing any more.
 *
 * @param {string} key @param {Record<string, string[]> | null} values @returns {boolean} whether the device keeps it
 */
export function keepValues(key, values) {
  try {
    if (values) localStorage.setItem(addressOf(key), JSON.stringify({ at: Date.now(), values }));
    else localStorage.removeItem(addressOf(key));
    return true;
  } catch {
    return false; // storage is closed or full: the form still works, only unkept
  }
}

/** @param {HTMLFormElement} form @param {string} key */
function keep(form, key) {
  if (form.dataset.draftHeld === "yes") return; // the page put another text in its place
  if (!keepValues(key, valuesOf(form))) return;
  form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true, detail: { at: new Date() } }));
}

/**
 * The server has what was typed.
 *
 * @param {string} key @param {Record<string, string[]>} [values] what it has: other words, typed since, stay
 * @returns {boolean} whether nothing stays
 */
export function forgetDraft(key, values) {
  const draft = values && read(key);
  if (draft && JSON.stringify(draft.values) !== JSON.stringify(values)) return false;
  keepValues(key, null);
  return true;
}

function forgetOld() {
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(`${PREFIX}:`))) {
      const { at } = JSON.parse(localStorage.getItem(name) ?? "{}");
      if (!(Date.now() - at < KEPT_DAYS * 86_400_000)) localStorage.removeItem(name);
    }
  } catch {
    // storage is closed or holds what we did not write
  }
}

/** @param {HTMLFormElement} form */
function setUp(form) {
  const key = form.dataset.draft ?? "";
  const draft = read(key);
  if (draft && JSON.stringify(draft.values) !== JSON.stringify(valuesOf(form))) {
    fill(form, draft.values);
    form.closest("details")?.setAttribute("open", "");
    for (const notice of document.querySelectorAll(`[data-draft-notice="${CSS.escape(key)}"]`)) {
      notice.removeAttribute("hidden");
    }
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true, detail: { at: new Date(draft.at) } }));
  }
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, key), PAUSE_MS);
  });
  const keepNow = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    keep(form, key);
  };
  form.addEventListener("submit", keepNow, { capture: true });
  window.addEventListener("pagehide", keepNow);
}

export function setUpDrafts() {
  forgetOld();
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    forgetDraft(done.getAttribute("data-draft-done") ?? "");
  }
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (person()) setUp(/** @type {HTMLFormElement} */ (form));
  }
}
