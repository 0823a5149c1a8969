"""Tantivy: the same cut words in boosted fields, BM25, its own counts, "so many of" and fuzzy words."""

from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur

from benchmarks.search.asking import FIELDS, LIMIT, texts
from benchmarks.search.ways.way import Answer, alternatives, folder_mb, is_enough, some_of
from library.search.engine import PUBLIC, Facet, Query

NUMBERS = ("id", "subject", "grade_from", "grade_to", "kind", "language", "audience")
FACETS = {Facet.SUBJECT: "subject", Facet.GRADE: "grade_from", Facet.KIND: "kind", Facet.LANGUAGE: "language"}
HEAP = 128 << 20
MOST_VALUES = 50
SHORTEST_FUZZY = 4


class Tantivy:
    """See ``Way``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = tantivy.SchemaBuilder()
        for name in FIELDS:
            made.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        for name in NUMBERS:
            made.add_integer_field(name, indexed=True, fast=True)
        self.schema = made.build()
        self.index = tantivy.Index(self.schema, path=str(folder))

    def build(self) -> None:
        """See ``Way.build``."""
        writer = self.index.writer(HEAP, 1)
        for text in texts():
            document = tantivy.Document()
            for name, words in text.words.items():
                document.add_text(name, words)
            document.add_integer("id", text.id)
            for name, number in text.numbers.items():
                document.add_integer(name, number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, query: Query) -> Answer:
        """See ``Way.ask``."""
        self.index.reload()
        searcher = self.index.searcher()
        asked = query.asked
        groups = [self._any(alternatives(asked, word)) for word in asked.needed]
        must = [(Occur.Must, self._any(alternatives(asked, word))) for word in asked.required]
        helpful = [
            (Occur.Should, tantivy.Query.boost_query(self._any((word,)), weight))
            for word, weight in asked.helpful.items()
        ]
        without = [
            (Occur.MustNot, tantivy.Query.boolean_query([(Occur.Must, self._any((word,))) for word in words]))
            for words in (*((word,) for word in asked.excluded), *asked.excluded_together)
        ]
        if not (groups or must):
            return self._answer(searcher, query, [(Occur.Must, tantivy.Query.all_query()), *without])
        every = [*must, *((Occur.Must, group) for group in groups), *helpful, *without]
        found = self._answer(searcher, query, every)
        if is_enough(asked, found.total) and (found.total or len(groups) != 1):
            return found
        some = [(Occur.Should, group) for group in groups]
        if len(groups) > 1:
            enough = tantivy.Query.boolean_query(some, minimum_number_should_match=some_of(len(groups)))
            found = self._answer(searcher, query, [*must, (Occur.Must, enough), *helpful, *without])
            if not found.total:
                any_of = tantivy.Query.boolean_query(some)
                found = self._answer(searcher, query, [*must, (Occur.Must, any_of), *helpful, *without])
        if found.total or not groups:
            return found
        fuzzy = [
            (Occur.Should, self._fuzzy(word) if len(word) >= SHORTEST_FUZZY else group)
            for word, group in zip(asked.needed, groups, strict=True)
        ]
        enough = tantivy.Query.boolean_query(fuzzy, minimum_number_should_match=some_of(len(groups)))
        return self._answer(searcher, query, [*must, (Occur.Must, enough), *without])

    def _answer(self, searcher: Any, query: Query, clauses: list[Any]) -> Answer:  # noqa: ANN401 -- Tantivy's
        seen = self._among("audience", [PUBLIC, *query.audiences])
        limits = {facet: self._filter(facet, values) for facet, values in query.filters.items()}
        whole = self._limited([*clauses, (Occur.Must, seen)], limits.values())
        found = searcher.search(whole, limit=LIMIT, count=True)
        plain = {facet: name for facet, name in FACETS.items() if facet not in limits}
        searcher.aggregate(whole, {name: _terms(name) for name in plain.values()})
        for facet in limits:
            others = [limit for other, limit in limits.items() if other is not facet]
            name = FACETS[facet]
            searcher.aggregate(self._limited([*clauses, (Occur.Must, seen)], others), {name: _terms(name)})
        ids = searcher.fast_field_values("id", [address for _, address in found.hits]) if found.hits else []
        return Answer(found.count, list(ids))

    def _limited(self, clauses: list[Any], limits: Any) -> Any:  # noqa: ANN401 -- likewise
        return tantivy.Query.boolean_query([*clauses, *((Occur.Must, limit) for limit in limits)])

    def _filter(self, facet: Facet, values: frozenset[int]) -> Any:  # noqa: ANN401 -- likewise
        if facet is not Facet.GRADE:
            return self._among(facet.value, list(values))
        grade = min(values)
        low = tantivy.Query.range_query(self.schema, "grade_from", tantivy.FieldType.Integer, 0, max(values))
        high = tantivy.Query.range_query(self.schema, "grade_to", tantivy.FieldType.Integer, grade, 99)
        return tantivy.Query.const_score_query(
            tantivy.Query.boolean_query([(Occur.Must, low), (Occur.Must, high)]), 0.0
        )

    def _among(self, name: str, values: list[int]) -> Any:  # noqa: ANN401 -- likewise
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self.schema, name, values), 0.0)

    def _any(self, words: tuple[str, ...]) -> Any:  # noqa: ANN401 -- likewise
        return tantivy.Query.boolean_query(
            [
                (
                    Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self.schema, name, word, "freq"), weight
                    ),
                )
                for word in words
                for name, weight in FIELDS.items()
            ]
        )

    def _fuzzy(self, word: str) -> Any:  # noqa: ANN401 -- likewise
        return tantivy.Query.boolean_query(
            [
                (Occur.Should, tantivy.Query.fuzzy_term_query(self.schema, name, word, distance=1))
                for name in ("title", "keywords", "points")
            ]
        )

    def size_mb(self) -> float:
        """See ``Way.size_mb``."""
        return folder_mb(self.folder)


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": MOST_VALUES}}
