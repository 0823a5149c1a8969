/** A public page: formulas, its link to the clipboard, printing. It knows of no session and sends nothing. */
if (document.querySelector("[data-math]")) {
  import("../app/js/math.js").then(({ renderMath }) => renderMath(document));
}

const print = document.querySelector("[data-print]");
if (print instanceof HTMLElement) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const copy = document.querySelector("[data-copy]");
if (copy instanceof HTMLElement && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy ?? "");
    const label = copy.querySelector("span");
    if (label) label.textContent = copy.dataset.copied ?? "";
  });
}
