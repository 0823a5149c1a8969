"""The embedded engine: Whoosh's files, scored by arrays.

What stands in its folder is told by ``generations.py``. A process notices another's commit by the new name in
``current``, at its next question. Everything is read into memory once and checked there: a file that is
deleted, cut or overwritten afterwards harms nobody who reads.
"""

import json
import logging
import shutil
import threading
import uuid
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.search import generations, whoosh_files
from library.search.arrays import Postings
from library.search.dictionary import Dictionary, Spelling, search_mended, spellings
from library.search.engine import PUBLIC, Entry, NoIndex, Query, Results
from library.search.letters import plain
from library.search.snapshot import Part, Snapshot

log = logging.getLogger(__name__)
CACHE_BYTES = 64 << 20
_VOCABULARY = "vocabulary"
_OF_REBUILD = f"{_VOCABULARY}-all.json"
"""The words of the public entries: those of the rebuild, and in a second file those of changes since."""


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
        self._size += postings.size_bytes + len(key[1])
        while self._size > self._limit and len(self._kept) > 1:
            (_, word), dropped = self._kept.popitem(last=False)
            self._size -= dropped.size_bytes + len(word)


@dataclass
class _Loaded:
    """A generation as it is in memory."""

    generation: generations.Generation
    files: Mapping[str, bytes]
    segments: whoosh_files.Segments
    snapshot: Snapshot

    @cached_property
    def dictionary(self) -> Dictionary:
        """What can be suggested; made when it is first needed."""
        known: dict[str, Spelling] = {}
        for name, content in self.files.items():
            if name.startswith(_VOCABULARY):
                for one in (Spelling(*row) for row in json.loads(content)):
                    before = known.get(one.word)
                    known[one.word] = replace(one, count=one.count + before.count) if before else one
        return Dictionary(known.values())


class WhooshEngine:
    """See ``Engine``. One a process; threads may share it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._root = folder
        self._lock = threading.RLock()
        self._cache = _Cache(CACHE_BYTES)
        self._loaded: _Loaded | None = None

    def index(self, entries: Iterable[Entry], gone: Collection[int] = ()) -> None:
        """See ``Engine.index``.

        Raises:
            NoIndex: there is none to add to, or another process keeps it.
        """
        with self._writing():
            loaded = self._latest()
            if not loaded.generation.is_there(loaded.files):
                raise NoIndex
            counts: Counter[str] = Counter()
            written = whoosh_files.update(loaded.files, _counted(entries, counts), gone)
            vocabulary = self._grown(loaded, counts)
            for name in [one for one in written if one.startswith(_VOCABULARY) and one != _OF_REBUILD]:
                del written[name]
            written |= vocabulary
            hashes = dict(loaded.generation.hashes)
            for name in written.keys() - hashes.keys():
                hashes[name] = generations.write_file(loaded.generation.folder, name, written[name])
            generations.announce(
                self._root, loaded.generation.folder, {name: hashes[name] for name in written}
            )

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """See ``Engine.rebuild``."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._writing():
            fresh = generations.new_folder(self._root)
            try:
                counts: Counter[str] = Counter()
                total = Counter[str]()
                whoosh_files.create(fresh, _counted(entries, counts, total))
                generations.write_file(fresh, _OF_REBUILD, _rows(counts))
                generations.announce(self._root, fresh, generations.sync_existing(fresh))
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            return total["entries"]

    def check(self) -> None:
        """See ``Engine.check``."""
        generations.open_generation(self._root, lambda _generation: {})

    def search(self, query: Query) -> Results:
        """See ``Engine.search``."""
        loaded = self._latest()
        snapshot = loaded.snapshot
        return search_mended(query, snapshot.search, snapshot.knows, loaded.dictionary)

    def suggest(self, typed: str, limit: int = 8) -> list[str]:
        """See ``Engine.suggest``."""
        return self._latest().dictionary.suggest(plain(typed), limit)

    def __len__(self) -> int:
        return len(self._latest().snapshot)

    def _writing(self) -> AbstractContextManager[None]:
        return whoosh_files.single_writer(self._root / "lock")

    def _latest(self) -> _Loaded:
        """The generation that counts.

        Raises:
            NoIndex: there is none, or it is damaged.
        """
        name = generations.current_name(self._root)
        loaded = self._loaded
        if loaded is not None and loaded.generation.name == name:
            return loaded
        with self._lock:
            if self._loaded is None or self._loaded.generation.name != name:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> _Loaded:
        generation, files = generations.open_generation(self._root, self._read_before)
        segments = whoosh_files.Segments(files)
        index = generation.folder.name
        try:
            parts = [
                self._part(segments, number, f"{index}/{name}")
                for number, name in enumerate(segments.names())
            ]
            return _Loaded(generation, files, segments, Snapshot(parts))
        except whoosh_files.DAMAGE as error:
            raise NoIndex from error

    def _read_before(self, generation: generations.Generation) -> Mapping[str, bytes]:
        """Files of *generation* that are in memory already."""
        before = self._loaded
        if before is None or before.generation.folder != generation.folder:
            return {}
        same = before.generation.hashes.items() & generation.hashes.items()
        return {name: before.files[name] for name, _ in same}

    def _part(self, segments: whoosh_files.Segments, number: int, name: str) -> Part:
        postings = partial(self._postings, segments, number, name, segments.lengths(number))
        uses = partial(self._locked, partial(segments.uses, number))
        return Part(segments.columns(number), segments.deleted(number), postings, uses)

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
                found = self._locked(lambda word: segments.postings(number, word, lengths), word)
                self._cache.put((name, word), found)
            return found

    def _locked(self, read: Callable[[Any], Postings], asked: object) -> Postings:
        with self._lock:
            try:
                return read(asked)
            except whoosh_files.DAMAGE as error:
                raise NoIndex from error

    @staticmethod
    def _grown(loaded: _Loaded, counts: Counter[str]) -> dict[str, bytes]:
        """The file of words that came since the rebuild, with *counts* added."""
        for name, content in loaded.files.items():
            if name.startswith(_VOCABULARY) and name != _OF_REBUILD:
                counts.update({word: count for word, count, *_ in json.loads(content)})
        return {f"{_VOCABULARY}-{uuid.uuid4().hex}.json": _rows(counts)}

    def forget(self) -> None:
        """Let go of what was read, as at the end of a process."""
        with self._lock:
            self._loaded = None


def _counted(
    entries: Iterable[Entry], counts: Counter[str], total: Counter[str] | None = None
) -> Iterator[Entry]:
    """The entries; meanwhile count the words of the public ones: what others wrote is not suggested."""
    for entry in entries:
        if entry.audience == PUBLIC:
            counts.update(entry.words.keys())
        if total is not None:
            total["entries"] += 1
        yield entry


def _rows(counts: Mapping[str, int]) -> bytes:
    return json.dumps([astuple(one) for one in spellings(counts)], ensure_ascii=False).encode()
