/** Media Chrome: the controls of the player, as custom elements around a real <video>. */
import "./player-language.js";
import "media-chrome";
import "media-chrome/menu";
