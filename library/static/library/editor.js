/**
 * The editor of a question: formulas, blanks and pictures go where the cursor was, and what is typed is kept on this
 * device until the server has it. A page that shows that it was saved carries `[data-draft-done]` (app/js/drafts.js).
 */
import { csrfToken, send } from "../app/js/csrf.js";

const PREFIX = "weike-draft";
const PAUSE_MS = 400;
/** Fields that say nothing about the question, or cannot be kept. */
const UNKEPT = new Set(["csrf_token", "picture-file", "deed", "then"]);

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-editor]"));
const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("formula-dialog"));

// Where something is put in

/** @type {HTMLTextAreaElement | null} the field in which the cursor was last */
let last = null;

function words() {
  if (last?.isConnected) return last;
  return /** @type {HTMLTextAreaElement | null} */ (form?.querySelector("[data-words]") ?? null);
}

/** @param {string} text */
function insert(text) {
  const field = words();
  if (!field) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** The number of the next blank of the text. @param {string} text */
const nextBlank = (text) => 1 + Math.max(0, ...[...text.matchAll(/\[\[(\d{1,2})\]\]/g)].map((found) => Number(found[1])));

document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLTextAreaElement && event.target.matches("[data-words]")) last = event.target;
});

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const text = /** @type {HTMLElement | null} */ (target.closest("[data-insert]"))?.dataset.insert;
  if (text) insert(text);
  else if (target.closest("[data-insert-blank]")) putBlank();
  else if (target.closest("[data-insert-formula]")) askForFormula();
});

function putBlank() {
  const prompt = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("prompt"));
  if (!prompt) return;
  last = prompt;
  insert(`[[${nextBlank(prompt.value)}]]`);
  // The answer of the new blank needs a field.
  const enter = /** @type {HTMLElement | null} */ (form?.querySelector("#question-fields > button[hidden]") ?? null);
  enter?.click();
}

function askForFormula() {
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("formula-text"));
  if (!dialog || !input) return;
  const field = /** @type {(HTMLElement & {setValue?: (text: string) => void}) | null} */ (dialog.querySelector("math-field"));
  input.value = "";
  field?.setValue?.("");
  dialog.returnValue = "";
  dialog.showModal();
  (field ?? input).focus();
}

dialog?.addEventListener("close", () => {
  const formula = /** @type {HTMLInputElement | null} */ (document.getElementById("formula-text"))?.value.trim();
  if (dialog.returnValue === "yes" && formula) insert(`$${formula}$`);
});

// Pictures from the clipboard

/** Where a picture was pasted, until the server has taken it. @type {{id: string, at: number, shown: number} | null} */
let pasted = null;

const pictureRows = () => form?.querySelectorAll(".picture-row") ?? [];

document.addEventListener("paste", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("picture-file"));
  // Whoever copies words out of Word or a spreadsheet has a picture of them as well; the words are meant.
  if (!picture || !field || event.clipboardData?.types.includes("text/plain")) return;
  if (dialog?.open || (target?.closest("form") ?? form) !== form) return;
  event.preventDefault();
  const words = target instanceof HTMLTextAreaElement && target.matches("[data-words]") ? target : null;
  pasted = words && { id: words.id, at: words.selectionEnd, shown: pictureRows().length };
  const given = new DataTransfer();
  given.items.add(picture);
  field.files = given.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

// The server would put it at the end of the question.
document.addEventListener("htmx:configRequest", (event) => {
  if (pasted && isRedraw(event)) /** @type {CustomEvent} */ (event).detail.parameters["picture-pasted"] = "1";
});

/** The picture stands where it was pasted. */
function putWherePasted() {
  const rows = pictureRows();
  const field = /** @type {HTMLTextAreaElement | null} */ (pasted && document.getElementById(pasted.id));
  const mark = /** @type {HTMLElement | null | undefined} */ ([...rows].at(-1)?.querySelector("[data-insert]"))?.dataset.insert;
  if (pasted && field && mark && rows.length > pasted.shown) {
    field.setSelectionRange(pasted.at, pasted.at);
    last = field;
    insert(mark);
  }
  pasted = null;
}

