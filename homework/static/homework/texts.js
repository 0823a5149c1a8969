/** The page's sentences, translated by the server, with their placeholders filled. */

/** @type {Record<string, string>} */
const known = JSON.parse(document.getElementById("work-texts")?.textContent ?? "{}");

/** @param {string} name @param {Record<string, string | number>} [values] */
export function text(name, values = {}) {
  return (known[name] ?? name).replace(/\{(\w+)\}/g, (_all, key) => String(values[key] ?? ""));
}

/** @param {Date} moment @returns {string} hours and minutes as the person writes them */
export function clock(moment) {
  return moment.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
}
