/** Plays an H5P content, and tells the page around it how tall it is and what came of it. */
(() => {
  const place = /** @type {HTMLElement} */ (document.getElementById("content"));
  const { files = "", frame = "", styles = "" } = place.dataset;
  const around = window.parent === window ? null : window.parent;

  /** @param {Record<string, unknown>} message */
  // The page around has an origin that a sandbox cannot name; what is told is no secret to it.
  const tell = (message) => around?.postMessage(message, "*");

  function measure() {
    const page = document.documentElement;
    new ResizeObserver(() => tell({ weike: "height", height: Math.ceil(page.getBoundingClientRect().height) })).observe(page);
  }

  function listen() {
    const { H5P } = /** @type {any} */ (window);
    H5P.externalDispatcher.on("xAPI", (/** @type {any} */ event) => {
      const { statement } = event.data;
      // What a part of the content reports is summed up by the content itself.
      if (statement?.context?.contextActivities?.parent?.length) return;
      tell({
        weike: "result",
        verb: String(statement?.verb?.id ?? "").split("/").pop(),
        score: statement?.result?.score ?? null,
        success: statement?.result?.success ?? null,
        completion: statement?.result?.completion ?? null,
      });
    });
  }

  const { H5PStandalone } = /** @type {any} */ (window);
  new H5PStandalone.H5P(place, {
    h5pJsonPath: files,
    frameJs: frame,
    frameCss: styles,
    // A frame in a sandbox is a stranger to the page that made it: the content stands in this page itself.
    embedType: "div",
    frame: false,
    copyright: false,
    preventH5PInit: false,
  })
    .then(() => {
      const { H5P } = /** @type {any} */ (window);
      listen();
      H5P.init(document.body);
      measure();
      tell({ weike: "ready" });
    })
    .catch((/** @type {unknown} */ error) => {
      console.warn(error);
      tell({ weike: "broken" });
    });
})();
