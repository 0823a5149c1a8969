/** A resource's page: tells once that it was opened, and prints. */
import { send } from "../app/js/csrf.js";

const page = document.querySelector("[data-opened]");
if (page instanceof HTMLElement) {
  send(page.dataset.opened ?? "", { body: { resource_id: Number(page.dataset.resource) }, keepalive: true }).catch(() => {});
}

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
