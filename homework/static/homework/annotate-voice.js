/** One spoken comment: recorded, heard once more, and given back. */

const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const MOST_SECONDS = 120;

/**
 * @param {HTMLDialogElement} dialog
 * @param {string} telling with `{now}` for the time
 * @returns {Promise<Blob | "no-microphone" | null>} null if the person thought better of it
 */
export async function recorded(dialog, telling) {
  const clock = /** @type {HTMLElement} */ (dialog.querySelector("[data-annotate-clock]"));
  const heard = /** @type {HTMLAudioElement} */ (dialog.querySelector("audio"));
  const stop = /** @type {HTMLButtonElement} */ (dialog.querySelector("[data-annotate-stop]"));
  const yes = /** @type {HTMLButtonElement} */ (dialog.querySelector('[value="yes"]'));
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return "no-microphone";
  }
  const recorder = new MediaRecorder(stream, {
    mimeType: FORMATS.find((one) => MediaRecorder.isTypeSupported(one)),
    audioBitsPerSecond: 32_000,
  });
  /** @type {Blob[]} */
  const parts = [];
  const began = Date.now();
  const show = () => {
    const seconds = Math.floor((Date.now() - began) / 1_000);
    clock.textContent = telling.replace("{now}", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    if (seconds >= MOST_SECONDS && recorder.state === "recording") recorder.stop();
  };
  const timer = setInterval(show, 250);
  /** @type {Blob | null} */
  let sound = null;
  let url = "";
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    sound = new Blob(parts, { type: recorder.mimeType });
    url = URL.createObjectURL(sound);
    heard.src = url;
    heard.hidden = yes.hidden = false;
    stop.hidden = true;
    yes.focus();
  });
  const end = () => recorder.state === "recording" && recorder.stop();
  stop.addEventListener("click", end);
  heard.hidden = yes.hidden = true;
  stop.hidden = false;
  dialog.returnValue = "";
  recorder.start();
  show();
  dialog.showModal();
  stop.focus();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        stop.removeEventListener("click", end);
        end();
        clearInterval(timer);
        for (const track of stream.getTracks()) track.stop();
        heard.removeAttribute("src");
        URL.revokeObjectURL(url);
        resolve(dialog.returnValue === "yes" ? sound : null);
      },
      { once: true },
    );
  });
}
