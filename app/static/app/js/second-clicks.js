/**
 * Two quick clicks on the button of a dialog: the first one closes it, and the second would fall on what lies
 * under it, an answer to a question perhaps. It does nothing.
 */

const QUICK_MS = 500;
const NEAR_PX = 20;

export function swallowSecondClicks() {
  let first = { at: -Infinity, x: 0, y: 0 };
  document.addEventListener(
    "click",
    (event) => {
      const { timeStamp: at, clientX: x, clientY: y, detail } = event;
      const target = /** @type {Element} */ (event.target);
      if (!detail) return; // of the keyboard, or of a script
      if (target.closest("dialog")) {
        if (target.closest("button")) first = { at, x, y };
      } else if (at - first.at < QUICK_MS && Math.hypot(x - first.x, y - first.y) < NEAR_PX) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
}
