/** Chapters and the lines of the transcript: a click leads there, and what is being said is marked. */

/** @param {HTMLElement} page @param {HTMLVideoElement} video */
export function setUpChapters(page, video) {
  page.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-seek]");
    if (!(button instanceof HTMLElement)) return;
    video.currentTime = Number(button.dataset.seek);
    video.play().catch(() => {});
    if (video.getBoundingClientRect().top < 0) video.scrollIntoView({ block: "start", behavior: "smooth" });
  });
  for (const list of page.querySelectorAll(".chapter-list, [data-transcript]")) follow(/** @type {HTMLElement} */ (list), video);
  switchLanguages(page);
}

/** @param {HTMLElement} list @param {HTMLVideoElement} video */
function follow(list, video) {
  const buttons = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-seek]")]);
  const starts = buttons.map((button) => Number(button.dataset.seek));
  /** @type {HTMLElement | undefined} */
  let marked;
  video.addEventListener("timeupdate", () => {
    const at = video.currentTime + 0.05;
    const index = lastIndexNotAfter(starts, at);
    const now = buttons[index];
    if (now === marked) return;
    marked?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    marked = now;
    // Only the list's own scroll moves: the page stays where the reader left it.
    if (now && list.matches("[data-transcript]")) list.scrollTo({ top: now.offsetTop - list.clientHeight / 3, behavior: "smooth" });
  });
}

/** @param {number[]} starts ascending @param {number} at */
function lastIndexNotAfter(starts, at) {
  let index = -1;
  while (index + 1 < starts.length && starts[index + 1] <= at) index += 1;
  return index;
}

/** @param {HTMLElement} page */
function switchLanguages(page) {
  const buttons = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("[data-show-transcript]")]);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const text of page.querySelectorAll("[data-transcript]")) {
        /** @type {HTMLElement} */ (text).hidden = /** @type {HTMLElement} */ (text).dataset.transcript !== button.dataset.showTranscript;
      }
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    });
  }
}
