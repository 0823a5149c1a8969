"""Captions: reading WebVTT (and SubRip, which many programs still write) and writing it plainly.

What is stored is written anew from the cues, so that a track holds times and words and nothing else.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from learning.lessons.errors import BadCaptions, EmptyCaptions

_ARROW = re.compile(r"^\s*(\S+)\s*-->\s*(\S+)(?:\s+.*)?$")
_TIME = re.compile(r"^(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})$")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that are shown from *start* to *end*, in seconds."""

    start: float
    end: float
    text: str


def read_captions(text: str) -> list[Cue]:
    """The cues of a WebVTT or SubRip *text*, by time.

    Raises:
        BadCaptions: a line that should tell times does not; its number stands in the details.
        EmptyCaptions: there is no cue.
    """
    cues = [cue for number, block in _blocks(text) if (cue := _cue(number, block)) is not None]
    if not cues:
        raise EmptyCaptions
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def write_captions(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT."""
    blocks = [
        f"{write_time(cue.start)} --> {write_time(cue.end)}\n{html.escape(cue.text, quote=False)}"
        for cue in cues
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def write_time(seconds: float) -> str:
    """*seconds* as ``hh:mm:ss.mmm``."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The text's blocks between empty lines, each with the number of its first line."""
    block: list[str] = []
    first = 1
    for number, line in enumerate([*text.lstrip("\ufeff").splitlines(), ""], start=1):
        if line.strip():
            first = first if block else number
            block.append(line.rstrip())
        elif block:
            yield first, block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    head = block[0].lstrip()
    if head.startswith(("WEBVTT", "NOTE", "STYLE", "REGION")):
        return None
    place = 0 if "-->" in block[0] else 1  # the line before may name or number the cue
    if len(block) <= place or not (arrow := _ARROW.match(block[place])):
        raise BadCaptions(line=number + min(place, len(block) - 1))
    start, end = (_seconds(part) for part in arrow.groups())
    if start is None or end is None or end <= start:
        raise BadCaptions(line=number + place)
    words = "\n".join(html.unescape(_TAG.sub("", line)).strip() for line in block[place + 1 :])
    return Cue(start, end, words) if words else None


def _seconds(text: str) -> float | None:
    found = _TIME.match(text)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole * 1000 + int(fraction.ljust(3, "0"))) / 1000
