/** The plan's page. A question that is not there any more is answered 404, with the plan as it now stands: show that. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (detail.xhr.status === 404 && detail.xhr.responseText.includes('id="plan-questions"')) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
