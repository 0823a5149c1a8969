"""Moments of a video as people write them: ``1:25``, and lists of chapters."""

import re
from dataclasses import dataclass

from learning.lessons.errors import BadChapter, BadMoment

_MOMENT = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)$|^(\d{1,5}(?:\.\d+)?)$")
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ChapterLine:
    """One chapter: when it begins, and its title in Chinese and, perhaps, in English."""

    start_seconds: float
    title: str
    title_en: str = ""


def read_moment(text: str, length: float | None = None) -> float:
    """The seconds that ``1:25``, ``1:02:03`` or ``85`` means.

    Raises:
        BadMoment: it means none, or lies behind *length*.
    """
    found = _MOMENT.match(text.strip().replace("：", ":"))
    if found is None:
        raise BadMoment(text=text.strip()[:20])
    hours, minutes, seconds, alone = found.groups()
    moment = float(alone) if alone else int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
    if length is not None and moment > length:
        raise BadMoment(text=text.strip()[:20])
    return moment


def write_moment(seconds: float) -> str:
    """*seconds* as ``1:25``, or ``1:02:03`` from an hour on."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def read_chapters(text: str, length: float | None = None) -> list[ChapterLine]:
    """The chapters that a list such as ``0:00 引入 | Introduction`` names, by time.

    Raises:
        BadChapter: a line is no time and title, or names a time twice; its number stands in the details.
    """
    chapters: dict[float, ChapterLine] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        when, _, titles = line.strip().partition(" ")
        title, _, title_en = (part.strip() for part in titles.replace("｜", "|").partition("|"))
        try:
            start = read_moment(when, length)
        except BadMoment as error:
            raise BadChapter(line=number) from error
        if not title or len(title) > _LONGEST_TITLE or len(title_en) > _LONGEST_TITLE or start in chapters:
            raise BadChapter(line=number)
        chapters[start] = ChapterLine(start, title, title_en)
    return [chapters[start] for start in sorted(chapters)]


def write_chapters(chapters: list[ChapterLine]) -> str:
    """The list that ``read_chapters`` reads."""
    return "\n".join(
        f"{write_moment(one.start_seconds)} {one.title}" + (f" | {one.title_en}" if one.title_en else "")
        for one in chapters
    )
