/** A plain video: HLS by hls.js, or by the browser itself where it can. Nothing is loaded before somebody plays it. */

/** @param {HTMLVideoElement} video */
async function prepare(video) {
  const address = video.dataset.video ?? "";
  const broken = /** @type {HTMLElement | null} */ (video.parentElement?.querySelector("[data-video-broken]"));
  const tell = () => {
    if (broken) broken.hidden = false;
  };
  const { default: Hls } = await import("../vendor/hls.js");
  if (!Hls.isSupported()) {
    video.src = address;
    video.addEventListener("error", tell);
    return;
  }
  const hls = new Hls({ autoStartLoad: false, capLevelToPlayerSize: true, maxBufferLength: 20, startLevel: 0 });
  hls.on(Hls.Events.ERROR, (/** @type {string} */ _name, /** @type {{fatal: boolean}} */ error) => {
    if (error.fatal) tell();
  });
  video.addEventListener("play", () => hls.startLoad(), { once: true });
  hls.loadSource(address);
  hls.attachMedia(video);
}

for (const video of document.querySelectorAll("[data-video]")) prepare(/** @type {HTMLVideoElement} */ (video));
