"""How entries get into a segment of Whoosh 2.7.4: whole lists at a time, in its own format.

Whoosh takes a document field by field and a posting at a time, each through half a dozen calls. An entry is
always of the same shape, so its numbers and postings are gathered in arrays and handed over when it commits.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

import numpy as np
from whoosh import writing
from whoosh.codec.whoosh3 import W3FieldWriter

from library.search.engine import Entry

WORDS, LENGTH = "words", "length"
NUMBERS = {
    "id": "q",
    "subject": "i",
    "grade_from": "b",
    "grade_to": "b",
    "kind": "b",
    "language": "b",
    "edition": "i",
    "half": "b",
    "level": "b",
    "end_user": "b",
    "features": "i",
    "audience": "q",
    "author": "q",
    "created": "i",
}
"""The columns and their types, as ``struct`` writes them."""
USES = "\0"
"""Begins the word whose weights are uses by a grade; no text holds it."""
_numbers_of = attrgetter(*NUMBERS)
_Postings = tuple[bytes, "array[int]", "array[float]"]


class _Pool:
    """Postings on their way into a segment: eight bytes each, where Whoosh's own pool spills to disk."""

    def __init__(self) -> None:
        self._postings: dict[str, tuple[array[int], array[float]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting of a segment that is merged; documents come in ascending order."""
        _, word, document, weight, _ = posting
        self.add_words(document, {word.decode(): weight})

    def add_words(self, document: int, words: Mapping[str, float]) -> None:
        """Take the words of one document."""
        postings = self._postings
        for word, weight in words.items():
            kept = postings.get(word)
            if kept is None:
                kept = postings[word] = (array("I"), array("f"))
            kept[0].append(document)
            kept[1].append(weight)

    def iter_postings(self) -> Iterator[_Postings]:
        """All of them, word by word, in the order of their UTF-8 bytes, which is that of the letters."""
        for word in sorted(self._postings):
            yield word.encode(), *self._postings.pop(word)

    def cleanup(self) -> None:
        """Forget them."""
        self._postings.clear()


class FieldWriter(W3FieldWriter):  # type: ignore[misc] # Whoosh ships no types
    """Writes the postings of a word in blocks as they are, where Whoosh takes each one by itself."""

    def add_postings(self, schema: Any, lengths: object, items: Iterable[_Postings]) -> None:  # noqa: ANN401 -- as above
        """Write the postings of the pool; no lengths are kept."""
        del lengths
        self.start_field(WORDS, schema[WORDS])
        for word, documents, weights in items:
            self.start_term(word)
            self._add_blocks(documents, weights)
            self.finish_term()
        self.finish_field()

    def _add_blocks(self, documents: "array[int]", weights: "array[float]") -> None:
        """All but the last block are written; the last is left to the end of the term, as Whoosh does."""
        block = self._postwriter
        size = block._blocklimit  # noqa: SLF001 -- a posting at a time takes ten times as long
        for start in range(0, len(documents), size):
            if start:
                block._write_block()  # noqa: SLF001 -- likewise
            block._ids = documents[start : start + size]  # noqa: SLF001 -- likewise
            block._weights = weights[start : start + size]  # noqa: SLF001 -- likewise
            block._maxweight = max(block._weights)  # noqa: SLF001 -- likewise


class EntryWriter(writing.SegmentWriter):  # type: ignore[misc] # as above
    """A writer of segments that takes entries."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401 -- as above
        super().__init__(*args, **settings)
        self.pool = _Pool()
        self._columns = {name: array(code) for name, code in NUMBERS.items()}
        self._lengths = array("f")

    def add_entry(self, entry: Entry) -> None:
        """Take one entry."""
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.finish_doc()
        for column, number in zip(self._columns.values(), _numbers_of(entry), strict=True):
            column.append(number)
        self._lengths.append(sum(entry.words.values()))
        self.pool.add_words(self.docnum, entry.words)
        uses = {f"{USES}{grade}": people for grade, people in entry.uses.items() if people}
        self.pool.add_words(self.docnum, uses)
        self._added = True
        self.docnum += 1

    def commit(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401 -- as above
        """Write what was taken; then other segments may be merged into it."""
        if self._added:
            columns: dict[str, array[Any]] = {**self._columns, LENGTH: self._lengths}
            for name, numbers in columns.items():
                self._write_column(name, numbers)
        super().commit(*args, **settings)

    def _write_column(self, name: str, numbers: "array[Any]") -> None:
        writer, kind = self.perdocwriter, self.schema[name].column_type
        writer._create_column(name, kind)  # noqa: SLF001 -- a number at a time takes ten times as long
        column = writer._get_column(name)  # noqa: SLF001 -- likewise
        values = np.frombuffer(numbers, numbers.typecode)
        column._dbfile.write(values.astype(values.dtype.newbyteorder(">")).tobytes())  # noqa: SLF001 -- likewise
        column._count = len(numbers)  # noqa: SLF001 -- likewise
