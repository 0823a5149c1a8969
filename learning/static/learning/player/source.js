/**
 * Where the video comes from: HLS by hls.js, or by the browser itself where it can (iPhones). Its addresses are
 * signed for a few minutes; they are renewed while the page is open, and no right outlives the server's word.
 */

/** Renew this long before the addresses end. */
const RENEW_BEFORE_MS = 120_000;
const LOOK_EVERY_MS = 20_000;
const TOKEN = /\/media\/[^/]+\//;

/** @typedef {{master: string, poster: string, thumbnails: string | null, sound: string | null, expires_at: string}} Media */

export class VideoSource {
  /**
   * @param {HTMLVideoElement} video
   * @param {Media} media
   * @param {() => Promise<{media: Media}>} askAgain
   * @param {{failed: () => void, works: () => void, unsupported: () => void}} tell
   */
  constructor(video, media, askAgain, tell) {
    this.video = video;
    this.media = media;
    this.askAgain = askAgain;
    this.tell = tell;
    /** @type {any} */
    this.hls = null;
    this.quality = "auto";
    this.#addThumbnails();
    this.#load();
    setInterval(() => this.#renewInTime(), LOOK_EVERY_MS);
    video.addEventListener("playing", () => tell.works());
  }

  /** @param {Element | null} select */
  offerQualities(select) {
    if (!(select instanceof HTMLSelectElement)) return;
    select.addEventListener("change", () => {
      this.quality = select.value;
      this.#load();
    });
  }

  /** The playlist of the chosen quality. */
  get #address() {
    return this.quality === "sound" && this.media.sound ? this.media.sound : this.media.master;
  }

  async #load() {
    const { video } = this;
    const at = video.currentTime;
    const wasPlaying = !video.paused;
    const { default: Hls } = await import("../../vendor/hls.js");
    this.hls?.destroy();
    this.hls = null;
    if (Hls.isSupported()) this.#attach(Hls);
    else if (video.canPlayType("application/vnd.apple.mpegurl")) this.#playNatively();
    else {
      this.tell.unsupported();
      return;
    }
    if (at > 0) video.addEventListener("loadedmetadata", () => { video.currentTime = at; }, { once: true });
    if (wasPlaying) video.play().catch(() => {});
  }

  /** @param {any} Hls */
  #attach(Hls) {
    const savesData = this.quality === "low" || Boolean(/** @type {any} */ (navigator).connection?.saveData);
    const hls = new Hls({
      capLevelToPlayerSize: true,
      maxBufferLength: 20,
      startLevel: 0,
      startPosition: -1,
      xhrSetup: (/** @type {XMLHttpRequest} */ request, /** @type {string} */ url) => request.open("GET", this.#signed(url), true),
    });
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      if (savesData) hls.autoLevelCapping = 0;
    });
    hls.on(Hls.Events.ERROR, (/** @type {string} */ name, /** @type {any} */ error) => this.#onError(Hls, hls, error));
    hls.loadSource(this.#address);
    hls.attachMedia(this.video);
    this.hls = hls;
  }

  /** @param {any} Hls @param {any} hls @param {any} error */
  async #onError(Hls, hls, error) {
    if (!error.fatal) return;
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
      return;
    }
    this.tell.failed();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    if (await this.#renew()) hls.startLoad();
  }

  #playNatively() {
    this.video.src = this.#address;
    this.video.addEventListener("error", async () => {
      const at = this.video.currentTime;
      if (!(await this.#renew())) return;
      this.video.src = this.#address;
      this.video.addEventListener("loadedmetadata", () => { this.video.currentTime = at; }, { once: true });
    }, { once: true });
  }

  #addThumbnails() {
    if (!this.media.thumbnails) return;
    const track = document.createElement("track");
    track.kind = "metadata";
    track.label = "thumbnails";
    track.src = this.media.thumbnails;
    track.default = true;
    this.video.append(track);
  }

  /** An address of the playlist with today's token in it. @param {string} url */
  #signed(url) {
    const token = TOKEN.exec(this.media.master)?.[0];
    return token ? url.replace(TOKEN, token) : url;
  }

  async #renewInTime() {
    if (this.video.paused || Date.parse(this.media.expires_at) - Date.now() > RENEW_BEFORE_MS) return;
    await this.#renew();
  }

  async #renew() {
    try {
      this.media = (await this.askAgain()).media;
      return true;
    } catch {
      this.tell.failed();
      return false;
    }
  }
}
