/** Media Chrome: the controls of the player, as custom elements around a real <video>. */
import "./player-language.js";
import "media-chrome";
import "media-chrome/menu";

// It says whether captions are on by aria-checked, which a plain button may not have.
for (const button of document.querySelectorAll("media-captions-button")) button.setAttribute("role", "switch");
