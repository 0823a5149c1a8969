/**
 * A form with `data-confirm="<dialog id>"` asks before it is sent. The dialog is the macro `confirm_dialog`.
 * Without scripts the form is sent at once: what cannot be undone must not rely on this alone.
 */
export function setUpConfirmations() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      const dialog = document.getElementById(form.dataset.confirm ?? "");
      if (!(dialog instanceof HTMLDialogElement) || form.dataset.confirmed === "yes") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      dialog.returnValue = "";
      dialog.showModal();
      dialog.addEventListener(
        "close",
        () => {
          if (dialog.returnValue !== "yes") {
            /** @type {HTMLElement | null} */ (submitter)?.focus();
            return;
          }
          form.dataset.confirmed = "yes";
          form.requestSubmit(/** @type {HTMLElement | null} */ (submitter));
          delete form.dataset.confirmed;
        },
        { once: true },
      );
    },
    { capture: true },
  );
  document.addEventListener("click", (event) => {
    const opener = /** @type {Element} */ (event.target).closest("[data-opens]");
    const dialog = document.getElementById(opener?.getAttribute("data-opens") ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  });
}
