/** MathLive: a field to type formulas in. Its fonts are KaTeX's, which the pages have already. */
// Not the minified file that the package offers first: the build changes its markup.
export { MathfieldElement } from "../node_modules/mathlive/mathlive.mjs";
