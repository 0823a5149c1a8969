/** The keyboard, wherever on the page one is, unless one types or a dialog is open. */
import { toggleCaptions } from "./captions.js";

const RATES = [0.75, 1, 1.25, 1.5, 2];

/** @param {HTMLElement} page @param {HTMLVideoElement} video */
export function setUpKeyboard(page, video) {
  const help = /** @type {HTMLDialogElement | null} */ (document.getElementById("keyboard-help"));
  page.querySelector("[data-open-dialog=keyboard-help]")?.addEventListener("click", () => help?.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event)) return;
    const act = meaning(event.key, page, video, help);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Whether the key is meant for something else: a field, a control that uses it, an open dialog. @param {KeyboardEvent} event */
function isElsewhere(event) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (document.querySelector("dialog[open]")) return true;
  if (target.closest?.("input, textarea, select, [contenteditable], [role=menu], media-volume-range, media-captions-menu, media-playback-rate-menu")) return true;
  const presses = event.key === " " || event.key === "Enter";
  const host = target.getRootNode() instanceof ShadowRoot ? /** @type {ShadowRoot} */ (target.getRootNode()).host : target;
  return presses && Boolean(host.closest("button, a, summary, [role=button], media-control-bar > *"));
}

/**
 * @param {string} key
 * @param {HTMLElement} page
 * @param {HTMLVideoElement} video
 * @param {HTMLDialogElement | null} help
 * @returns {(() => void) | undefined}
 */
function meaning(key, page, video, help) {
  const jump = (/** @type {number} */ seconds) => () => {
    video.currentTime = Math.min(Math.max(video.currentTime + seconds, 0), video.duration || 0);
  };
  const louder = (/** @type {number} */ by) => () => { video.volume = Math.min(Math.max(video.volume + by, 0), 1); };
  const faster = (/** @type {number} */ steps) => () => {
    const place = RATES.indexOf(video.playbackRate);
    video.playbackRate = RATES[Math.min(Math.max((place < 0 ? 1 : place) + steps, 0), RATES.length - 1)];
  };
  const play = () => (video.paused ? void video.play() : video.pause());
  if (/^[0-9]$/.test(key)) return () => { video.currentTime = ((video.duration || 0) * Number(key)) / 10; };
  return {
    " ": play,
    k: play,
    ArrowLeft: jump(-5),
    ArrowRight: jump(5),
    j: jump(-10),
    l: jump(10),
    ArrowUp: louder(0.1),
    ArrowDown: louder(-0.1),
    c: () => toggleCaptions(video),
    m: () => { video.muted = !video.muted; },
    f: () => toggleFullScreen(page, video),
    "<": faster(-1),
    ">": faster(1),
    "?": () => help?.showModal(),
  }[key.length === 1 ? key.toLowerCase() : key];
}

/** @param {HTMLElement} page @param {HTMLVideoElement} video */
function toggleFullScreen(page, video) {
  const player = page.querySelector("[data-player]");
  if (document.fullscreenElement) document.exitFullscreen();
  else if (player?.requestFullscreen) player.requestFullscreen();
  else /** @type {any} */ (video).webkitEnterFullscreen?.();
}
