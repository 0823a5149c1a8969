"""A channel's database as a ``Channel``: all versions of its tables, from the first ones to today's.

What a version does not have is asked of nobody: the columns that are there decide, not the number that the
channel gives itself. Only what every version has is needed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.channels.channel import LONGEST_DESCRIPTION, LONGEST_TITLE, Channel, Node, NodeFile
from library.channels.database import MOST_SECONDS, Database, opened
from library.channels.errors import DamagedChannel, SeveralChannels, TooManyNodes, WrongSchema
from library.packages.html import cleaned

CHANNELS, NODES, FILES = "content_channelmetadata", "content_contentnode", "content_file"
LOCAL_FILES, LICENCES = "content_localfile", "content_license"
TAGS, TAGGED = "content_contenttag", "content_contentnode_tags"
LEFT_OUT = (
    "content_contentnode_has_prerequisite",
    "content_contentnode_related",
    "content_assessmentmetadata",
)
"""What there is no place for here; how much of it there is, is told."""
TABLES = frozenset({CHANNELS, NODES, FILES, LOCAL_FILES, LICENCES, TAGS, TAGGED, *LEFT_OUT})
NEEDED = {
    CHANNELS: ("id", "name"),
    NODES: ("id", "parent_id", "title", "kind", "lft"),
    FILES: ("contentnode_id",),
}
MOST_NODES = 100_000
MOST_OF_ONE = 50
"""Files of one node, and its tags."""
LONGEST_LABELS = 2_000
LONGEST_NAME = 200
_KEY = re.compile(r"[0-9a-f]{32}")
_EXTENSION = re.compile(r"[a-z0-9]{1,10}")
_LABELS = ("grade_levels", "categories", "learning_activities", "resource_types", "learner_needs")
_OLD = ((frozenset({"license_id"}), "v0.2.0-beta1"), (frozenset({"license_name"}), "v0.4.0-beta3"))
_BROKEN = "\ufffd"
_FURTHEST = 1e15
"""Edges and orders beyond it are no places in a tree."""


def read_channel(path: Path, *, seconds: float = MOST_SECONDS) -> Channel:
    """Read the channel in the database at *path*.

    Raises:
        NotAChannel, ChannelTooLarge, MoreThanTables, DamagedChannel, ChannelTookTooLong: see ``database``.
        WrongSchema: it is a database of something else.
        SeveralChannels: it is that of a whole device.
        TooManyNodes: there is more in it than is taken.
    """
    with opened(path, TABLES, seconds=seconds) as database:
        for table, needed in NEEDED.items():
            there = database.columns(table)
            if missing := next((one for one in needed if one not in there), None):
                raise WrongSchema(missing=f"{table}.{missing}" if there else table)
        return _Reader(database).read()


@dataclass(slots=True)
class _Reader:
    database: Database

    def read(self) -> Channel:
        about = self._about()
        key = _key(about["id"])
        if not key:
            raise DamagedChannel
        files, languages = self._files()
        nodes = {one.key: one for one in self._nodes(files, languages, self._tags())}
        title, _cut, _broken = _line(about["name"], LONGEST_NAME)
        return Channel(
            key=key,
            title=title or key,
            description=_prose(about["description"], LONGEST_DESCRIPTION)[0],
            author=_line(about["author"], LONGEST_NAME)[0],
            version=_number(about["version"]),
            schema=_line(about["min_schema_version"], 20)[0] or self._shape(),
            root=_key(about["root_id"] or about["root_pk"]) or _root_of(nodes.values()),
            nodes=nodes,
            left_out=self._left_out(),
        )

    def _about(self) -> dict[str, Any]:
        names = ("id", "name", "description", "author", "version", "min_schema_version", "root_id", "root_pk")
        rows = list(
            self.database.rows(
                f"SELECT {self._columns(CHANNELS, names, LONGEST_DESCRIPTION)} FROM {CHANNELS} LIMIT 2"
            )
        )
        if not rows:
            raise WrongSchema(missing=f"{CHANNELS}.id")
        if len(rows) > 1:
            count = next(self.database.rows(f"SELECT count(*) FROM {CHANNELS}"))[0]
            raise SeveralChannels(count=count)
        return dict(zip(names, rows[0], strict=True))

    def _shape(self) -> str:
        there = self.database.columns(NODES)
        return next((name for columns, name in _OLD if columns <= there), "")

    def _nodes(
        self,
        files: Mapping[str, list[NodeFile]],
        languages: Mapping[str, str],
        tags: Mapping[str, list[str]],
    ) -> Iterable[Node]:
        licences = self._licences()
        names = (
            *("id", "parent_id", "kind", "lft", "sort_order", "lang_id", "author", "license_owner"),
            *("license_name", "license_id", "coach_content", "duration", "accessibility_labels", *_LABELS),
        )
        statement = (
            f"SELECT {self._columns(NODES, names, LONGEST_LABELS)}, "
            f"{self._columns(NODES, ('title',), LONGEST_TITLE + 1)}, "
            f"{self._columns(NODES, ('description',), LONGEST_DESCRIPTION + 1)} FROM {NODES} LIMIT ?"
        )
        for number, row in enumerate(self.database.rows(statement, MOST_NODES + 1)):
            if number == MOST_NODES:
                raise TooManyNodes(limit=MOST_NODES)
            said = dict(zip((*names, "title", "description"), row, strict=True))
            key = _key(said["id"])
            if not key:
                continue
            title, is_title_cut, is_title_broken = _line(said["title"], LONGEST_TITLE)
            description, is_cut, is_broken = _prose(said["description"], LONGEST_DESCRIPTION)
            yield Node(
                key=key,
                parent=_key(said["parent_id"]),
                kind=_line(said["kind"], 40)[0],
                title=title,
                description=description,
                is_cut=is_title_cut or is_cut,
                is_broken=is_title_broken or is_broken,
                language=_line(said["lang_id"], 16)[0] or languages.get(key, ""),
                author=_line(said["author"], LONGEST_NAME)[0],
                owner=_line(said["license_owner"], LONGEST_NAME)[0],
                licence=_line(said["license_name"], 64)[0] or licences.get(_number(said["license_id"]), ""),
                is_for_coaches=bool(_number(said["coach_content"])),
                seconds=_number(said["duration"]),
                levels=_codes(said["grade_levels"]),
                categories=_codes(said["categories"]),
                activities=_codes(said["learning_activities"]),
                types=_codes(said["resource_types"]),
                needs=_codes(said["learner_needs"]),
                accessibility=_codes(said["accessibility_labels"]),
                tags=tuple(tags.get(key, ())),
                files=tuple(sorted(files.get(key, ()), key=lambda one: (one.priority, one.preset))),
                place=(_edge(said["lft"]), _edge(said["sort_order"])),
            )

    def _files(self) -> tuple[dict[str, list[NodeFile]], dict[str, str]]:
        """The files of each node, and the language that the first of them names, by the node's key."""
        there = self.database.columns(FILES)
        own = ("contentnode_id", "preset", "thumbnail", "supplementary", "priority", "lang_id")
        if "local_file_id" in there and {"id", "extension"} <= self.database.columns(LOCAL_FILES):
            named = "f.local_file_id, substr(l.extension, 1, 40)"
            source = f"{FILES} f LEFT JOIN {LOCAL_FILES} l ON l.id = f.local_file_id"
        elif {"checksum", "extension"} <= there:
            named, source = "substr(f.checksum, 1, 40), substr(f.extension, 1, 40)", f"{FILES} f"
        else:
            raise WrongSchema(missing=f"{FILES}.local_file_id")
        found: dict[str, list[NodeFile]] = defaultdict(list)
        languages: dict[str, str] = {}
        columns = self._columns(FILES, own, 160, "f.")
        for row in self.database.rows(f"SELECT {columns}, {named} FROM {source}"):
            said = dict(zip((*own, "checksum", "extension"), row, strict=True))
            node, checksum = _key(said["contentnode_id"]), _key(said["checksum"])
            extension = str(said["extension"] or "").lower()
            if not (node and checksum and _EXTENSION.fullmatch(extension)) or len(found[node]) >= MOST_OF_ONE:
                continue
            if said["lang_id"] and not _number(said["supplementary"]):
                languages.setdefault(node, _line(said["lang_id"], 16)[0])
            found[node].append(
                NodeFile(
                    checksum=checksum,
                    extension=extension,
                    preset=_line(said["preset"], 150)[0],
                    is_thumbnail=bool(_number(said["thumbnail"])),
                    is_supplementary=bool(_number(said["supplementary"])),
                    priority=_number(said["priority"]),
                )
            )
        return found, languages

    def _licences(self) -> dict[int, str]:
        if not {"id", "license_name"} <= self.database.columns(LICENCES):
            return {}
        rows = self.database.rows(f"SELECT id, substr(license_name, 1, 64) FROM {LICENCES} LIMIT 1000")
        return {_number(number): _line(name, 64)[0] for number, name in rows}

    def _tags(self) -> dict[str, list[str]]:
        if not {"contentnode_id", "contenttag_id"} <= self.database.columns(TAGGED):
            return {}
        if not {"id", "tag_name"} <= self.database.columns(TAGS):
            return {}
        found: dict[str, list[str]] = defaultdict(list)
        source = f"{TAGGED} t JOIN {TAGS} n ON n.id = t.contenttag_id"
        statement = f"SELECT t.contentnode_id, substr(n.tag_name, 1, 100) FROM {source}"
        for node, name in self.database.rows(statement):
            text = _line(name, 100)[0]
            if text and len(found[_key(node)]) < MOST_OF_ONE:
                found[_key(node)].append(text)
        return {key: sorted(names) for key, names in found.items()}

    def _left_out(self) -> dict[str, int]:
        counts = {
            table: next(self.database.rows(f"SELECT count(*) FROM {table}"))[0]
            for table in LEFT_OUT
            if table in self.database.tables
        }
        return {table: count for table, count in counts.items() if count}

    def _columns(self, table: str, names: Iterable[str], most: int, prefix: str = "") -> str:
        """The columns to ask for, each cut while it is read; NULL for those that there are not."""
        there = self.database.columns(table)
        return ", ".join(
            f"substr({prefix}{name}, 1, {most})" if name in there else f"NULL AS {name}" for name in names
        )


