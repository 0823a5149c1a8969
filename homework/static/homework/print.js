/** The button that prints a report, or saves it as PDF. Without scripts the browser's own menu does it. */
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
