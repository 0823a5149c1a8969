/** `<time datetime="…" data-relative>` says "5 minutes ago"; its title keeps the exact time the server wrote. */

/** @type {[Intl.RelativeTimeFormatUnit, number][]} seconds in each unit, largest first */
const UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const DAYS_SHOWN = 7;

/** @param {ParentNode} [root] */
export function tellTimes(root = document) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  for (const time of root.querySelectorAll("time[data-relative]")) {
    const then = Date.parse(time.getAttribute("datetime") ?? "");
    const seconds = (then - Date.now()) / 1000;
    if (Number.isNaN(then) || Math.abs(seconds) > DAYS_SHOWN * 86400) continue;
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
    if (!time.hasAttribute("title")) time.setAttribute("title", time.textContent?.trim() ?? "");
    time.textContent = words.format(Math.trunc(seconds / size), unit);
  }
}

if (document.querySelector("time[data-relative]")) setInterval(tellTimes, 60_000);
