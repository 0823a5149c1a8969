/**
 * The run-time of SCORM 1.2 and 2004 for a page of a package.
 *
 * Such a page looks for an object called `API` or `API_1484_11` in the windows around it. Around it is our page, which
 * it may not look into: so the object stands in its own window, and what it takes for the window around is a stand-in
 * that has the object as well. What was kept of the last time comes in `window.name`, because it must be there before
 * the page's first script; what is to be kept goes out by message.
 */
(() => {
  const standard = /** @type {HTMLScriptElement} */ (document.currentScript).dataset.standard ?? "";
  const around = window.parent;
  // Only the page that ours has framed: its own frames cannot tell us what they keep.
  if (around === window || around !== window.top) return;

  const isLater = standard === "scorm_2004";
  const KEPT = isLater
    ? /^cmi\.(completion_status|success_status|location|suspend_data|progress_measure|exit|total_time|score\.(scaled|raw|min|max)|objectives\.\d+\..+)$/
    : /^cmi\.(suspend_data|core\.(lesson_status|lesson_location|exit|total_time|score\.(raw|min|max))|objectives\.\d+\..+)$/;
  const EXIT = isLater ? "cmi.exit" : "cmi.core.exit";
  const ENTRY = isLater ? "cmi.entry" : "cmi.core.entry";
  const PAUSE_MS = 500;

  /** @returns {{values: Record<string, string>, key?: string, place?: string, mastery?: string, data?: string}} */
  function given() {
    try {
      const told = JSON.parse(window.name);
      return told && typeof told.values === "object" ? told : { values: {} };
    } catch {
      return { values: {} };
    }
  }

  const told = given();
  const { [EXIT]: exit = "", ...values } = told.values;
  const isBegun = Object.keys(values).length > 0;
  // A page that was closed rather than left has often had no time to say that it was suspended.
  values[ENTRY] = isBegun ? (["", "suspend", "logout"].includes(exit) ? "resume" : "") : "ab-initio";
  if (told.data) values["cmi.launch_data"] = told.data;
  if (told.mastery && !isLater) values["cmi.student_data.mastery_score"] = told.mastery;

  const Run = /** @type {any} */ (window)[isLater ? "Scorm2004API" : "Scorm12API"];
  const api = new Run({ autocommit: false, dataCommitFormat: "flattened", logLevel: 5, lmsCommitUrl: false });
  for (const [name, value] of Object.entries(values)) {
    try {
      api.loadFromFlattenedJSON({ [name]: value }, "");
    } catch {
      // Not a value that the standard knows: the package does without it.
    }
  }

  function kept(isOver = false) {
    return Object.fromEntries(
      Object.entries(/** @type {Record<string, unknown>} */ (api.renderCommitCMI(isOver)))
        .filter(([name, value]) => KEPT.test(name) && value !== "" && ["string", "number"].includes(typeof value))
        .map(([name, value]) => [name, String(value)]),
    );
  }

  let waiting = 0;
  function tell(isOver = false) {
    window.clearTimeout(waiting);
    waiting = 0;
    const state = kept(isOver);
    // The next page of the package in this frame goes on from here.
    window.name = JSON.stringify({ ...told, values: state });
    around.postMessage({ weike: "kept", key: told.key, place: told.place ?? "", values: state }, "*");
  }
  const soon = () => {
    waiting ||= window.setTimeout(tell, PAUSE_MS);
  };

  api.on(isLater ? "SetValue.cmi.*" : "LMSSetValue.cmi.*", soon);
  api.on(isLater ? "Commit" : "LMSCommit", () => tell());
  api.on(isLater ? "Terminate" : "LMSFinish", () => tell(true));
  window.addEventListener("pagehide", () => {
    if (waiting) tell();
  });

  const name = isLater ? "API_1484_11" : "API";
  /** @type {any} */ (window)[name] = api;
  /** @type {any} */
  const standIn = { [name]: api, postMessage: around.postMessage.bind(around), length: 0, document: undefined, closed: false };
  standIn.parent = standIn.self = standIn.window = standIn;
  standIn.top = standIn;
  Object.defineProperty(window, "parent", { configurable: true, get: () => standIn });
})();
