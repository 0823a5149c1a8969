"""Video into HLS, by ffmpeg as a child process: one reading of the source makes all renditions.

The source is hostile until proven otherwise: its container is named to ffmpeg (so that nothing is
guessed and no playlist is opened), only local files may be read, time is limited, and a broken file
takes down the child, never the worker.

Rungs are chosen for schools with a thin line: 40 pupils at 150 kbit/s share 6 Mbit/s. Segments last
four seconds (see ``docs/decisions``); a third, sound-only rung serves the thinnest.
"""

import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from PIL import Image

from library.media.errors import (
    DamagedSound,
    NoMovingPicture,
    SoundTooLong,
    TranscodingTimeOut,
    UnreadableVideo,
    VideoTooLarge,
    VideoTooLong,
)

SEGMENT_SECONDS = 4
LONGEST_MINUTES = 60
LARGEST_SIDE = 4096
PROBE_SECONDS = 60.0
GRACE_SECONDS = 120.0
SLOWEST_SPEED = 0.1
"""A machine that makes less than a tenth of a second of video in a second is stuck."""
LONGEST_SOUND_MINUTES = 180
RECORDING = "sound.m4a"
RECORDING_KBITS = 96
SPEECH_KBITS = 48
SMALLEST_SHARE = 0.95
"""Of the length that a recording states: what must be there to be played."""
SPRITE_COLUMNS = 10
SPRITE_WIDTH = 160
MOST_THUMBNAILS = 100

MASTER = "master.m3u8"
POSTER = "poster.jpg"
SPRITE = "thumbnails.jpg"
THUMBNAILS = "thumbnails.vtt"
SOUND = "audio"


@dataclass(frozen=True, slots=True)
class Rung:
    """One quality that a player may choose."""

    name: str
    short_side: int
    video_kbits: int


RUNGS = (Rung("240p", 240, 150), Rung("480p", 480, 600))
SOUND_KBITS = 48


@dataclass(frozen=True, slots=True)
class Probe:
    """What a video says about itself."""

    duration_seconds: float
    width: int
    height: int
    has_sound: bool


def probe(source: Path, reader: str) -> Probe:
    """Read the head of the video at *source* with ffmpeg's demuxer *reader*.

    Raises:
        UnreadableVideo: it is damaged, or has no length.
        NoMovingPicture: it is sound only.
        VideoTooLong: it lasts more than an hour.
        VideoTooLarge: a side has more than 4096 pixels.
    """
    return understand(_told_about(source, reader))


def understand(told: str) -> Probe:
    """What ffmpeg *told* about a video, if it is one that we take; raises what ``probe`` raises."""
    duration = _duration(told)
    picture = re.search(r"Stream #0:\d+.*: Video: .*?, (\d{2,5})x(\d{2,5})", told)
    sound = re.search(r"Stream #0:\d+.*: Audio: ", told)
    if picture is None:
        raise NoMovingPicture if sound else UnreadableVideo
    if duration is None:
        raise UnreadableVideo
    width, height = int(picture[1]), int(picture[2])
    if duration <= 0:
        raise UnreadableVideo
    if duration > LONGEST_MINUTES * 60:
        raise VideoTooLong(limit=LONGEST_MINUTES)
    if max(width, height) > LARGEST_SIDE:
        raise VideoTooLarge
    return Probe(duration, width, height, sound is not None)


def transcode(
    source: Path, reader: str, folder: Path, on_progress: Callable[[float], None]
) -> tuple[Probe, dict[str, Any]]:
    """Fill *folder* with the renditions of *source*; tell *on_progress* the share that is done.

    Returns what the source is, and which file of the folder is what (``MediaAsset.renditions``).

    Raises:
        UnreadableVideo: it cannot be decoded to its end.
        TranscodingTimeOut: it took too long.
        NoMovingPicture, VideoTooLong, VideoTooLarge: see ``probe``.
    """
    about = probe(source, reader)
    every = thumbnail_seconds(about.duration_seconds)
    count = max(1, int(about.duration_seconds / every + 0.5))
    names = [rung.name for rung in RUNGS] + [SOUND] * about.has_sound
    for name in names:
        (folder / name).mkdir()
    limit = GRACE_SECONDS + about.duration_seconds / SLOWEST_SPEED
    for done in _run(_arguments(source, reader, about, every, count), folder, limit):
        on_progress(min(done / about.duration_seconds, 1.0))
    _take_poster(source, reader, folder, about.duration_seconds)
    if not (folder / MASTER).is_file() or not (folder / POSTER).is_file():
        raise UnreadableVideo
    renditions: dict[str, Any] = {"master": MASTER, "poster": POSTER, "rungs": names}
    if (folder / SPRITE).is_file():
        (folder / THUMBNAILS).write_text(_thumbnail_track(folder / SPRITE, every, count), encoding="utf-8")
        renditions["thumbnails"] = THUMBNAILS
    if about.has_sound:
        renditions["sound"] = f"{SOUND}/index.m3u8"
    return about, renditions


