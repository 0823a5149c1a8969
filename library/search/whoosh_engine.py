"""The embedded engine: Whoosh's files, scored by arrays.

    search/
      current        names the folder that answers, and counts its generations; replaced by rename
      index-<name>/  one whole index; a rebuild makes a new one beside the old
      lock           held by the one process that writes

A process notices another's commit by the new ``current`` file, at its next question.
"""

import json
import os
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from library.search import whoosh_files
from library.search.arrays import Part, Postings, Snapshot
from library.search.engine import Entry, NoIndex, Query, Results
from library.search.words import plain

FORMAT = 2
"""Raised when what is written changes: an older index is then rebuilt, not read."""
CACHE_BYTES = 64 << 20


class _Cache:
    """The postings used last, up to a number of bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._size = 0
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()

    def get(self, key: tuple[str, str]) -> Postings | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: tuple[str, str], postings: Postings) -> None:
        self._kept[key] = postings
        self._size += postings.size_bytes
        while self._size > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._size -= dropped.size_bytes


class WhooshEngine:
    """See ``Engine``. One a process; threads may share it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._current = folder / "current"
        self._lock = threading.RLock()
        self._cache = _Cache(CACHE_BYTES)
        self._stamp: tuple[int, int] | None = None
        self._segments: whoosh_files.Segments | None = None
        self._snapshot: Snapshot | None = None

    def index(self, entries: Iterable[Entry], gone: Collection[int] = ()) -> None:
        """See ``Engine.index``.

        Raises:
            NoIndex: there is none to add to, or another process keeps it.
        """
        with whoosh_files.single_writer(self._folder / "lock"):
            name = self._named()
            whoosh_files.update(self._folder / name, entries, gone)
            self._announce(name)

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """See ``Engine.rebuild``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with whoosh_files.single_writer(self._folder / "lock"):
            name = f"index-{uuid.uuid4().hex[:12]}"
            fresh = self._folder / name
            fresh.mkdir()
            try:
                count = whoosh_files.create(fresh, entries)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            self._announce(name)
            for old in self._folder.glob("index-*"):
                if old.name != name:
                    shutil.rmtree(old, ignore_errors=True)
            return count

    def search(self, query: Query) -> Results:
        """See ``Engine.search``."""
        return self._latest().search(query)

    def suggest(self, typed: str, limit: int = 8) -> list[str]:
        """See ``Engine.suggest``."""
        self._latest()
        with self._lock:
            counts = self._segments.beginning_with(plain(typed)) if self._segments else {}
        return sorted(counts, key=lambda word: (-counts[word], word))[:limit]

    def __len__(self) -> int:
        return len(self._latest())

    def _named(self) -> str:
        try:
            told = json.loads(self._current.read_text())
        except (OSError, ValueError) as error:
            raise NoIndex from error
        if told.get("format") != FORMAT or not (self._folder / str(told.get("index"))).is_dir():
            raise NoIndex
        return str(told["index"])

    def _announce(self, name: str) -> None:
        fresh = self._folder / f"current-{uuid.uuid4().hex}"
        with fresh.open("w") as out:
            json.dump({"format": FORMAT, "index": name}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._current)
        with self._lock:
            # Two commits within a tick of the clock can look alike from outside.
            self._stamp = None

    def _latest(self) -> Snapshot:
        try:
            found = self._current.stat()
        except OSError as error:
            raise NoIndex from error
        stamp = found.st_ino, found.st_mtime_ns
        with self._lock:
            if self._snapshot is None or stamp != self._stamp:
                self._load()
                self._stamp = stamp
            assert self._snapshot is not None
            return self._snapshot

    def _load(self) -> None:
        segments = whoosh_files.Segments(self._folder / self._named())
        try:
            parts = [self._part(segments, number, name) for number, name in enumerate(segments.names())]
            self._snapshot = Snapshot(parts)
        except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise NoIndex from error
        self._segments = segments

    def _part(self, segments: whoosh_files.Segments, number: int, name: str) -> Part:
        lengths = segments.lengths(number)
        postings = partial(self._postings, segments, number, name, lengths)
        return Part(segments.columns(number), segments.deleted(number), postings)

    def _postings(
        self,
        segments: whoosh_files.Segments,
        number: int,
        name: str,
        lengths: NDArray[np.float32],
        word: str,
    ) -> Postings:
        with self._lock:
            found = self._cache.get((name, word))
            if found is None:
                try:
                    found = segments.postings(number, word, lengths)
                except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
                    raise NoIndex from error
                self._cache.put((name, word), found)
            return found

    def forget(self) -> None:
        """Let go of what was read, as at the end of a process."""
        with self._lock:
            self._segments = self._snapshot = self._stamp = None
