/** Captions: one language at a time, the choice remembered on this device. */

const KEY = "weike-captions";
/** So soon after a click or a key a change is the person's. */
const HAND_MS = 1_000;
const BAR_PX = 68;
const PICTURE_PX = 360;
/** A line of captions, as a share of the picture's height. */
const LINE_SHARE = 0.07;

/** @param {HTMLVideoElement} video */
const captionsOf = (video) => [...video.textTracks].filter((track) => track.kind === "captions");

/** @param {HTMLVideoElement} video @param {string} language of the captions to show; none where it is empty */
function showOnly(video, language) {
  for (const track of captionsOf(video)) {
    const mode = track.language === language ? "showing" : "disabled";
    if (track.mode !== mode) track.mode = mode;
  }
}

/**
 * Keep a track's cues above the control bar, whose height does not shrink with the picture.
 * @param {HTMLVideoElement} video @param {TextTrack} track
 */
function lift(video, track) {
  const height = video.clientHeight || PICTURE_PX;
  for (const cue of track.cues ?? []) {
    if (!(cue instanceof VTTCue)) continue;
    const lines = cue.text.split("\n").length;
    cue.snapToLines = false;
    cue.line = Math.max(0, Math.round(100 * (1 - BAR_PX / height - LINE_SHARE * lines)));
  }
}

/** @param {HTMLVideoElement} video */
export function setUpCaptions(video) {
  for (const element of video.querySelectorAll("track")) {
    element.addEventListener("load", () => lift(video, element.track));
    lift(video, element.track);
  }
  new ResizeObserver(() => captionsOf(video).forEach((track) => lift(video, track))).observe(video);
  const languages = captionsOf(video).map((track) => track.language);
  const ofPage = languages.includes(document.documentElement.lang) ? document.documentElement.lang : languages[0];
  let shown = localStorage.getItem(KEY) ?? ofPage ?? "";
  showOnly(video, shown);
  let acted = -Infinity;
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => { acted = performance.now(); }, true);
  video.textTracks.addEventListener("change", () => {
    const showing = captionsOf(video).filter((track) => track.mode === "showing").map((track) => track.language);
    // Browsers switch languages on by preferences of their own; only a person's hand changes the choice.
    if (performance.now() - acted < HAND_MS) {
      shown = showing.find((language) => language !== shown) ?? showing[0] ?? "";
      localStorage.setItem(KEY, shown);
    }
    showOnly(video, shown);
  });
}

/** @param {HTMLVideoElement} video */
export function toggleCaptions(video) {
  const showing = captionsOf(video).some((track) => track.mode === "showing");
  const languages = captionsOf(video).map((track) => track.language);
  const wanted = languages.includes(document.documentElement.lang) ? document.documentElement.lang : languages[0];
  showOnly(video, showing ? "" : (wanted ?? ""));
}
