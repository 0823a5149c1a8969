/**
 * The player of a micro-lesson: brings its parts together. Each part is a module about one thing; they share
 * the <video> and nothing else.
 */
import "../../vendor/player.js";
import { csrfToken, send } from "../../app/js/csrf.js";
import { setUpCaptions } from "./captions.js";
import { setUpChapters } from "./chapters.js";
import { setUpCheckpoints } from "./checkpoints.js";
import { CoverageStrip } from "./coverage.js";
import { IntervalRecorder } from "./intervals.js";
import { setUpKeyboard } from "./keyboard.js";
import { Outbox } from "./outbox.js";
import { remindOfRest } from "./rest.js";
import { resume } from "./resume.js";
import { VideoSource } from "./source.js";

const SEND_EVERY_MS = 15_000;

const page = /** @type {HTMLElement} */ (document.querySelector("[data-lesson]"));
const video = /** @type {HTMLVideoElement} */ (page.querySelector("video"));
const words = /** @type {HTMLElement} */ (document.querySelector("[data-words]")).dataset;
const note = /** @type {HTMLElement} */ (page.querySelector("[data-player-note]"));

/** @param {string} text what is wrong, or nothing */
function say(text) {
  note.textContent = text;
  note.hidden = !text;
}

async function askForLesson() {
  const answer = await fetch(`/api/v1/lessons/${page.dataset.lesson}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`lesson: ${answer.status}`);
  return answer.json();
}

/** @param {any} lesson the API's LessonOut */
function record(lesson) {
  const person = document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";
  const outbox = new Outbox({ person, csrf: csrfToken() });
  const strip = new CoverageStrip(page, lesson.duration, lesson.seen, lesson.completed_at);
  const recorder = new IntervalRecorder(video, (interval) => {
    outbox.add({ ...interval, registration: lesson.registration, lesson_id: lesson.id });
    strip.add(interval.start, interval.end);
  });
  outbox.onAnswer = (answer) => {
    if (answer.registration === lesson.registration) strip.confirm(answer.seen, answer.completed_at);
  };
  video.addEventListener("timeupdate", () => strip.show(recorder.current));
  setInterval(() => {
    recorder.cut();
    outbox.flush();
  }, SEND_EVERY_MS);
  video.addEventListener("pause", () => outbox.flush());
  video.addEventListener("ended", () => outbox.flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") outbox.flush({ leaving: true });
  });
  window.addEventListener("pagehide", () => {
    recorder.cut();
    outbox.flush({ leaving: true });
  });
  window.addEventListener("online", () => outbox.flush());
  outbox.flush();
  return outbox;
}

async function start() {
  setUpCaptions(video);
  setUpKeyboard(page, video);
  const lesson = await askForLesson();
  const source = new VideoSource(video, lesson.media, askForLesson, {
    failed: () => say(words.videoFailed ?? ""),
    works: () => say(""),
    unsupported: () => say(words.videoUnsupported ?? ""),
  });
  source.offerQualities(page.querySelector("[data-quality]"));
  setUpChapters(page, video);
  resume(video, lesson, words);
  if (lesson.registration) {
    const outbox = record(lesson);
    setUpCheckpoints(video, lesson, () => outbox.touch(lesson));
    remindOfRest(video, words.rest ?? "");
  }
  send("/activity/opened", { body: { resource_id: lesson.resource_id } }).catch(() => {});
}

start().catch((error) => {
  say(words.videoFailed ?? "");
  console.warn(error);
});