def transcode_sound(source: Path, reader: str, folder: Path, on_progress: Callable[[float], None]) -> float:
    """Write the recording at *source* to *folder* as AAC, which every browser plays; returns its seconds.

    A recording that ends before the length that its head states was cut off on its way.

    Raises:
        DamagedSound: it cannot be decoded to its end.
        SoundTooLong: it lasts more than three hours.
        TranscodingTimeOut: it took too long.
    """
    told = _told_about(source, reader)
    stated = _duration(told)
    if stated is None or stated <= 0 or " Audio: " not in told:
        raise DamagedSound
    if stated > LONGEST_SOUND_MINUTES * 60:
        raise SoundTooLong(limit=LONGEST_SOUND_MINUTES)
    arguments = [
        *_reading(source, reader),
        *("-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-t", str(LONGEST_SOUND_MINUTES * 60), "-c:a", "aac", "-b:a", f"{RECORDING_KBITS}k"),
        *("-ac", "2", "-ar", "44100", "-movflags", "+faststart", "-f", "ipod", RECORDING),
    ]
    played = 0.0
    try:
        for played in _run(arguments, folder, GRACE_SECONDS + stated / SLOWEST_SPEED):
            on_progress(min(played / stated, 1.0))
    except UnreadableVideo as error:
        raise DamagedSound from error
    if played < stated * SMALLEST_SHARE:
        raise DamagedSound
    return played


def transcode_speech(source: Path, reader: str, folder: Path, most_seconds: int) -> float:
    """Write the first *most_seconds* of speech at *source* to *folder* as AAC; returns how many there are.

    What a browser records says nothing of its own length.

    Raises:
        DamagedSound: it cannot be decoded, or there is no sound in it.
        TranscodingTimeOut: it took too long.
    """
    if " Audio: " not in _told_about(source, reader):
        raise DamagedSound
    arguments = [
        *_reading(source, reader),
        *("-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1", "-t", str(most_seconds)),
        *("-c:a", "aac", "-b:a", f"{SPEECH_KBITS}k", "-ac", "1", "-ar", "44100"),
        *("-movflags", "+faststart", "-f", "ipod", RECORDING),
    ]
    try:
        return max(_run(arguments, folder, PROBE_SECONDS), default=0.0)
    except UnreadableVideo as error:
        raise DamagedSound from error