// What is kept on this device

/** @returns {[string, string][]} */
function values() {
  if (!form) return [];
  return /** @type {[string, string][]} */ ([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !UNKEPT.has(name)));
}

function address() {
  const person = document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";
  return person ? `${PREFIX}:${person}:${form?.dataset.editor}` : "";
}

function keep() {
  try {
    localStorage.setItem(address(), JSON.stringify({ at: Date.now(), values: values() }));
  } catch {
    return; // storage is closed or full: the form still works, only unkept
  }
  const state = /** @type {HTMLElement | null} */ (document.querySelector("[data-editor-state]"));
  if (state) state.textContent = state.dataset.said ?? "";
}

/** @returns {[string, string][] | null} */
function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(address()) ?? "null");
    return draft && Array.isArray(draft.values) ? draft.values : null;
  } catch {
    return null; // storage is closed or damaged: there is nothing to bring back
  }
}

/** Ask the server for the fields as they were. @param {[string, string][]} draft */
async function bringBack(draft) {
  const body = new FormData();
  for (const [name, value] of draft) body.append(name, value);
  body.append("csrf_token", csrfToken());
  body.append("deed", "show");
  const answer = await send(form?.dataset.redraw ?? "", { body });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fields = page.getElementById("question-fields");
  const here = document.getElementById("question-fields");
  if (!fields || !here) return false;
  here.replaceWith(fields);
  /** @type {any} */ (window).htmx?.process(fields);
  fields.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  redrawn();
  return true;
}

function forget() {
  try {
    localStorage.removeItem(address());
  } catch {
    // storage is closed: there was nothing
  }
}

/** What stands in the text fields, by their ids. @returns {Map<string, string>} */
function texts() {
  const fields = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (
    form?.querySelectorAll("textarea[id], input[id]:not([type=checkbox], [type=radio], [type=file], [type=hidden])") ?? []
  );
  return new Map([...fields].map((field) => [field.id, field.value]));
}

/** What stood there when the fields were sent to be drawn anew. */
let sent = texts();
/** What was typed since: a picture takes its time, and nobody waits for it. @type {[string, string][]} */
let typedSince = [];

/** @param {Event} event */
const isRedraw = (event) => /** @type {CustomEvent} */ (event).detail?.target?.id === "question-fields";

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isRedraw(event)) sent = texts();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isRedraw(event)) typedSince = [...texts()].filter(([id, value]) => sent.has(id) && sent.get(id) !== value);
});

function putBackWhatWasTypedSince() {
  for (const [id, value] of typedSince) {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
    if (field) field.value = value;
  }
  typedSince = [];
}

/** The fields are new ones. */
function redrawn() {
  for (const tools of document.querySelectorAll("[data-inserts]")) tools.removeAttribute("hidden");
  document.body.dispatchEvent(new CustomEvent("weike:redrawn"));
}

function offerWhatIsKept() {
  const notice = /** @type {HTMLElement | null} */ (document.querySelector("[data-editor-kept]"));
  const draft = kept();
  if (!notice || !draft || JSON.stringify(draft) === JSON.stringify(values())) return;
  notice.hidden = false;
  notice.querySelector("[data-kept-restore]")?.addEventListener("click", async () => {
    if (await bringBack(draft)) notice.hidden = true;
  });
  notice.querySelector("[data-kept-forget]")?.addEventListener("click", () => {
    forget();
    notice.hidden = true;
  });
}

if (form) {
  // A form that was refused shows what was typed; it is not old.
  if (!form.querySelector(".alert-danger, .field-error")) offerWhatIsKept();
  redrawn();
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (/** @type {HTMLElement} */ (event.target).id !== "question-fields") return;
    putBackWhatWasTypedSince();
    putWherePasted();
    redrawn();
    keep();
  });
}
