/** What runs on every page. Each module finds its own parts by `data-*` and does nothing where there are none. */
import { setUpConfirmations } from "./confirm.js";
import { addTokenToHtmx } from "./csrf.js";
import { setUpDrafts } from "./drafts.js";
import { followEarlyChoices } from "./early.js";
import { setUpMenus } from "./menus.js";
import { sendOnce } from "./once.js";
import { setUpPreferences } from "./preferences.js";
import { swallowSecondClicks } from "./second-clicks.js";
import { tellTimes } from "./times.js";

/** @param {ParentNode} root the document, or a part that htmx has just put in */
function refresh(root) {
  tellTimes(root);
  if (root.querySelector("[data-math]")) {
    import("./math.js").then(({ renderMath }) => renderMath(root));
  }
}

addTokenToHtmx();
setUpMenus();
setUpPreferences();
swallowSecondClicks();
setUpConfirmations();
sendOnce();
setUpDrafts();
followEarlyChoices();
refresh(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement && event.target !== document.body) refresh(event.target);
});
