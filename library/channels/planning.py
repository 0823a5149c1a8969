"""What would become of each part of a channel: its record, its file, and what there is to say about it."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from library.channels.channel import Channel, Node, NodeFile, Standing, in_order
from library.channels.findings import NodeKind, Note
from library.channels.labels import Label, end_user_of, labels
from library.channels.words import TABLE_NAMES
from library.resources.licences import licence_of
from library.resources.models import EndUser, ResourceKind

KINDS = {
    NodeKind.VIDEO: ResourceKind.VIDEO,
    NodeKind.AUDIO: ResourceKind.AUDIO,
    NodeKind.DOCUMENT: ResourceKind.DOCUMENT,
    NodeKind.SLIDESHOW: ResourceKind.IMAGE,
    NodeKind.EXERCISE: ResourceKind.PACKAGE,
    NodeKind.HTML5: ResourceKind.PACKAGE,
    NodeKind.H5P: ResourceKind.PACKAGE,
    NodeKind.ZIM: ResourceKind.PACKAGE,
}
"""What a kind of node becomes."""
ENDINGS = {
    NodeKind.VIDEO: ("mp4", "webm"),
    NodeKind.AUDIO: ("mp3",),
    NodeKind.DOCUMENT: ("pdf",),
    NodeKind.SLIDESHOW: ("jpg", "jpeg", "png"),
}
"""The files that are taken of each; the others are written for Kolibri's own players."""
PRESETS = ("high_res_video", "low_res_video")
"""Of a video that is there twice, the better one is taken."""
SUBTITLES = "vtt"
MOST_KEYWORDS, LONGEST_KEYWORD, TOPICS = 30, 100, 8
LONGEST_MINUTES = 600
SECONDS = 60
SHOWN_CODES = 5
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_CHINESE = {"zh": "zh-CN", "zh-hans": "zh-CN", "zh-cn": "zh-CN", "zh-hant": "zh-TW", "zh-tw": "zh-TW"}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NAMES_NO_LANGUAGE = frozenset({"mul", "und", "zxx"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the curriculum what tells no place belongs, and how its resources are called."""

    organisation_id: int | None
    """None for public ones."""
    subject: str | None
    """The code of a subject."""
    grades: tuple[int, int]

    def identifier(self, node: Node) -> str:
        """The resource's name: the same whenever the channel comes again, another in each collection."""
        owner = f"-{self.organisation_id}" if self.organisation_id else ""
        return f"kolibri{owner}-{node.key}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report, and what is kept of it."""

    kind: NodeKind
    title: str
    note: Note
    detail: str = ""
    depth: int = 0
    standing: Standing | None = None
    record: dict[str, Any] | None = None
    """A resource as ``ResourceRecord`` takes it, without whose it is; None for none."""
    files: tuple[NodeFile, ...] = ()
    """Those that are there and are taken."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines in the order of the tree; the place of a line in it is its number, from 1."""

    channel: Channel
    lines: list[Line]

    @property
    def resources(self) -> int:
        """How many lines become resources."""
        return sum(line.record is not None for line in self.lines)


def plan(channel: Channel, place: Place, has_file: Callable[[str], bool], subjects: Collection[str]) -> Plan:
    """Plan what becomes of *channel*.

    *has_file* tells which of its files are there; *subjects* are the codes of ours.
    """
    maker = _Maker(channel, place, has_file, frozenset(subjects))
    standings, outside = in_order(channel)
    lines = [line for standing in standings for line in maker.lines_of(standing)]
    lines += [Line(NodeKind.OTHER, one.title, Note.OUTSIDE, one.kind) for one in outside]
    head = Line(NodeKind.CHANNEL, channel.title, Note.HEADING, str(channel.version))
    return Plan(channel, [head, *maker.of_the_whole(), *lines])


@dataclass(slots=True)
class _Maker:
    channel: Channel
    place: Place
    has_file: Callable[[str], bool]
    subjects: frozenset[str]
    _unknown: Counter[str] = field(default_factory=Counter)
    _thumbnails: int = 0

    def of_the_whole(self) -> Iterator[Line]:
        """What is not taken of any node; asked when all nodes were."""
        for table, count in self.channel.left_out.items():
            yield Line(NodeKind.DETAIL, str(TABLE_NAMES[table]), Note.LEFT_OUT, str(count), 1)
        if self._thumbnails:
            yield Line(NodeKind.DETAIL, self.channel.title, Note.THUMBNAILS, str(self._thumbnails), 1)
        if self._unknown:
            codes = ", ".join(code for code, _count in self._unknown.most_common(SHOWN_CODES))
            yield Line(NodeKind.DETAIL, self.channel.title, Note.LABELS, codes[:200], 1)

    def lines_of(self, standing: Standing) -> Iterator[Line]:
        """The line of a node, and one for each thing that there is to say besides."""
        node, depth = standing.node, len(standing.above)
        self._thumbnails += sum(one.is_thumbnail for one in node.files)
        kind = NodeKind(node.kind) if node.kind in set(NodeKind) else NodeKind.OTHER
        if kind is NodeKind.TOPIC:
            yield Line(kind, node.title, Note.HEADING, depth=depth, standing=standing)
            return
        if kind not in KINDS:
            yield Line(NodeKind.OTHER, node.title, Note.UNKNOWN_KIND, node.kind, depth, standing)
            return
        record, said = self._record(standing, kind)
        title: str = record["title"]
        note, detail, files = self._file(node, kind)
        yield Line(kind, title, note, detail, depth, standing, record, files)
        if subtitles := sum(one.extension == SUBTITLES for one in node.files):
            said.append((Note.SUBTITLES, str(subtitles)))
        for one, told in said:
            yield Line(NodeKind.DETAIL, title, one, told, depth + 1)

    def _file(self, node: Node, kind: NodeKind) -> tuple[Note, str, tuple[NodeFile, ...]]:
        if kind not in ENDINGS:
            is_exercise = kind is NodeKind.EXERCISE
            note = Note.EXERCISE_AS_RECORD if is_exercise else Note.PACKAGE_AS_RECORD
            return note, kind.value, ()
        named = [one for one in node.files if not (one.is_thumbnail or one.is_supplementary)]
        if not named:
            return Note.NO_FILE, "", ()
        known = [one for one in named if one.extension in ENDINGS[kind]]
        if not known:
            return Note.FILE_TYPE, ", ".join(sorted({one.extension for one in named})), ()
        there = [one for one in known if self.has_file(one.name)]
        if not there:
            return Note.FILE_ABSENT, known[0].name, ()
        there.sort(key=lambda one: PRESETS.index(one.preset) if one.preset in PRESETS else len(PRESETS))
        return Note.WITH_FILE, "", tuple(there if kind is NodeKind.SLIDESHOW else there[:1])

    def _record(self, standing: Standing, kind: NodeKind) -> tuple[dict[str, Any], list[tuple[Note, str]]]:
        node, said = standing.node, list[tuple[Note, str]]()
        title = node.title
        if not title:
            title = next((one.title for one in reversed(standing.above) if one.title), self.channel.title)
            said.append((Note.TITLE_MADE, title))
        if node.is_cut:
            said.append((Note.TEXT_CUT, ""))
        if node.is_broken:
            said.append((Note.TEXT_BROKEN, ""))
        language = self._language(standing, title, said)
        found = self._labels(standing)
        record = {
            "identifier": self.place.identifier(node),
            "kind": KINDS[kind].value,
            "title": title,
            "description": node.description,
            "keywords": self._keywords(standing, found, language),
            "language": language,
            "subject": self._subject(standing),
            "grades": self._grades(standing, said),
            "minutes": self._minutes(node),
            "end_user": (EndUser.TEACHER if node.is_for_coaches else end_user_of(found)).value,
            "accessibility": self._accessibility(node),
            "licence": self._licence(node, said),
            "author": node.author or node.owner or self.channel.author,
            "source": self.channel.title,
        }
        return record, said

    def _language(self, standing: Standing, title: str, said: list[tuple[Note, str]]) -> str:
        nodes = [standing.node, *reversed(standing.above)]
        if root := self.channel.nodes.get(self.channel.root):
            nodes.append(root)
        for code in (one.language.replace("_", "-") for one in nodes):
            if _LANGUAGE.fullmatch(code) and code.lower() not in _NAMES_NO_LANGUAGE:
                return _CHINESE.get(code.lower(), code)
        guessed = "zh-CN" if _HAN.search(title + standing.node.description) else "en"
        said.append((Note.LANGUAGE_GUESSED, guessed))
        return guessed

    def _labels(self, standing: Standing) -> list[Label]:
        """The labels of a node that are known; the others are counted."""
        node, known = standing.node, labels()
        found = {code: known.category(code) for code in node.categories}
        found |= {code: known.types.get(code) for code in node.types}
        found |= {code: known.activities.get(code) for code in node.activities}
        self._unknown.update(code for code, one in found.items() if one is None)
        self._unknown.update(node.needs)
        self._unknown.update(
            one for one in node.levels if one not in known.levels and one not in known.other_levels
        )
        self._unknown.update(one for one in node.accessibility if one not in known.accessibility)
        return [one for one in found.values() if one is not None]

    def _keywords(self, standing: Standing, found: list[Label], language: str) -> list[str]:
        activities = labels().activities
        words = [
            *standing.node.tags,
            # What is done with it, the kind of the resource says.
            *(one.word(language) for one in found if one.code not in activities),
            *(one.title for one in reversed(standing.above[-TOPICS:])),
        ]
        cut = (one[:LONGEST_KEYWORD].strip() for one in words)
        return list(dict.fromkeys(one for one in cut if one))[:MOST_KEYWORDS]

    def _subject(self, standing: Standing) -> str | None:
        for node in (standing.node, *reversed(standing.above)):
            for code in node.categories:
                category = labels().category(code)
                if category and category.subject in self.subjects:
                    return category.subject
        return self.place.subject

    def _grades(self, standing: Standing, said: list[tuple[Note, str]]) -> tuple[int, int]:
        levels = next(
            (one.levels for one in (standing.node, *reversed(standing.above)) if one.levels),
            tuple[str, ...](),
        )
        grades = labels().grades(levels)
        if levels and grades is None and set(levels) <= labels().other_levels:
            said.append((Note.LEVEL, ""))
        return grades or self.place.grades

    @staticmethod
    def _minutes(node: Node) -> float | None:
        minutes = round(node.seconds / SECONDS, 1)
        return minutes if 0 < minutes <= LONGEST_MINUTES else None

    @staticmethod
    def _accessibility(node: Node) -> list[str]:
        known = labels().accessibility
        features = dict.fromkeys(known[one] for one in node.accessibility if one in known)
        if any(one.extension == SUBTITLES for one in node.files):
            # They stay behind, and with them what they made possible.
            features.pop("captions", None)
        return list(features)

    @staticmethod
    def _licence(node: Node, said: list[tuple[Note, str]]) -> str:
        if not node.licence:
            said.append((Note.NO_LICENCE, ""))
            return ""
        known = licence_of(node.licence)
        if known is None:
            said.append((Note.LICENCE_UNKNOWN, node.licence))
        return known.code if known else node.licence
