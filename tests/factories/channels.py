"""Channels of Kolibri, written when a test asks for them: of today's tables, and of the first ones."""

import hashlib
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

NEW, OLD, MIDDLE = "5", "v0.2.0-beta1", "v0.4.0-beta3"
MATHEMATICS, GEOMETRY = "d&WXdXWF.qs0Xlaxq", "d&WXdXWF.qs0Xlaxq.lb7ELcK5"
LOWER_SECONDARY, PRESCHOOL = "svpsy", "b#GEd"
CHANNEL = "c" * 32

_COMMON = """
CREATE TABLE content_contenttag (id CHAR(32) PRIMARY KEY, tag_name VARCHAR(30) NOT NULL);
CREATE TABLE content_contentnode_tags (
  id INTEGER PRIMARY KEY, contentnode_id CHAR(32) NOT NULL, contenttag_id CHAR(32) NOT NULL);
CREATE TABLE content_contentnode_has_prerequisite (
  id INTEGER PRIMARY KEY, from_contentnode_id CHAR(32) NOT NULL, to_contentnode_id CHAR(32) NOT NULL);
"""
_TREE = "lft INTEGER NOT NULL, rght INTEGER NOT NULL, tree_id INTEGER NOT NULL, level INTEGER NOT NULL"
SCHEMAS = {
    NEW: _COMMON
    + f"""
CREATE TABLE content_language (id VARCHAR(14) PRIMARY KEY, lang_code VARCHAR(3) NOT NULL,
  lang_name VARCHAR(100));
CREATE TABLE content_channelmetadata (
  id CHAR(32) PRIMARY KEY, name VARCHAR(200) NOT NULL, description VARCHAR(400) NOT NULL,
  tagline VARCHAR(150),
  author VARCHAR(400) NOT NULL, version INTEGER NOT NULL, thumbnail TEXT NOT NULL, last_updated VARCHAR,
  min_schema_version VARCHAR(50) NOT NULL, root_id CHAR(32) NOT NULL);
CREATE TABLE content_contentnode (
  id CHAR(32) PRIMARY KEY, license_name VARCHAR(50), license_description TEXT, title VARCHAR(200) NOT NULL,
  coach_content BOOL NOT NULL, content_id CHAR(32) NOT NULL, channel_id CHAR(32) NOT NULL, description TEXT,
  sort_order FLOAT, license_owner VARCHAR(200) NOT NULL, author VARCHAR(200) NOT NULL,
  kind VARCHAR(200) NOT NULL,
  available BOOL NOT NULL, options TEXT, grade_levels TEXT, resource_types TEXT, learning_activities TEXT,
  accessibility_labels TEXT, categories TEXT, learner_needs TEXT, duration INTEGER, lang_id VARCHAR(14),
  parent_id CHAR(32), {_TREE});
CREATE TABLE content_localfile (
  id VARCHAR(32) PRIMARY KEY, extension VARCHAR(40) NOT NULL, available BOOL NOT NULL, file_size INTEGER);
CREATE TABLE content_file (
  id CHAR(32) PRIMARY KEY, preset VARCHAR(150) NOT NULL, supplementary BOOL NOT NULL, thumbnail BOOL NOT NULL,
  priority INTEGER, contentnode_id CHAR(32) NOT NULL, lang_id VARCHAR(14),
  local_file_id VARCHAR(32) NOT NULL);
CREATE INDEX content_file_node ON content_file (contentnode_id);
""",
    OLD: _COMMON
    + f"""
CREATE TABLE content_channelmetadata (
  id CHAR(32) PRIMARY KEY, name VARCHAR(200) NOT NULL, description VARCHAR(400) NOT NULL,
  author VARCHAR(400) NOT NULL, version INTEGER NOT NULL, thumbnail TEXT NOT NULL, root_pk CHAR(32) NOT NULL);
CREATE TABLE content_license (id INTEGER PRIMARY KEY, license_name VARCHAR(50) NOT NULL);
CREATE TABLE content_contentnode (
  id CHAR(32) PRIMARY KEY, title VARCHAR(200) NOT NULL, content_id CHAR(32) NOT NULL,
  description VARCHAR(400),
  sort_order FLOAT, license_owner VARCHAR(200) NOT NULL, author VARCHAR(200) NOT NULL,
  kind VARCHAR(200) NOT NULL,
  available BOOL NOT NULL, license_id INTEGER, stemmed_metaphone VARCHAR(1800) NOT NULL,
  parent_id CHAR(32), {_TREE});
CREATE TABLE content_file (
  id CHAR(32) PRIMARY KEY, checksum VARCHAR(400) NOT NULL, extension VARCHAR(40) NOT NULL,
  available BOOL NOT NULL,
  file_size INTEGER, supplementary BOOL NOT NULL, thumbnail BOOL NOT NULL, priority INTEGER,
  contentnode_id CHAR(32), lang_id VARCHAR(7), preset VARCHAR(150) NOT NULL);
""",
}
SCHEMAS[MIDDLE] = (
    SCHEMAS[NEW]
    .replace("grade_levels TEXT, resource_types TEXT, learning_activities TEXT,\n  ", "")
    .replace("accessibility_labels TEXT, categories TEXT, learner_needs TEXT, duration INTEGER, ", "")
    .replace("min_schema_version VARCHAR(50) NOT NULL, ", "")
)


