"""The engine for several web hosts: PostgreSQL's full-text index over the same cut words.

A word of an entry carries one of PostgreSQL's four weights, which stands for how strongly it says what the
entry is about (``arrays.impacts``); the score adds them up with each word's rarity, as the embedded engine's.
"""

import math
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, cast

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Table, delete, func, literal, select, text, union_all
from sqlalchemy import Engine as Database
from sqlalchemy.dialects.postgresql import insert

from accounts.classes.grades import GRADES
from library.search.asking import Asked
from library.search.dictionary import Dictionary, search_mended, spellings
from library.search.engine import PUBLIC, Cursor, Entry, Facet, NoIndex, Query, Results, features_in
from library.search.letters import is_han, is_latin, plain
from library.search.postgres_models import LONGEST_WORD, SearchEntry, SearchState, SearchWord
from library.search.postgres_statements import (
    PAGE,
    STRENGTHS,
    TOTAL,
    Wanted,
    Word,
    lexeme,
    search_statement,
)
from library.search.ranking import (
    A_FEW_WORDS,
    ENOUGH,
    ENOUGH_OF_THE_WORDS,
    LENGTH_SHARE,
    SATURATION,
    USUAL_LENGTH,
)

_WRITER = 0x5EA2C4
"""The lock of the one who writes the index."""
_SETTINGS = {"jit": "off", "plan_cache_mode": "force_custom_plan"}
"""Compiling takes longer than searching, and a plan for the usual word is wrong for a rare one."""
_VOCABULARY_BITS = 62
_LETTERS = "DCBA"
_BOUNDS = tuple((low + high) / 2 for low, high in pairwise(STRENGTHS))
_COLUMNS = (
    *("resource_id", "words", "subject", "grade_from", "grade_to", "kind", "language", "edition", "half"),
    *("level", "end_user", "features", "audience", "author", "created", "uses"),
)

_entry = cast("Table", SearchEntry.__table__)
_word = cast("Table", SearchWord.__table__)
_state = cast("Table", SearchState.__table__)


@dataclass
class _Counts:
    """In how many entries each word stands: in all of them, and in those that everybody sees."""

    all: Counter[str]
    public: Counter[str]
    entries: int = 0

    @classmethod
    def none(cls) -> "_Counts":
        return cls(Counter(), Counter())

    def add(self, words: Collection[str], *, is_public: bool, times: int = 1) -> None:
        self.entries += times
        for word in words:
            self.all[word] += times
            if is_public:
                self.public[word] += times