def _root_of(nodes: Iterable[Node]) -> str:
    """The first node without a parent, where the channel does not name its root."""
    roots = sorted((one.place, one.key) for one in nodes if not one.parent)
    return roots[0][1] if roots else ""


def _key(value: object) -> str:
    """An id as Kolibri writes it; empty for anything else."""
    text = _text(value).strip().replace("-", "").lower()
    return text if _KEY.fullmatch(text) else ""


def _codes(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip()[:100] for one in _text(value).split(",") if one.strip()))


def _line(value: object, most: int) -> tuple[str, bool, bool]:
    """One line of text, whether it was cut, and whether something in it is no text."""
    text = _text(value)
    said = " ".join(cleaned(text).split())
    return said[:most].strip(), len(said) > most, _BROKEN in said


def _prose(value: object, most: int) -> tuple[str, bool, bool]:
    text = _text(value)
    said = cleaned(text.replace("\r\n", "\n")).strip()
    return said[:most].strip(), len(said) > most, _BROKEN in said


def _text(value: object) -> str:
    """A value as text: SQLite keeps anything in any column."""
    match value:
        case None:
            return ""
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)


def _number(value: object) -> int:
    return int(_edge(value))


def _edge(value: object) -> float:
    try:
        number = float(_text(value) or 0)
    except ValueError:
        return 0.0
    return number if -_FURTHEST < number < _FURTHEST else 0.0
