"""Whoosh as its documentation shows it: fields with positions, BM25F, a parsed query, facets by grouping."""

import warnings
from pathlib import Path
from typing import Any

from benchmarks.search.asking import FIELDS, LIMIT, texts
from benchmarks.search.ways.way import Answer, alternatives, folder_mb, is_enough
from library.search.engine import PUBLIC, Facet, Query

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import analysis, fields, index, sorting
    from whoosh import query as q

NUMBERS = ("subject", "grade_from", "grade_to", "kind", "language", "audience")
FACETS = ("subject", "grade_from", "kind", "language")
HEAP_MB = 256


class PlainWhoosh:
    """See ``Way``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The words are cut already, as Whoosh's ChineseAnalyzer would do with jieba, but with true positions.
        spaces = analysis.SpaceSeparatedTokenizer()
        text = {name: fields.TEXT(analyzer=spaces, field_boost=boost) for name, boost in FIELDS.items()}
        numbers = {name: fields.NUMERIC(int, sortable=True) for name in NUMBERS}
        self.schema = fields.Schema(id=fields.NUMERIC(int, stored=True, bits=64), **text, **numbers)
        self._searcher: Any = None

    def build(self) -> None:
        """See ``Way.build``."""
        made = index.create_in(str(self.folder), self.schema)
        writer = made.writer(limitmb=HEAP_MB)
        for one in texts():
            writer.add_document(id=one.id, **one.words, **one.numbers)
        writer.commit(optimize=True)

    def ask(self, query: Query) -> Answer:
        """See ``Way.ask``."""
        if self._searcher is None:
            self._searcher = index.open_dir(str(self.folder)).searcher()
        asked = query.asked
        groups = [_any(alternatives(asked, word)) for word in asked.needed]
        must = [_any(alternatives(asked, word)) for word in asked.required]
        without = [
            q.Not(q.And([_any((word,)) for word in words]))
            for words in (*((word,) for word in asked.excluded), *asked.excluded_together)
        ]
        if not (groups or must):
            return self._answer(query, q.Every())
        found = self._answer(query, q.And([*must, *groups, *without]))
        if is_enough(asked, found.total):
            return found
        return self._answer(query, q.And([*must, q.Or(groups, minmatch=0), *without]))

    def _answer(self, query: Query, wanted: Any) -> Answer:  # noqa: ANN401 -- Whoosh ships no types
        limits: dict[str, Any] = {
            "audience": q.Or(
                [q.Term("audience", self._term("audience", one)) for one in (PUBLIC, *query.audiences)]
            )
        }
        for facet, values in query.filters.items():
            limits[facet.value] = (
                q.And(
                    [
                        q.NumericRange("grade_from", None, max(values)),
                        q.NumericRange("grade_to", min(values), None),
                    ]
                )
                if facet is Facet.GRADE
                else q.Or([q.Term(facet.value, self._term(facet.value, value)) for value in values])
            )
        own = [facet.value for facet in query.filters]
        free = [name for name in FACETS if ("grade" if name == "grade_from" else name) not in own]
        found = self._searcher.search(
            wanted, filter=q.And(list(limits.values())), limit=LIMIT, groupedby=_facets(free)
        )
        for name in FACETS:
            if name not in free:
                mine = "grade" if name == "grade_from" else name
                others = [limit for other, limit in limits.items() if other != mine]
                self._searcher.search(wanted, filter=q.And(others), limit=1, groupedby=_facets([name]))
        return Answer(len(found), [hit["id"] for hit in found])

    def _term(self, name: str, value: int) -> bytes:
        encoded: bytes = self.schema[name].to_bytes(value)
        return encoded

    def size_mb(self) -> float:
        """See ``Way.size_mb``."""
        return folder_mb(self.folder)


def _facets(names: list[str]) -> Any:  # noqa: ANN401 -- as above
    found = sorting.Facets()
    for name in names:
        found.add_facet(name, sorting.FieldFacet(name, maptype=sorting.Count))
    return found


def _any(words: tuple[str, ...]) -> Any:  # noqa: ANN401 -- as above
    return q.Or([q.Term(name, word) for word in words for name in FIELDS])