def node_key(name: str) -> str:
    """The id of the node that a test calls *name*."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def checksum(content: bytes) -> str:
    """What a file is called without its ending."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


class ChannelMaker:
    """A channel's database on its way."""

    def __init__(self, path: Path, schema: str = NEW, **about: object) -> None:
        path.unlink(missing_ok=True)
        self.path, self.schema = path, schema
        self._connection = sqlite3.connect(path)
        self._connection.executescript(SCHEMAS[schema])
        self._edge = 1
        root = {"root_pk" if schema == OLD else "root_id": node_key("root")}
        more = {"min_schema_version": schema} if schema == NEW else {}
        self.insert(
            "content_channelmetadata",
            {
                "id": CHANNEL,
                "name": "数学频道",
                "description": "",
                "author": "",
                "version": 1,
                "thumbnail": "",
            }
            | root
            | more
            | about,
        )
        self.node("root", "topic", "数学频道", parent=None)

    def insert(self, table: str, row: Mapping[str, object]) -> None:
        """Put a row into a table."""
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))

    def run(self, script: str) -> None:
        """Do anything to the database, as who means harm would."""
        self._connection.executescript(script)

    def node(
        self,
        name: str,
        kind: str,
        title: object = "",
        *,
        parent: str | None = "root",
        **columns: Any,  # noqa: ANN401 -- any column of the table
    ) -> str:
        """Add a node below *parent*; returns its id."""
        self._edge += 1
        row: dict[str, object] = {
            "id": node_key(name), "title": title, "content_id": node_key(f"content {name}"), "kind": kind,
            "license_owner": "", "author": "", "available": 0, "sort_order": self._edge,
            "parent_id": node_key(parent) if parent else None,
            "lft": self._edge, "rght": self._edge + 1, "tree_id": 1, "level": 0,
        }  # fmt: skip
        row |= (
            {"stemmed_metaphone": ""} if self.schema == OLD else {"channel_id": CHANNEL, "coach_content": 0}
        )
        self.insert("content_contentnode", row | columns)
        return node_key(name)

    def file(self, node: str, content: bytes, extension: str, preset: str = "", **columns: object) -> str:
        """Let a file belong to a node; returns what it is called in the storage folder."""
        name = checksum(content)
        row: dict[str, object] = {
            "id": node_key(f"{node} {name} {preset}"), "contentnode_id": node_key(node), "preset": preset,
            "supplementary": 0, "thumbnail": 0, "priority": 1,
        }  # fmt: skip
        if self.schema == OLD:
            row |= {"checksum": name, "extension": extension, "available": 0}
        else:
            self._connection.execute(
                "INSERT OR IGNORE INTO content_localfile VALUES (?, ?, 0, ?)",
                (name, extension, len(content)),
            )
            row |= {"local_file_id": name}
        self.insert("content_file", row | columns)
        return f"{name}.{extension}"

    def tag(self, node: str, *words: str) -> None:
        """Tag a node."""
        for word in words:
            self.insert("content_contenttag", {"id": node_key(word), "tag_name": word})
            self.insert(
                "content_contentnode_tags",
                {"contentnode_id": node_key(node), "contenttag_id": node_key(word)},
            )

    def finish(self) -> Path:
        """Write it down."""
        self._connection.commit()
        self._connection.close()
        return self.path


def make_storage(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Kolibri's folder ``content`` with files under their first two letters."""
    for name, content in files:
        place = folder / "storage" / name[0] / name[1] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def zipped(
    database: Path, files: Sequence[tuple[str, bytes]] = (), folder: str = "KOLIBRI_DATA/content/"
) -> bytes:
    """A channel as one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.write(database, f"{folder}databases/{CHANNEL}.sqlite3")
        for name, content in files:
            archive.writestr(f"{folder}storage/{name[0]}/{name[1]}/{name}", content)
    return out.getvalue()
