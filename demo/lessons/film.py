"""A film: scenes one after another, each with a still layer and one part that moves."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import imageio_ffmpeg
from PIL import Image

from demo.lessons.pen import CARD, FAINT, HEIGHT, INK, OVERSAMPLING, PAPER, RULE, WIDTH, Pen
from demo.lessons.sound import write_sound

FRAMES_A_SECOND = 12
Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom of the part that moves."""
Line: TypeAlias = tuple[str, str]
"""A spoken line, in Chinese and in English."""
STAGE: Box = (40, 120, 1240, 600)


class RenderFailed(RuntimeError):
    """ffmpeg could not make the film."""


@dataclass(frozen=True)
class Scene:
    """A stretch of a film."""

    seconds: float
    still: Callable[[Pen], None]
    """Draws what stands still, once."""
    lines: tuple[Line, ...]
    """What is said, evenly spread over the scene."""
    move: Callable[[Pen, float], None] | None = None
    """Draws what moves, at 0 to 1 of the motion."""
    box: Box = STAGE
    motion: tuple[float, float] = (0.0, 0.0)
    """Seconds from and to which it moves; frames before and after are drawn once."""
    chapter: Line | None = None
    """The chapter that begins here."""


@dataclass(frozen=True)
class Film:
    """A micro-lesson as it is drawn."""

    slug: str
    title: str
    title_en: str
    description: str
    subject: str
    grade: int
    points: tuple[str, ...]
    scenes: tuple[Scene, ...]
    question: str
    """Name of the generator of the question that is asked on the way."""
    asked_after: int
    """The number of scenes after which it is asked."""
    keywords: tuple[str, ...] = field(default=())

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return sum(scene.seconds for scene in self.scenes)

    @property
    def question_at(self) -> float:
        """The second at which the question is asked: just before its scene ends."""
        return sum(scene.seconds for scene in self.scenes[: self.asked_after]) - 0.5

    def starts(self) -> list[float]:
        """Return the second at which each scene begins."""
        found, now = [], 0.0
        for scene in self.scenes:
            found.append(now)
            now += scene.seconds
        return found

    def chapters(self) -> list[tuple[float, Line]]:
        """Return the chapters with the seconds at which they begin."""
        return [(at, s.chapter) for at, s in zip(self.starts(), self.scenes, strict=True) if s.chapter]

    def captions(self, language: int) -> str:
        """Return the spoken lines as WebVTT; *language* is 0 for Chinese, 1 for English."""
        cues = ["WEBVTT"]
        for start, scene in zip(self.starts(), self.scenes, strict=True):
            step = scene.seconds / len(scene.lines)
            for number, line in enumerate(scene.lines):
                begin, end = start + number * step, start + (number + 1) * step - 0.1
                cues.append(f"{stamp(begin)} --> {stamp(end)}\n{line[language]}")
        return "\n\n".join(cues) + "\n"


def stamp(seconds: float) -> str:
    """Return *seconds* as a WebVTT time."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02d}:{rest:06.3f}"


def heading(pen: Pen, title: str, note: str = "") -> None:
    """Write the heading of a scene over a card that holds its stage."""
    pen.box((40, 112), (1200, 490), CARD, edge=RULE, radius=20, width=2)
    pen.text((56, 62), title, 40, INK, is_bold=True)
    if note:
        pen.text((640, 660), note, 38, INK, anchor="mm")


def credit(pen: Pen, text: str) -> None:
    """Write a small line at the lower right."""
    pen.text((1236, 692), text, 18, FAINT, anchor="rm")


def frames(film: Film) -> Iterator[bytes]:
    """Yield the film's frames as RGB bytes; a frame like the last one is the same object."""
    for scene in film.scenes:
        large = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING), PAPER)
        scene.still(Pen(large))
        still = large.reduce(OVERSAMPLING)
        shown, last = b"", -1.0
        for number in range(round(scene.seconds * FRAMES_A_SECOND)):
            u = _progress(scene, number / FRAMES_A_SECOND)
            if u != last:
                shown, last = _frame(scene, large, still, u), u
            yield shown


def _progress(scene: Scene, second: float) -> float:
    start, end = scene.motion
    if scene.move is None or end <= start:
        return 0.0
    return min(1.0, max(0.0, (second - start) / (end - start)))


def _frame(scene: Scene, large: Image.Image, still: Image.Image, u: float) -> bytes:
    if scene.move is None:
        return still.tobytes()
    left, top, right, bottom = scene.box
    region = large.crop(
        (left * OVERSAMPLING, top * OVERSAMPLING, right * OVERSAMPLING, bottom * OVERSAMPLING)
    )
    scene.move(Pen(region, left, top), u)
    frame = still.copy()
    frame.paste(region.reduce(OVERSAMPLING), (left, top))
    return frame.tobytes()


def picture(film: Film, second: float) -> Image.Image:
    """Return the film as it looks at *second*."""
    wanted = int(second * FRAMES_A_SECOND)
    for number, shown in enumerate(frames(film)):
        if number == wanted:
            return Image.frombytes("RGB", (WIDTH, HEIGHT), shown)
    raise ValueError(second)


def render(film: Film, target: Path) -> None:
    """Draw *film* into the MP4 file *target*.

    Raises:
        NoChineseFont: there is nothing to write Chinese with.
        RenderFailed: ffmpeg refused; its last words are in the message.
    """
    sound = target.with_suffix(".wav")
    write_sound(sound, film.seconds, [at for at, _ in film.chapters()])
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-y",
        "-loglevel",
        "error",
        "-threads",
        "1",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        f"{WIDTH}x{HEIGHT}",
        "-r",
        str(FRAMES_A_SECOND),
        "-i",
        "-",
        "-i",
        str(sound),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-tune",
        "animation",
        "-crf",
        "21",
        "-pix_fmt",
        "yuv420p",
        "-threads",
        "1",
        "-g",
        str(FRAMES_A_SECOND * 4),
        "-c:a",
        "aac",
        "-b:a",
        "64k",
        "-movflags",
        "+faststart",
        str(target),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as made:  # noqa: S603 -- our own
        assert made.stdin is not None
        assert made.stderr is not None
        try:
            for shown in frames(film):
                made.stdin.write(shown)
            made.stdin.close()
        except BrokenPipeError:
            pass
        said = made.stderr.read().decode(errors="replace")
        code = made.wait()
    sound.unlink(missing_ok=True)
    if code:
        raise RenderFailed(said[-400:])
