"""Segments written by Whoosh 2.7.4 (``whoosh_writer.py``), read back as arrays; nothing else imports it.

The index is a disposable cache in a private folder: Whoosh pickles inside, syncs and checks nothing. So it
never sees the disk but for the first writing: it gets the bytes of files whose hashes were checked
(``generations.py``), and what it writes is put on the disk by us (docs/decisions/0005-whoosh-2-7-4.md).
"""

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.search.arrays import Postings, impacts
from library.search.engine import Entry, NoIndex

with warnings.catch_warnings():
    # Ten years old: its string literals hold escapes that newer Pythons warn about when they compile it.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import columns, fields, formats, index, reading
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.util.filelock import FileLock, try_for

    from library.search.whoosh_writer import LENGTH, NUMBERS, USES, WORDS, EntryWriter, FieldWriter

DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    NameError,
    index.IndexError,
)
"""What reading a damaged or vanishing file of Whoosh's raises: it checks nothing itself."""
_BLOCK = 4096
_LOCK_SECONDS = 30.0


class _WeightedWords(fields.FieldType):  # type: ignore[misc] # Whoosh ships no types
    """A field of words cut beforehand, each with its weight; no positions, nothing stored."""

    def __init__(self) -> None:
        super().__init__(
            format=formats.Existence(), analyzer=None, scorable=False, stored=False, unique=False, vector=None
        )


def _schema() -> Any:  # noqa: ANN401 -- Whoosh ships no types
    numbers = {name: fields.COLUMN(columns.NumericColumn(code)) for name, code in NUMBERS.items()}
    return fields.Schema(
        **{WORDS: _WeightedWords(), LENGTH: fields.COLUMN(columns.NumericColumn("f"))}, **numbers
    )


class _Codec(W3Codec):  # type: ignore[misc] # as above
    """Whoosh's own format; only the way it is written differs."""

    length_stats = False  # none are kept

    def field_writer(self, storage: object, segment: object) -> FieldWriter:
        """Who writes the postings."""
        return FieldWriter(self, storage, segment)


@contextmanager
def single_writer(lock_file: Path) -> Iterator[None]:
    """Hold the right to write; it ends with the process that holds it.

    Raises:
        NoIndex: another process has held it for too long.
    """
    lock = FileLock(str(lock_file))
    if not try_for(lock.acquire, timeout=_LOCK_SECONDS, delay=0.05):
        raise NoIndex
    try:
        yield
    finally:
        lock.release()


