/**
 * Formulas in `[data-math]`: TeX between `$…$`, `$$…$$`, `\(…\)` or `\[…\]` in its text. KaTeX and its styles
 * are loaded by the first page part that needs them. KaTeX builds nodes rather than HTML here, so the strict
 * style policy holds.
 */
import renderMathInElement from "../../vendor/katex/auto-render.mjs";

const OPTIONS = {
  delimiters: [
    { left: "$$", right: "$$", display: true },
    { left: "\\[", right: "\\]", display: true },
    { left: "\\(", right: "\\)", display: false },
    { left: "$", right: "$", display: false },
  ],
  throwOnError: false,
  trust: false,
  maxExpand: 200,
};

const CLOSING = /^[。，、；：？！）》」』”’,.;:?!)\]%]+/;
/** Longer formulas may be broken, and so cannot be kept with anything. */
const SHORT = 24;

function addStyles() {
  if (document.querySelector("link[data-katex]")) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../../vendor/katex/katex.min.css", import.meta.url).href;
  link.dataset.katex = "";
  document.head.append(link);
}

/** @param {ParentNode} root */
export function renderMath(root) {
  addStyles();
  for (const element of root.querySelectorAll("[data-math]:not([data-math=done])")) {
    renderMathInElement(/** @type {HTMLElement} */ (element), OPTIONS);
    for (const formula of element.querySelectorAll(".katex")) keepWithPunctuation(formula);
    element.setAttribute("data-math", "done");
  }
  for (const input of root.querySelectorAll("label input")) nameByFormula(/** @type {HTMLInputElement} */ (input));
}

/**
 * No line begins with a full stop: a short formula keeps the punctuation that follows it.
 *
 * @param {Element} formula
 */
function keepWithPunctuation(formula) {
  const place = formula.parentElement;
  const after = place?.nextSibling;
  if (!place || !(after instanceof Text) || place.matches(".katex-display")) return;
  if ((formula.querySelector("annotation")?.textContent ?? "").length > SHORT) return;
  const closing = CLOSING.exec(after.data)?.[0];
  if (!closing) return;
  after.data = after.data.slice(closing.length);
  place.classList.add("nowrap");
  place.append(closing);
}

/**
 * MathML gives no accessible name to the control it labels, so an answer that is a formula gets one in words.
 *
 * @param {HTMLInputElement} input
 */
function nameByFormula(input) {
  const words = /** @type {HTMLElement | undefined} */ (input.closest("label")?.cloneNode(true));
  if (!words?.querySelector(".katex")) return;
  for (const formula of words.querySelectorAll(".katex")) {
    formula.replaceWith(inWords(formula.querySelector("annotation")?.textContent ?? ""));
  }
  input.setAttribute("aria-label", words.textContent?.trim() ?? "");
}

/** @param {string} tex @returns {string} e.g. `\\frac{1}{2}` as "1/2" */
function inWords(tex) {
  return tex
    .replace(/\\[dt]?frac\s*{([^{}]*)}\s*{([^{}]*)}/g, "$1/$2")
    .replace(/\\times|\\cdot/g, "×")
    .replace(/\\div/g, "÷")
    .replace(/\\leq?(?![a-z])/g, "≤")
    .replace(/\\geq?(?![a-z])/g, "≥")
    .replace(/\\neq?(?![a-z])/g, "≠")
    .replace(/\\sqrt/g, "√")
    .replace(/\\[a-zA-Z]+|[{}\\]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
