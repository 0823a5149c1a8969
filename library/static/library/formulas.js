/**
 * Formulas are typed as they look (MathLive), by keyboard or with the keys of a school's formulas on touch. The
 * ordinary field beneath keeps what is typed, as LaTeX; without scripts, or in an old browser, one types there.
 */
import { MathfieldElement, indexAtCursor } from "../vendor/formula.js";

const IN_CHINESE = document.documentElement.lang.startsWith("zh");

MathfieldElement.fontsDirectory = new URL("../vendor/katex/fonts", import.meta.url).href;
MathfieldElement.soundsDirectory = null;
MathfieldElement.computeEngine = null;
MathfieldElement.locale = IN_CHINESE ? "zh-cn" : "en";

const DIGITS = [
  ["7", "8", "9", "+", "-"],
  ["4", "5", "6", "\\times", "\\div"],
  ["1", "2", "3", "(", ")"],
  ["0", ".", "=", "[left]", "[right]"],
];
const EXTRA = [
  ["x", "y", "\\frac{#@}{#?}"],
  ["a", "b", "#@^{2}"],
  ["n", "\\pi", "#@^{#?}"],
  ["[backspace]", "\\sqrt{#0}", "[hide-keyboard]"],
];
const OR = IN_CHINESE ? "\\text{ 或 }" : "\\text{ or }";
const AND = IN_CHINESE ? "\\text{ 且 }" : "\\text{ and }";
const SYSTEM = { latex: "\\begin{cases}#?\\\\#?\\end{cases}", label: "{\u00a0⋮", tooltip: "" };
const TURN = ["0", "[left]", "[right]"];
const SIGNS = [
  ["<", ">", "\\le", "\\ge", "\\ne", "[separator-5]", "7", "8", "9"],
  ["\\pm", OR, AND, ",", SYSTEM, "[separator-5]", "4", "5", "6"],
  ["x", "y", "#@_{1}", "#@_{2}", "=", "[separator-5]", "1", "2", "3"],
  ["-", "\\frac{#@}{#?}", "[backspace]", "[hide-keyboard]", "[separator-5]", ...TURN],
];
const SETS = [
  ["\\left|#0\\right|", "\\sqrt[#?]{#0}", "#@^{\\circ}", "#@^{\\prime}", "\\%", "[separator-5]", "7", "8", "9"],
  ["[", "]", "(", ")", ",", "[separator-5]", "4", "5", "6"],
  ["\\infty", "\\cup", "\\in", "\\lbrace#0\\rbrace", ":", "[separator-5]", "1", "2", "3"],
  ["+", "-", "[backspace]", "[hide-keyboard]", "[separator-5]", ...TURN],
];
const VECTOR = { latex: "\\vec{#0}", label: "a⃗", tooltip: "" };
const DOTTED = { latex: "\\dot{#0}", label: "6̇", tooltip: "" };
const FIGURES = [
  ["\\angle", "\\triangle", "\\parallel", "\\perp", { latex: "\\cong", label: "≌", tooltip: "" }, "[separator-5]", "A", "B", "C"],
  ["\\overrightarrow{#0}", VECTOR, "\\cdot", { latex: "\\backsim", label: "∽", tooltip: "" }, "#@_{#?}", "[separator-5]", "D", "E", "F"],
  ["\\mathbb{R}", "\\mathbb{Z}", "\\mathbb{N}^{*}", "k", "\\theta", "[separator-5]", "M", "O", "P"],
  ["#@!", DOTTED, "[backspace]", "[hide-keyboard]", "[separator-5]", "=", "[left]", "[right]"],
];
const RELATIONS = { label: "≤ ±", tooltip: "", rows: SIGNS };
const INTERVALS = { label: "|x| ∞", tooltip: "", rows: SETS };
const GEOMETRY = { label: "∠ a⃗", tooltip: "", rows: FIGURES };
const SCHOOL = {
  label: "123",
  tooltip: "",
  rows: EXTRA.map((row, place) => [...row.slice(0, 3), "[separator-5]", ...DIGITS[place]]),
};

/** The keys stand beside the page's parts, so they are one of their own. @param {string} name */
function nameTheKeys(name) {
  const keys = document.querySelector(".ML__keyboard");
  keys?.setAttribute("role", "region");
  keys?.setAttribute("aria-label", name);
}

/**
 * Out of an index in which all is said: x₁+2 is typed as it is written. Of a number anything but a digit is the end, of
 * other indices, as in aₙ₊₁, a sign between two sides.
 *
 * @param {MathfieldElement} field
 * @param {KeyboardEvent} event
 */
function leaveIndex(field, event) {
  const index = event.ctrlKey || event.metaKey || event.key.length > 1 || event.key === " " ? "" : indexAtCursor(field);
  const goesOn = /^\d+$/.test(index) ? /\d/ : /[^=<>≤≥≠,!]/;
  if (index && !goesOn.test(event.key)) field.executeCommand("moveAfterParent");
}

/**
 * Words for figures become their signs; letters beside each other, as in Q=cmt, stay letters and become no unit.
 *
 * @param {import("../vendor/formula.js").MathfieldElement["inlineShortcuts"]} given
 */
function shortcutsOf(given) {
  const { mm: _mm, cm: _cm, km: _km, kg: _kg, ...kept } = given;
  return { ...kept, angle: "\\angle", triangle: "\\triangle", vec: "\\vec{#?}" };
}

/** @param {HTMLElement} place the element around the ordinary field */
export function attach(place) {
  const input = /** @type {HTMLInputElement | null} */ (place.querySelector("input"));
  if (!input || input.matches(":disabled") || place.querySelector("math-field")) return;
  window.mathVirtualKeyboard.layouts = [SCHOOL, RELATIONS, INTERVALS, GEOMETRY, "alphabetic"];
  const field = new MathfieldElement();
  field.className = "form-control formula-field";
  // Our keys lie outside an open dialog, where nothing can be touched: there the device's own are used.
  const isTouched = matchMedia("(pointer: coarse)").matches && !place.closest("dialog");
  field.mathVirtualKeyboardPolicy = isTouched ? "auto" : "manual";
  field.smartFence = true;
  const label = input.getAttribute("aria-label") ?? document.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent ?? "";
  field.setAttribute("aria-label", label.trim());
  const show = () => {
    // Of LaTeX, x^{-1} has no backslash either.
    const isLatex = /\\|[_^]\{/.test(input.value);
    field.setValue(input.value, { format: isLatex ? "latex" : "ascii-math", silenceNotifications: true });
  };
  input.hidden = true;
  input.after(field);
  field.menuItems = [];
  field.inlineShortcuts = shortcutsOf(field.inlineShortcuts);
  // Escape and quotation marks would lead into other modes, which look like a field that takes nothing.
  field.keybindings = field.keybindings.filter(({ command }) => command[0] !== "switchMode" || command[3] === "\\");
  show();
  window.mathVirtualKeyboard.addEventListener("virtual-keyboard-toggle", () => nameTheKeys(place.dataset.keys ?? ""));
  field.addEventListener("keydown", (event) => leaveIndex(field, event), { capture: true });
  field.addEventListener("input", () => {
    input.value = field.getValue("latex");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.form?.addEventListener("draft:restored", show);
}
