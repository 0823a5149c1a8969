/** Suggestions while typing, and filters folded away on phones. */

const WAIT_MS = 180;

/** @param {HTMLInputElement} box */
function suggest(box) {
  const list = /** @type {HTMLDataListElement} */ (document.getElementById(box.getAttribute("list") ?? ""));
  /** @type {number | undefined} */
  let timer;
  /** @type {AbortController | undefined} */
  let running;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    running?.abort();
    if (!box.value.trim()) {
      list.replaceChildren();
      return;
    }
    timer = setTimeout(async () => {
      running = new AbortController();
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`, {
          signal: running.signal,
          headers: { Accept: "application/json" },
        });
        if (!answer.ok) return;
        const words = /** @type {string[]} */ (await answer.json());
        list.replaceChildren(...words.map((word) => Object.assign(document.createElement("option"), { value: word })));
      } catch {
        // Typing on, or being offline, takes nothing away: the search itself works without suggestions.
      }
    }, WAIT_MS);
  });
}

for (const box of document.querySelectorAll("[data-suggest]")) {
  suggest(/** @type {HTMLInputElement} */ (box));
}
for (const folded of document.querySelectorAll("[data-open-wide]")) {
  if (window.matchMedia("(max-width: 991px)").matches) folded.removeAttribute("open");
}
