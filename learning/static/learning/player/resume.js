/** Go on where the person stopped, and offer to begin anew. */
import { moment } from "./moments.js";

/** Nobody needs to be brought back to the first seconds or to the last. */
const EDGE_SECONDS = 5;
const SHOWN_MS = 10_000;

/**
 * @param {HTMLVideoElement} video
 * @param {{position: number, duration: number}} lesson
 * @param {DOMStringMap} words
 */
export function resume(video, lesson, words) {
  const from = linked() ?? lesson.position;
  if (!(from > EDGE_SECONDS && from < lesson.duration - EDGE_SECONDS)) return;
  const go = () => { video.currentTime = from; };
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
  if (linked() !== null) return;

  const note = document.createElement("p");
  note.className = "resume-note";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = (words.resumed ?? "").replace("{time}", moment(from));
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-sm btn-soft";
  again.textContent = words.restart ?? "";
  again.addEventListener("click", () => {
    video.currentTime = 0;
    note.remove();
  });
  note.append(text, again);
  video.closest(".lesson-stage")?.after(note);
  video.addEventListener("playing", () => setTimeout(() => note.remove(), SHOWN_MS), { once: true });
}

/** A moment that the address names (`#t=85`), as links from elsewhere do. */
function linked() {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  return found ? Number(found[1]) : null;
}
