/** A picture that can be made larger, by buttons and by keys. */

const STEP = 1.25;
const LARGEST = 4;

/** @param {HTMLElement} view */
function makeZoomable(view) {
  const image = /** @type {HTMLImageElement} */ (view.querySelector("img"));
  const bar = /** @type {HTMLElement | null} */ (view.closest(".document")?.querySelector(".document-zoom"));
  let zoom = 1;

  /** @param {string} how */
  const size = (how) => {
    const asked = { in: zoom * STEP, out: zoom / STEP }[how] ?? 1;
    zoom = Math.min(Math.max(asked, 1), LARGEST);
    image.style.width = zoom === 1 ? "" : `${zoom * 100}%`;
    image.style.maxWidth = zoom === 1 ? "" : "none";
    image.style.maxHeight = zoom === 1 ? "" : "none";
  };
  if (bar) bar.hidden = false;
  for (const button of bar?.querySelectorAll("[data-zoom]") ?? []) {
    button.addEventListener("click", () => size(/** @type {HTMLElement} */ (button).dataset.zoom ?? ""));
  }
  view.addEventListener("keydown", (event) => {
    const how = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (!how || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    size(how);
  });
}

for (const view of document.querySelectorAll("[data-picture-view]")) makeZoomable(/** @type {HTMLElement} */ (view));
