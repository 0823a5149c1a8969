/** The list says so when a hand-in waits on this device. */
import { waitingParcels } from "./outbox.js";

const note = document.querySelector("[data-pending]");
if (note) {
  waitingParcels().then((assignments) => {
    if (!assignments.length) return;
    note.querySelector("[data-pending-link]")?.setAttribute("href", `/assignments/${assignments[0]}/work`);
    note.removeAttribute("hidden");
  });
}
