/** Photographs open large: next and previous, larger and smaller, turned; by buttons and by keys. */

const STEPS = [1, 1.5, 2, 3, 4];

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("viewer"));
if (dialog) setUp(dialog);

/** @param {HTMLDialogElement} dialog */
function setUp(dialog) {
  const picture = /** @type {HTMLImageElement} */ (dialog.querySelector("[data-viewer-picture]"));
  const drawing = /** @type {HTMLImageElement} */ (dialog.querySelector("[data-viewer-drawing]"));
  const place = /** @type {HTMLElement} */ (dialog.querySelector("[data-viewer-place]"));
  /** @type {HTMLAnchorElement[]} */
  let links = [];
  let index = 0;
  let step = 0;
  let quarters = 0;

  function fit() {
    const scale = STEPS[step];
    picture.style.maxWidth = picture.style.maxHeight = `${scale * 100}%`;
    picture.style.transform = `rotate(${quarters * 90}deg)`;
    cover();
  }
  /** What the teacher drew lies exactly on the photograph. */
  function cover() {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = picture;
    Object.assign(drawing.style, {
      left: `${offsetLeft}px`, top: `${offsetTop}px`, width: `${offsetWidth}px`, height: `${offsetHeight}px`,
      transform: picture.style.transform,
    });
  }
  /** @param {number} wanted */
  function show(wanted) {
    index = (wanted + links.length) % links.length;
    step = 0;
    quarters = 0;
    const link = links[index];
    picture.src = link.href;
    picture.alt = link.querySelector("img")?.alt ?? "";
    drawing.hidden = !link.dataset.drawing;
    if (link.dataset.drawing) drawing.src = link.dataset.drawing;
    place.textContent = `${index + 1} / ${links.length}`;
    fit();
  }
  /** @type {Record<string, () => void>} */
  const deeds = {
    previous: () => show(index - 1),
    next: () => show(index + 1),
    in: () => { step = Math.min(step + 1, STEPS.length - 1); fit(); },
    out: () => { step = Math.max(step - 1, 0); fit(); },
    turn: () => { quarters = (quarters + 1) % 4; fit(); },
    close: () => dialog.close(),
  };
  /** @type {Record<string, string>} */
  const keys = { ArrowLeft: "previous", ArrowRight: "next", "+": "in", "=": "in", "-": "out", r: "turn" };

  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a.page-photo"));
    if (link) {
      event.preventDefault();
      links = [...(link.closest("[data-viewer]")?.querySelectorAll("a.page-photo") ?? [link])].map(
        (each) => /** @type {HTMLAnchorElement} */ (each),
      );
      dialog.showModal();
      show(links.indexOf(link));
      return;
    }
    const tool = /** @type {Element} */ (event.target).closest("[data-viewer-do]");
    if (tool) deeds[tool.getAttribute("data-viewer-do") ?? ""]?.();
  });
  dialog.addEventListener("keydown", (event) => {
    const deed = keys[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deeds[deed]();
  });
  picture.addEventListener("load", cover);
  globalThis.addEventListener("resize", cover);
  dialog.addEventListener("close", () => {
    picture.removeAttribute("src");
    drawing.hidden = true;
  });
}