class PostgresEngine:
    """See ``Engine``. Shared by threads; *database* gives the connection pool when it is needed."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._dictionary: tuple[int, Dictionary] | None = None

    def index(self, entries: Iterable[Entry], gone: Collection[int] = ()) -> None:
        """See ``Engine.index``.

        Raises:
            NoIndex: there is none to add to.
        """
        with self._writing() as connection:
            _known(connection, ())
            # Read after the lock is held: who waited for it would bring back what was overtaken meanwhile.
            fresh = {entry.id: entry for entry in entries}
            counts = _Counts.none()
            leaving = _entry.c.resource_id.in_([*fresh, *gone])
            old = select(func.tsvector_to_array(_entry.c.words), _entry.c.audience).where(leaving)
            for words, audience in connection.execute(old):
                counts.add(words, is_public=audience == PUBLIC, times=-1)
            connection.execute(delete(_entry).where(leaving))
            _copy(connection, fresh.values(), counts)
            _add_words(connection, counts)

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """See ``Engine.rebuild``: until it commits, searches see the old entries."""
        with self._writing() as connection:
            for table in (_entry, _word):
                connection.execute(delete(table))
            counts = _Counts.none()
            _copy(connection, entries, counts)
            _copy_words(connection, counts)
            made = insert(_state).values(id=1, entries=counts.entries, vocabulary=_new_vocabulary())
            changed = {"entries": made.excluded.entries, "vocabulary": made.excluded.vocabulary}
            connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=changed))
        with self._database().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # The old entries' room, and what the planner knows of the new ones.
            connection.execute(text("VACUUM (ANALYZE) search_entry, search_word"))
        return counts.entries

    def check(self) -> None:
        """See ``Engine.check``: PostgreSQL looks after what it keeps; whether there is an index is asked."""
        with self._database().connect() as connection:
            _known(connection, ())

    def search(self, query: Query) -> Results:
        """See ``Engine.search``."""
        with self._database().connect() as connection:
            known = _known(connection, _words_of(query.asked))

            def search(asking: Query) -> Results:
                is_as_asked = asking.asked is query.asked
                return _search(
                    connection, asking, known if is_as_asked else _known(connection, _words_of(asking.asked))
                )

            dictionary = self._words(connection, known.vocabulary)
            return search_mended(query, search, lambda word: known.of(word) > 0, dictionary)

    def suggest(self, typed: str, limit: int = 8) -> list[str]:
        """See ``Engine.suggest``."""
        with self._database().connect() as connection:
            return self._words(connection, _known(connection, ()).vocabulary).suggest(plain(typed), limit)

    def __len__(self) -> int:
        with self._database().connect() as connection:
            return _known(connection, ()).entries

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database().begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_WRITER)))
            yield connection

    def _words(self, connection: Connection, vocabulary: int) -> Dictionary:
        with self._lock:
            kept = self._dictionary
            if kept is None or kept[0] != vocabulary:
                rows = connection.execute(
                    select(_word.c.word, _word.c.public_entries).where(_word.c.public_entries > 0)
                )
                kept = vocabulary, Dictionary(spellings({word: count for word, count in rows.all()}))  # noqa: C416 -- rows are no pairs to a type checker
                self._dictionary = kept
            return kept[1]


@dataclass(frozen=True, slots=True)
class _Known:
    """How many entries there are, in how many each word of a query stands, and which vocabulary it is."""

    entries: int
    vocabulary: int
    frequencies: Mapping[str, int]

    def of(self, *words: str) -> int:
        return min(self.entries, sum(self.frequencies.get(word, 0) for word in words))


def _known(connection: Connection, words: Collection[str]) -> _Known:
    """Look *words* up, and set what this transaction's statements need.

    Raises:
        NoIndex: there is none.
    """
    settings = func.concat(*(func.set_config(name, value, True) for name, value in _SETTINGS.items()))  # noqa: FBT003 -- until the transaction ends
    state = select(literal(""), _state.c.entries, _state.c.vocabulary, settings)
    counts = select(_word.c.word, _word.c.entries, literal(0), literal("")).where(
        _word.c.word.in_(sorted(words))
    )
    rows = connection.execute(union_all(state, counts) if words else state).all()
    found = {word: (entries, vocabulary) for word, entries, vocabulary, _ in rows}
    if "" not in found:
        raise NoIndex
    total, vocabulary = found.pop("")
    return _Known(total, vocabulary, {word: count for word, (count, _) in found.items()})


def _words_of(asked: Asked) -> set[str]:
    return {*asked.weights, *(other for others in asked.alternatives.values() for other in others)} - {""}


def _new_vocabulary() -> int:
    return secrets.randbits(_VOCABULARY_BITS)


def _search(connection: Connection, query: Query, known: _Known) -> Results:
    asked, total = query.asked, known.entries

    def weighed(word: str, weight: float = 1.0) -> Word:
        forms = (word, *asked.alternatives.get(word, ()))
        frequency = known.of(*forms)
        return Word(forms, math.log(1 + (total - frequency + 0.5) / (frequency + 0.5)), weight)

    required = [weighed(word) for word in asked.required]
    needed = [weighed(word) for word in asked.needed]
    helpful = [weighed(word, weight) for word, weight in asked.helpful.items() if known.of(word)]
    there = [word for word in needed if known.of(*word.forms)]
    words = [*required, *(there or needed)]
    full = _asked(connection, query, Wanted(words, helpful))
    missing = tuple(word.forms[0] for word in needed if word not in there)
    full = replace(full, is_relaxed=bool(there and missing), missing=missing)
    wanted = ENOUGH if len(needed) > A_FEW_WORDS else 1
    if len(there) <= 1 or full.total >= wanted:
        return full
    some = _asked(
        connection, query, Wanted([*required, *there], helpful, _telling(required, there), required)
    )
    if some.total < ENOUGH:
        some = _asked(connection, query, Wanted([*required, *there], helpful, there, required))
    return replace(some, is_relaxed=True, missing=missing) if some.total > full.total else full


def _telling(required: list[Word], there: list[Word]) -> list[Word]:
    """What holds half of the words by weight holds one of these: the others make up less than half."""
    left = sum(word.rarity for word in (*required, *there)) * ENOUGH_OF_THE_WORDS
    telling = sorted(there, key=lambda word: -word.rarity)
    while len(telling) > 1 and telling[-1].rarity < left:
        left -= telling.pop().rarity
    return telling


def _asked(connection: Connection, query: Query, wanted: Wanted) -> Results:
    page: list[tuple[int, int]] = []
    total = 0
    facets: dict[Facet, dict[int, int]] = {facet: {} for facet in query.counted}
    for what, first, last, number in connection.execute(search_statement(query, wanted)):
        if what == PAGE:
            page.append((number, first))
        elif what == TOTAL:
            total = number
        elif number:
            counted = facets[Facet(what)]
            for value in _values(Facet(what), first, last):
                counted[value] = counted.get(value, 0) + number
    for facet, counted in facets.items():
        for value in [one for one in counted if not one or (facet is Facet.GRADE and one not in GRADES)]:
            del counted[value]
    page.sort(reverse=True)
    shown = page[: query.limit]
    after = Cursor(*shown[-1]) if len(page) > query.limit else None
    return Results(total, [number for _, number in shown], facets, after)


def _values(facet: Facet, first: int, last: int | None) -> Iterable[int]:
    """The values that a row of counts stands for: those of a range of grades, or of a number's bits."""
    if facet is Facet.FEATURE:
        return features_in(first)
    return range(first, last + 1) if last is not None else (first,)


