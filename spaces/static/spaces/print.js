// The print button of a page: what the browser's own menu does, where a finger finds it.

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
