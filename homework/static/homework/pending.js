/** The list says so when work waits on this device. */
import { waitingParcels } from "./outbox.js";

const note = document.querySelector("[data-pending]");
if (note) {
  waitingParcels().then((pages) => {
    if (!pages.length) return;
    note.querySelector("[data-pending-link]")?.setAttribute("href", pages[0]);
    note.removeAttribute("hidden");
  });
}
