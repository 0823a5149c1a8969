/** Drawing on a photographed page: pen, stamps, words and voice; by hand, by mouse and by keys. */
import { send } from "../app/js/csrf.js";
import { Notes, newKey } from "./annotate-notes.js";
import { drawn, element, INKS, PEN_WIDTH, pathOf, simplified, STAMP_SIZE, TEXT_SIZE, UNIT, wrapped } from "./annotate-shapes.js";
import { recorded } from "./annotate-voice.js";

/** @typedef {import("./annotate-notes.js").Note} Note */

const ZOOMS = [1, 1.5, 2, 3];
const STEP = 300;
const FINE_STEP = 60;

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-annotate]"));
if (place) setUp(place);

/** @param {HTMLElement} place */
function setUp(place) {
  /** @template {Element} T @param {string} what @returns {T} */
  const part = (what) => /** @type {T} */ (place.querySelector(what));
  const bar = /** @type {HTMLFormElement} */ (part("[data-annotate-bar]"));
  const stage = /** @type {HTMLElement} */ (part("[data-annotate-stage]"));
  const sheet = /** @type {HTMLElement} */ (part("[data-annotate-sheet]"));
  const ink = /** @type {SVGSVGElement} */ (part("[data-annotate-ink]"));
  const layer = /** @type {SVGGElement} */ (part("[data-annotate-notes]"));
  const cross = /** @type {SVGGElement} */ (part("[data-annotate-cross]"));
  const state = /** @type {HTMLElement} */ (part("[data-annotate-state]"));
  const height = Number(place.dataset.height);
  const words = /** @type {Record<string, string>} */ ({
    saved: place.dataset.saved, saving: place.dataset.saving, waiting: place.dataset.waiting,
    "signed-out": place.dataset.signedOut,
  });
  const stored = JSON.parse(part("[data-annotate-stored]").textContent ?? "[]");
  let zoom = 0;
  let quarters = 0;
  let hasPen = false;
  const aim = { x: UNIT / 2, y: Math.min(height, UNIT) / 2 };

  const notes = new Notes(place.dataset.url ?? "", `weike-annotations-${place.dataset.page}`, stored, {
    drawn: draw,
    told: (now, message) => {
      state.textContent = message || words[now] || "";
      state.dataset.state = now;
    },
  });

  const tool = () => new FormData(bar).get("tool")?.toString() ?? "move";
  const colour = () => new FormData(bar).get("colour")?.toString() ?? "red";

  function draw() {
    layer.replaceChildren(...[...notes.shown.values()].map(drawn));
    part("[data-annotate-count]").textContent = String(notes.shown.size);
    part("[data-annotate-list]").replaceChildren(...[...notes.shown.values()].map(row));
    /** @type {HTMLButtonElement} */ (part('[data-do="undo"]')).disabled = notes.done.length === 0;
    /** @type {HTMLButtonElement} */ (part('[data-do="redo"]')).disabled = notes.undone.length === 0;
  }

  /** A note in words, to hear and to take away. @param {Note} note */
  function row(note) {
    const line = document.createElement("li");
    line.className = "row-item annotate-row";
    const said = document.createElement("span");
    const stamp = bar.querySelector(`[value="stamp-${note.shape.name}"] ~ span`)?.textContent;
    said.textContent = { pen: place.dataset.namePen, stamp, text: note.shape.text, voice: place.dataset.nameVoice }[note.kind] ?? "";
    line.append(said);
    if (note.url) {
      const sound = document.createElement("audio");
      sound.controls = true;
      sound.preload = "none";
      sound.src = note.url;
      line.append(sound);
    }
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-quiet";
    remove.textContent = place.dataset.remove ?? "";
    remove.setAttribute("aria-label", `${place.dataset.remove}: ${said.textContent}`);
    remove.addEventListener("click", () => notes.remove(note.key));
    line.append(remove);
    return line;
  }

  /** @param {{clientX: number, clientY: number}} event */
  function pointAt(event) {
    const turned = ink.getScreenCTM()?.inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(turned);
    return { x: Math.round(Math.min(Math.max(x, 0), UNIT)), y: Math.round(Math.min(Math.max(y, 0), height)) };
  }

  /** Put what is chosen at a point. @param {{x: number, y: number}} at */
  async function putAt({ x, y }) {
    const chosen = tool();
    if (chosen.startsWith("stamp-")) {
      notes.add({ key: newKey(), kind: "stamp", shape: { x, y, name: chosen.slice(6), size: STAMP_SIZE } });
    } else if (chosen === "text") {
      const text = await asked();
      if (text) notes.add({ key: newKey(), kind: "text", shape: { x, y, text: wrapped(text, x), colour: colour(), size: TEXT_SIZE } });
    } else if (chosen === "voice") {
      await speakAt(x, y);
    }
    stage.focus({ preventScroll: true });
  }

  /** @returns {Promise<string>} what was written, empty if nothing */
  function asked() {
    const dialog = /** @type {HTMLDialogElement} */ (part("[data-annotate-words]"));
    const field = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("textarea"));
    field.value = "";
    dialog.returnValue = "";
    dialog.showModal();
    field.focus();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? field.value.trim() : ""), { once: true });
    });
  }

  /** @param {number} x @param {number} y */
  async function speakAt(x, y) {
    const sound = await recorded(/** @type {HTMLDialogElement} */ (part("[data-annotate-voice]")), place.dataset.recording ?? "");
    if (sound === "no-microphone") {
      state.textContent = place.dataset.noMicrophone ?? "";
      return;
    }
    if (!sound) return;
    const body = new FormData();
    body.append("key", newKey());
    body.append("x", String(x));
    body.append("y", String(y));
    body.append("sound", sound, "comment");
    await sent(body);
  }

  /** What was said is sent until it is there: nobody says it twice. @param {FormData} body */
  async function sent(body) {
    for (let again = 0; ; again += 1) {
      state.textContent = (again ? words.waiting : words.saving) ?? "";
      try {
        const answer = await send(place.dataset.voiceUrl ?? "", { body, headers: { Accept: "application/json" } });
        const told = await answer.json();
        if (answer.ok) {
          notes.take(told.notes);
          state.textContent = words.saved ?? "";
          return;
        }
        if (answer.status < 500 && answer.status !== 401 && answer.status !== 429) {
          state.textContent = told.error?.message ?? "";
          return;
        }
      } catch { /* the network is away: again in a while */ }
      await new Promise((resolve) => { setTimeout(resolve, Math.min(1_000 * 2 ** again, 30_000)); });
    }
  }

  /** @param {PointerEvent} event */
  function beginLine(event) {
    const { x, y } = pointAt(event);
    const points = [x, y];
    const line = element("path", {
      d: pathOf(points), fill: "none", stroke: INKS[colour()], "stroke-width": PEN_WIDTH, "stroke-linecap": "round", "stroke-linejoin": "round",
    });
    layer.append(line);
    ink.setPointerCapture(event.pointerId);
    const go = (/** @type {PointerEvent} */ next) => {
      if (next.pointerId !== event.pointerId) return;
      for (const one of next.getCoalescedEvents?.() ?? [next]) {
        const at = pointAt(one);
        points.push(at.x, at.y);
      }
      line.setAttribute("d", pathOf(points));
    };
    const end = (/** @type {PointerEvent} */ last) => {
      if (last.pointerId !== event.pointerId) return;
      ink.removeEventListener("pointermove", go);
      ink.removeEventListener("pointerup", end);
      ink.removeEventListener("pointercancel", end);
      line.remove();
      if (last.type === "pointercancel") return;
      for (let from = 0; from < points.length; from += 1_998) {
        // A very long line becomes several, each beginning where the last one ended.
        const shape = { points: simplified(points.slice(Math.max(from - 2, 0), from + 1_998)), colour: colour(), width: PEN_WIDTH };
        notes.add({ key: newKey(), kind: "pen", shape });
      }
    };
    ink.addEventListener("pointermove", go);
    ink.addEventListener("pointerup", end);
    ink.addEventListener("pointercancel", end);
  }

  /** @param {PointerEvent} event */
  function erase(event) {
    const hit = document.elementsFromPoint(event.clientX, event.clientY).map((one) => one.closest("[data-key]")).find(Boolean);
    if (hit instanceof Element && layer.contains(hit)) notes.remove(hit.getAttribute("data-key") ?? "");
  }

  ink.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || tool() === "move") return;
    hasPen ||= event.pointerType === "pen";
    // Beside a pen a touch is the ball of the hand.
    if (hasPen && event.pointerType === "touch") return;
    event.preventDefault();
    if (tool() === "pen") beginLine(event);
    else if (tool() === "eraser") erase(event);
    else putAt(pointAt(event));
  });
  ink.addEventListener("pointermove", (event) => {
    if (tool() === "eraser" && event.buttons === 1) erase(event);
  });

  function fit() {
    sheet.style.width = `${ZOOMS[zoom] * 100}%`;
    sheet.style.transform = `rotate(${quarters * 90}deg)`;
  }
  function aimAt() {
    cross.toggleAttribute("hidden", false);
    cross.setAttribute("transform", `translate(${aim.x} ${aim.y})`);
  }

  /** @type {Record<string, () => void>} */
  const deeds = {
    undo: () => notes.undo(),
    redo: () => notes.redo(),
    in: () => { zoom = Math.min(zoom + 1, ZOOMS.length - 1); fit(); },
    out: () => { zoom = Math.max(zoom - 1, 0); fit(); },
    turn: () => { quarters = (quarters + 1) % 4; fit(); },
  };
  /** @type {Record<string, string>} */
  const keys = { z: "undo", y: "redo", "+": "in", "=": "in", "-": "out", r: "turn" };
  /** @type {Record<string, [number, number]>} */
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("change", () => { ink.dataset.tool = tool(); });
  bar.addEventListener("click", (event) => {
    const what = /** @type {Element} */ (event.target).closest("[data-do]")?.getAttribute("data-do");
    if (what) deeds[what]?.();
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || target.matches("textarea, select, audio, [type=text], [type=search]") || target.closest("dialog")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((event.ctrlKey || event.metaKey) && !["z", "y"].includes(key)) return;
    const chosen = /** @type {HTMLInputElement | null} */ (bar.querySelector(`[data-key="${CSS.escape(key)}"]`));
    if (keys[key]) {
      event.preventDefault();
      deeds[keys[key]]();
    } else if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      bar.dispatchEvent(new Event("change"));
    } else if (target === stage && arrows[key]) {
      event.preventDefault();
      const step = event.shiftKey ? FINE_STEP : STEP;
      aim.x = Math.min(Math.max(aim.x + arrows[key][0] * step, 0), UNIT);
      aim.y = Math.min(Math.max(aim.y + arrows[key][1] * step, 0), height);
      aimAt();
    } else if (target === stage && (key === "Enter" || key === " ")) {
      event.preventDefault();
      aimAt();
      putAt({ ...aim });
    }
  });
  ink.dataset.tool = tool();
  draw();
}