def _duration(told: str) -> float | None:
    """The seconds that ffmpeg *told* a file to last."""
    length = re.search(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", told)
    if length is None:
        return None
    hours, minutes, seconds = (float(part) for part in length.groups())
    return hours * 3600 + minutes * 60 + seconds


def thumbnail_seconds(duration_seconds: float) -> float:
    """The time between thumbnails: two seconds, more where that gives more than a hundred."""
    return max(2.0, duration_seconds / MOST_THUMBNAILS)


def _arguments(source: Path, reader: str, about: Probe, every: float, thumbnails: int) -> list[str]:
    rows = -(-thumbnails // SPRITE_COLUMNS)
    low, high = RUNGS
    filters = (
        f"[0:v:0]fps=fps='min(30,source_fps)',{_fitted(high)},setsar=1,split=2[{high.name}][smaller];"
        f"[smaller]{_fitted(low)},split=2[{low.name}][sampled];"
        f"[sampled]fps=1/{every:.3f}:round=near,scale={SPRITE_WIDTH}:-2,tile={SPRITE_COLUMNS}x{rows}[sprite]"
    )
    maps, variants = [], []
    for number, rung in enumerate(RUNGS):
        maps += ["-map", f"[{rung.name}]", *(["-map", "0:a:0"] if about.has_sound else [])]
        maps += [f"-b:v:{number}", f"{rung.video_kbits}k"]
        maps += [f"-maxrate:v:{number}", f"{rung.video_kbits * 6 // 5}k"]
        maps += [f"-bufsize:v:{number}", f"{rung.video_kbits * 2}k"]
        variants.append(f"v:{number},{f'a:{number},' if about.has_sound else ''}name:{rung.name}")
    if about.has_sound:
        maps += ["-map", "0:a:0"]
        variants.append(f"a:{len(RUNGS)},name:{SOUND}")
    return [
        *_reading(source, reader),
        *("-filter_complex_threads", "1", "-filter_complex", filters),
        *maps,
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-threads", "2"),
        *("-sc_threshold", "0", "-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT_SECONDS})"),
        *("-c:a", "aac", "-b:a", f"{SOUND_KBITS}k", "-ac", "2", "-ar", "44100"),
        *("-f", "hls", "-hls_time", str(SEGMENT_SECONDS), "-hls_playlist_type", "vod"),
        *("-hls_segment_type", "fmp4", "-hls_flags", "independent_segments"),
        *("-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", "%v/%04d.m4s"),
        *("-master_pl_name", MASTER, "-var_stream_map", " ".join(variants), "%v/index.m3u8"),
        *("-map", "[sprite]", "-frames:v", "1", "-q:v", "5", SPRITE),
    ]


def _fitted(rung: Rung) -> str:
    """A filter that brings the shorter side down to the rung's, and never up."""
    side = rung.short_side
    return (
        f"scale=w='if(gte(iw,ih),-2,trunc(min({side},iw)/2)*2)'"
        f":h='if(gte(iw,ih),trunc(min({side},ih)/2)*2,-2)'"
    )


def _take_poster(source: Path, reader: str, folder: Path, duration: float) -> None:
    at = min(duration * 0.1, 10.0)
    arguments = [
        *("-ss", f"{at:.2f}"),
        *_reading(source, reader),
        *("-map", "0:v:0", "-vf", _fitted(RUNGS[-1]), "-frames:v", "1", "-q:v", "4", POSTER),
    ]
    for _done in _run(arguments, folder, PROBE_SECONDS):
        pass


def _thumbnail_track(sprite: Path, every: float, count: int) -> str:
    """A WebVTT track that gives each stretch of time its piece of the sprite."""
    with Image.open(sprite) as image:
        width = image.width // SPRITE_COLUMNS
        height = image.height // -(-count // SPRITE_COLUMNS)
    cues = ["WEBVTT", ""]
    for number in range(count):
        row, column = divmod(number, SPRITE_COLUMNS)
        place = f"{column * width},{row * height},{width},{height}"
        cues += [
            f"{timestamp(number * every)} --> {timestamp((number + 1) * every)}",
            f"{SPRITE}#xywh={place}",
            "",
        ]
    return "\n".join(cues)


def timestamp(seconds: float) -> str:
    """*seconds* as WebVTT writes them."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def _reading(source: Path, reader: str) -> list[str]:
    return ["-protocol_whitelist", "file", "-f", reader, "-threads", "2", "-i", str(source)]


def _command(arguments: list[str]) -> list[str]:
    polite = [nice, "-n", "10"] if (nice := shutil.which("nice")) else []
    return [*polite, imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner", *arguments]


def _told_about(source: Path, reader: str) -> str:
    """What ffmpeg says of a file when it is not told what to do with it."""
    try:
        answer = subprocess.run(  # noqa: S603 -- our own program and arguments, no shell
            _command(_reading(source, reader)), capture_output=True, timeout=PROBE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TranscodingTimeOut from error
    return answer.stderr.decode(errors="replace")


def _run(arguments: list[str], folder: Path, limit_seconds: float) -> Iterator[float]:
    """Run ffmpeg in *folder*; yields the seconds of video that are done.

    Raises:
        UnreadableVideo: ffmpeg gave up.
        TranscodingTimeOut: *limit_seconds* were not enough.
    """
    command = _command(["-y", "-v", "error", "-progress", "pipe:1", *arguments])
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 -- our own program and arguments, no shell
            command, cwd=folder, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as process,
    ):
        overdue = threading.Event()

        def give_up() -> None:
            overdue.set()
            process.kill()

        timer = threading.Timer(limit_seconds, give_up)
        timer.start()
        try:
            for line in process.stdout or ():
                name, _, value = line.strip().partition("=")
                if name == "out_time_us" and value.lstrip("-").isdigit():
                    yield max(int(value) / 1_000_000, 0.0)
            failed = process.wait() != 0
        finally:
            timer.cancel()
            process.kill()
        if overdue.is_set():
            raise TranscodingTimeOut
        if failed:
            raise UnreadableVideo
