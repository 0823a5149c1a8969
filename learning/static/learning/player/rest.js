/** After half an hour of watching, a word about a rest (online lessons last 30 minutes at most). */
import { toast } from "../../app/js/toast.js";

const REST_AFTER_MS = 30 * 60_000;

/** @param {HTMLVideoElement} video @param {string} text */
export function remindOfRest(video, text) {
  let watched = 0;
  let last = 0;
  video.addEventListener("timeupdate", () => {
    const now = Date.now();
    // Looks come four times a second; a longer gap was no watching.
    if (!video.paused && now - last < 2_000) watched += now - last;
    last = now;
    if (watched < REST_AFTER_MS) return;
    watched = 0;
    video.pause();
    toast(text, { stays: true });
  });
}
