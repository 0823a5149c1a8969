/**
 * The grid of work on paper, by keyboard alone: move, fill, paste, undo; each line is saved a moment after a change.
 * Without scripts the grid is a plain form that is handed in as a whole.
 */
import { send } from "../app/js/csrf.js";
import { freshToken } from "./parcel.js";

const PAUSE_MS = 700;
const RETRY_MS = 5000;
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-paper]"));
if (form) setUp(form);

/** @typedef {{cell: HTMLInputElement, before: string, after: string}} Change */

/** @param {HTMLFormElement} form */
function setUp(form) {
  const lines = /** @type {HTMLTableRowElement[]} */ ([...form.querySelectorAll("tr[data-line]")]);
  const grid = lines.map((line) => /** @type {HTMLInputElement[]} */ ([...line.querySelectorAll("input.paper-cell")]));
  const places = new Map(grid.flatMap((row, y) => row.map((cell, x) => [cell, { x, y }])));
  const known = new Map([...places.keys()].map((cell) => [cell, cell.value]));
  /** @type {Change[][]} */
  const done = [];
  /** @type {Map<HTMLTableRowElement, number>} */
  const timers = new Map();
  /** @type {Map<HTMLTableRowElement, Promise<void>>} */
  const saving = new Map();
  const undoButton = /** @type {HTMLButtonElement} */ (form.querySelector("[data-undo]"));
  const note = /** @type {HTMLElement} */ (form.querySelector("[data-note]"));
  undoButton.hidden = false;

  /** What went wrong stands below the grid as well: the end of a wide line is out of sight. */
  const warn = (/** @type {string} */ words) => {
    note.textContent = words;
    note.classList.toggle("is-bad", Boolean(words));
  };
  /** @param {HTMLTableRowElement} line @param {string} words @param {boolean} [isBad] */
  const say = (line, words, isBad = false) => {
    /** @type {HTMLElement} */ (line.querySelector("[data-said]")).textContent = words;
    const name = line.querySelector(".paper-name")?.getAttribute("title") ?? "";
    if (isBad) warn(`${name} ${words}`);
  };

  /** @param {number} x @param {number} y */
  function go(x, y) {
    const cell = grid[y]?.[x];
    if (!cell) return;
    cell.focus();
    cell.select();
  }

  /** Remember what changed, show it, and save its lines. @param {Change[]} changes */
  function change(changes) {
    const real = changes.filter((one) => one.before !== one.after && !one.cell.disabled);
    if (!real.length) return;
    done.push(real);
    apply(real.map((one) => ({ cell: one.cell, value: one.after })));
  }

  /** @param {{cell: HTMLInputElement, value: string}[]} values */
  function apply(values) {
    for (const { cell, value } of values) {
      cell.value = value;
      known.set(cell, value);
      const place = places.get(cell);
      if (place) later(lines[place.y]);
    }
    undoButton.disabled = !done.length;
  }

  function undo() {
    const last = done.pop();
    if (last) apply(last.map((one) => ({ cell: one.cell, value: one.before })));
    if (last) last[0].cell.focus();
  }

  /** @param {HTMLTableRowElement} line @param {number} [pause] */
  function later(line, pause = PAUSE_MS) {
    clearTimeout(timers.get(line));
    timers.set(line, window.setTimeout(() => save(line), pause));
  }

  /** One request of a line at a time, each with the version that the one before it made. @param {HTMLTableRowElement} line */
  async function save(line) {
    clearTimeout(timers.get(line));
    timers.delete(line);
    const earlier = saving.get(line) ?? Promise.resolve();
    const mine = earlier.then(() => post(line));
    saving.set(line, mine);
    await mine;
  }

  /** @param {HTMLTableRowElement} line @param {boolean} [leaving] */
  async function post(line, leaving = false) {
    const version = /** @type {HTMLInputElement} */ (line.querySelector("[data-version]"));
    const cells = grid[lines.indexOf(line)];
    const request = () => {
      const fields = [version, ...cells].map((one) => [one.name, one.value]);
      const headers = { Accept: "application/json" };
      return send(line.dataset.save ?? "", { body: new URLSearchParams(fields), headers, keepalive: leaving });
    };
    say(line, form.dataset.saving ?? "");
    try {
      let answer = await request();
      if (answer.status === 400 && (await freshToken())) answer = await request();
      if (answer.status === 401) return say(line, form.dataset.signedOut ?? "", true);
      const told = await answer.json();
      if (answer.ok) {
        version.value = told.version;
        /** @type {HTMLElement} */ (line.querySelector("[data-points]")).textContent = told.points;
        showWrong(cells, told.wrong);
        say(line, form.dataset.saved ?? "");
      } else if (answer.status === 409 && told.error?.details?.cells) {
        version.value = told.error.details.version;
        for (const cell of cells) {
          cell.value = told.error.details.cells[questionOf(cell)] ?? "";
          known.set(cell, cell.value);
        }
        say(line, told.error.message, true);
      } else {
        say(line, told.error?.message ?? form.dataset.failed ?? "", true);
      }
    } catch {
      say(line, form.dataset.failed ?? "", true);
      later(line, RETRY_MS);
    }
  }

  /** @param {HTMLInputElement[]} cells @param {Record<string, string>} wrong sentences by question */
  function showWrong(cells, wrong) {
    for (const cell of cells) {
      const sentence = wrong[questionOf(cell)] ?? "";
      const place = /** @type {HTMLElement} */ (cell.parentElement?.querySelector("[data-wrong]"));
      place.textContent = sentence;
      if (cell === document.activeElement && cell.title !== sentence) warn(sentence);
      cell.title = sentence;
      if (sentence) {
        cell.setAttribute("aria-invalid", "true");
        cell.setAttribute("aria-describedby", place.id);
      } else {
        cell.removeAttribute("aria-invalid");
        cell.removeAttribute("aria-describedby");
      }
    }
  }

  form.addEventListener("input", (event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    const place = places.get(cell);
    if (!place) return;
    const before = known.get(cell) ?? "";
    const last = done.at(-1);
    // Typing on in one cell is one step to undo.
    if (last?.length === 1 && last[0].cell === cell && last[0].after === before) {
      last[0].after = cell.value;
      apply([{ cell, value: cell.value }]);
    } else {
      change([{ cell, before, after: cell.value }]);
    }
    const one = cell.dataset.one;
    if (one && cell.value.length === 1 && one.includes(cell.value.toUpperCase())) go(place.x + 1, place.y);
  });

  form.addEventListener("keydown", (event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    const place = places.get(cell);
    if (!place || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && done.length) {
      event.preventDefault();
      return undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const atStart = cell.selectionStart === 0 && cell.selectionEnd === 0;
    const atEnd = cell.selectionStart === cell.value.length;
    const isWhole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const [dx, dy] =
      { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key] ?? [0, 0];
    if (dy || (dx < 0 && (atStart || isWhole)) || (dx > 0 && (atEnd || isWhole))) {
      event.preventDefault();
      go(place.x + dx, place.y + dy);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(0, place.y + 1);
    } else if (event.key === "*" || event.key === "＊") {
      event.preventDefault();
      const empty = grid[place.y].filter((one) => !one.value.trim());
      change(empty.map((one) => ({ cell: one, before: one.value, after: one.dataset.right ?? "" })));
      go(0, place.y + 1);
    }
  });

  form.addEventListener("focusin", (event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (!places.has(cell)) return;
    cell.select();
    warn(cell.title);
  });

  form.addEventListener("paste", (event) => {
    const place = places.get(/** @type {HTMLInputElement} */ (event.target));
    const block = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r/g, "").replace(/\n$/, "");
    if (!place || !/[\t\n]/.test(block)) return;
    event.preventDefault();
    /** @type {Change[]} */
    const changes = [];
    let left = 0;
    block.split("\n").forEach((row, dy) => {
      row.split("\t").forEach((value, dx) => {
        const cell = grid[place.y + dy]?.[place.x + dx];
        if (cell && !cell.disabled) changes.push({ cell, before: cell.value, after: value.trim() });
        else if (value.trim()) left += 1;
      });
    });
    change(changes);
    warn(left ? (form.dataset.tooMuch ?? "") : "");
  });

  undoButton.addEventListener("click", undo);

  form.addEventListener("submit", async (event) => {
    // The form carries every line as it stands: nothing may change its version on the way.
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    note.classList.remove("is-bad");
    note.textContent = form.dataset.saving ?? "";
    if (!saving.size) return;
    event.preventDefault();
    await Promise.allSettled(saving.values());
    saving.clear();
    form.requestSubmit();
  });

  window.addEventListener("pagehide", () => {
    for (const line of timers.keys()) post(line, true);
  });
}

/** @param {HTMLInputElement} cell */
const questionOf = (cell) => cell.name.split("-")[2];
