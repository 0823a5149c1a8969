/**
 * Drag a thing up and down its list.
 *
 * @param {PointerEvent} event of the grip @param {HTMLElement} thing @param {HTMLElement} list its parent
 * @param {() => void} done when it is let go
 */
export function drag(event, thing, list, done) {
  event.preventDefault();
  thing.setPointerCapture(event.pointerId);
  thing.classList.add("is-dragged");
  const move = (/** @type {PointerEvent} */ at) => {
    const others = /** @type {HTMLElement[]} */ ([...list.children].filter((one) => one !== thing));
    const below = others.find((one) => {
      const box = one.getBoundingClientRect();
      return at.clientY < box.top + box.height / 2;
    });
    below ? below.before(thing) : list.append(thing);
    // Moving an element in the page lets go of the pointer.
    if (!thing.hasPointerCapture(at.pointerId)) thing.setPointerCapture(at.pointerId);
  };
  const end = () => {
    thing.removeEventListener("pointermove", move);
    thing.classList.remove("is-dragged");
    done();
  };
  thing.addEventListener("pointermove", move);
  thing.addEventListener("pointerup", end, { once: true });
  thing.addEventListener("pointercancel", end, { once: true });
}