class _Memory(RamStorage):  # type: ignore[misc] # as above
    """Files as bytes."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)

    def temp_storage(self, name: str | None = None) -> "_Memory":
        """Where the writer puts what it needs meanwhile: its own way leads to a folder that all share."""
        del name
        return _Memory({})


def create(folder: Path, entries: Iterable[Entry]) -> None:
    """Write an index of *entries* into the empty *folder*."""
    _write(FileStorage(str(folder)).create_index(_schema()), entries, ())


def update(files: Mapping[str, bytes], entries: Iterable[Entry], gone: Collection[int]) -> dict[str, bytes]:
    """Replace *entries* and remove *gone* in the index that *files* are; returns the files it then is.

    Raises:
        NoIndex: the index cannot be read.
    """
    memory = _Memory(files)
    replaced = list(entries)
    try:
        opened = index.FileIndex(memory)
        _write(opened, replaced, {*gone, *(entry.id for entry in replaced)})
    except DAMAGE as error:
        raise NoIndex from error
    return dict(memory.files)


def _write(opened: Any, entries: Iterable[Entry], gone: Collection[int]) -> None:  # noqa: ANN401 -- as above
    codec = _Codec(blocklimit=_BLOCK, compression=0)
    writer = EntryWriter(opened, timeout=_LOCK_SECONDS, codec=codec, compound=False)
    try:
        for document in _documents_of(writer, gone):
            writer.delete_document(document)
        for entry in entries:
            writer.add_entry(entry)
        writer.commit()
    except BaseException:
        # Without this a failed write leaves the index locked.
        writer.cancel()
        raise


def _documents_of(writer: Any, ids: Collection[int]) -> list[int]:  # noqa: ANN401 -- as above
    if not ids:
        return []
    reader = writer.reader()
    try:
        found = []
        for leaf, base in reader.leaf_readers():
            column = _numbers(leaf, "id", "q")
            found += [int(one) + base for one in np.flatnonzero(np.isin(column, list(ids)))]
        return found
    finally:
        reader.close()


class Segments:
    """The segments of one committed generation. A reader is shared by threads under a lock only."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        try:
            self._reader = index.FileIndex(_Memory(files)).reader()
        except DAMAGE as error:
            raise NoIndex from error
        # An index without a document has a reader without a segment.
        self._leaves = [leaf for leaf, _ in self._reader.leaf_readers() if leaf.segment()]

    def names(self) -> list[str]:
        """An identifier of each segment; a segment of the same name has the same postings for ever."""
        return [leaf.segment().segment_id() for leaf in self._leaves]

    def columns(self, number: int) -> dict[str, NDArray[np.int64]]:
        """The columns of segment *number*, each of shape (n,)."""
        leaf = self._leaves[number]
        return {name: _numbers(leaf, name, code).astype(np.int64) for name, code in NUMBERS.items()}

    def lengths(self, number: int) -> NDArray[np.float32]:
        """The sum of word weights of each document."""
        return _numbers(self._leaves[number], LENGTH, "f").astype(np.float32)

    def deleted(self, number: int) -> NDArray[np.bool_]:
        """Which documents no longer count."""
        leaf = self._leaves[number]
        gone = np.zeros(leaf.doc_count_all(), bool)
        gone[list(leaf.segment().deleted_docs())] = True
        return gone

    def postings(self, number: int, word: str, lengths: NDArray[np.float32]) -> Postings:
        """A word's postings, with its impacts."""
        documents, weights = self._weights(number, word)
        return Postings(documents, impacts(weights, lengths[documents]), len(lengths))

    def uses(self, number: int, grade: int) -> Postings:
        """The documents that people of *grade* used, and how many people."""
        documents, people = self._weights(number, f"{USES}{grade}")
        return Postings(documents, people)

    def _weights(self, number: int, word: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        try:
            matcher = self._leaves[number].postings(WORDS, word.encode())
        except reading.TermNotFound:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        return _decode(matcher)


def _decode(matcher: Any) -> tuple[NDArray[np.int32], NDArray[np.float32]]:  # noqa: ANN401 -- as above
    if not hasattr(matcher, "_read_ids"):
        # A word of a single document is kept beside the word itself.
        pairs = []
        while matcher.is_active():
            pairs.append((matcher.id(), matcher.weight()))
            matcher.next()
        return np.array([one for one, _ in pairs], np.int32), np.array([one for _, one in pairs], np.float32)
    documents, weights = [], []
    while matcher.is_active():
        matcher._read_ids()  # noqa: SLF001 -- a block at a time: posting by posting takes fifty times as long
        matcher._read_weights()  # noqa: SLF001 -- likewise
        documents.append(np.asarray(matcher._ids, np.int32))  # noqa: SLF001 -- likewise
        weights.append(np.asarray(matcher._weights, np.float32))  # noqa: SLF001 -- likewise
        matcher._next_block()  # noqa: SLF001 -- likewise
    return np.concatenate(documents), np.concatenate(weights)


def _numbers(leaf: Any, name: str, code: str) -> NDArray[Any]:  # noqa: ANN401 -- as above
    """A whole column at once; trailing defaults are not stored."""
    total = leaf.doc_count_all()
    found = np.zeros(total, np.dtype(code).newbyteorder(">"))
    if leaf.has_column(name):
        column = leaf.column_reader(name, translate=False)
        raw = column._dbfile.get(column._basepos, column._count * column._fixedlen)  # noqa: SLF001 -- one by one takes a second
        found[: column._count] = np.frombuffer(bytes(raw), found.dtype)  # noqa: SLF001 -- likewise
    return found
