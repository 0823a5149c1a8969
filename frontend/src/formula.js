/** MathLive: a field to type formulas in. Its fonts are KaTeX's, which the pages have already. */
// Not the minified file that the package offers first: the build changes its markup.
export { MathfieldElement } from "../node_modules/mathlive/mathlive.mjs";

/**
 * What stands in the index at whose end the cursor is; nothing if it is in none. MathLive's own interface does not
 * tell.
 *
 * @param {MathfieldElement & { _mathfield?: any }} field
 * @returns {string}
 */
export function indexAtCursor(field) {
  const model = field._mathfield?.model;
  const atom = model?.selectionIsCollapsed ? model.at(model.position) : null;
  if (atom?.parentBranch !== "subscript" || !atom.isLastSibling) return "";
  return atom.parent.subscript.map((/** @type {{value?: string}} */ one) => one.value ?? "").join("");
}