def _copy(connection: Connection, entries: Iterable[Entry], counts: _Counts) -> None:
    command = f"COPY search_entry ({', '.join(_COLUMNS)}) FROM STDIN"
    with _driver(connection).cursor() as cursor, cursor.copy(command) as copy:
        for entry in entries:
            words = {word: weight for word, weight in entry.words.items() if _is_kept(word)}
            counts.add(words.keys(), is_public=entry.audience == PUBLIC)
            uses = Jsonb({str(grade): people for grade, people in entry.uses.items()})
            numbers = [getattr(entry, name) for name in _COLUMNS[2:-1]]
            copy.write_row((entry.id, _vector(words), *numbers, uses))


def _copy_words(connection: Connection, counts: _Counts) -> None:
    command = "COPY search_word (word, entries, public_entries) FROM STDIN"
    with _driver(connection).cursor() as cursor, cursor.copy(command) as copy:
        for word, number in counts.all.items():
            copy.write_row((word, number, counts.public[word]))


def _add_words(connection: Connection, counts: _Counts) -> None:
    rows = [
        {"word": word, "entries": number, "public_entries": counts.public[word]}
        for word, number in sorted(counts.all.items())
        if number or counts.public[word]
    ]
    values: dict[str, Any] = {"entries": _state.c.entries + counts.entries}
    if rows:
        added = insert(_word)
        changes = {name: _word.c[name] + added.excluded[name] for name in ("entries", "public_entries")}
        connection.execute(added.on_conflict_do_update(index_elements=["word"], set_=changes), rows)
        if any(number and (is_han(word) or is_latin(word)) for word, number in counts.public.items()):
            values["vocabulary"] = _new_vocabulary()
        connection.execute(delete(_word).where(_word.c.entries <= 0))
    connection.execute(_state.update().values(values))


def _vector(words: Mapping[str, float]) -> str:
    length = sum(words.values())
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
    strong = ((word, weight * (SATURATION + 1) / (weight + norm)) for word, weight in words.items())
    return " ".join(
        f"{lexeme(word)}:1{_LETTERS[sum(value > one for one in _BOUNDS)]}" for word, value in strong
    )


def _is_kept(word: str) -> bool:
    return 0 < len(word) <= LONGEST_WORD and "\0" not in word


def _driver(connection: Connection) -> Any:  # noqa: ANN401 -- psycopg's own connection, for COPY
    return connection.connection.driver_connection
