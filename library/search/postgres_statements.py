"""What the PostgreSQL engine asks: match, right to see, filters, score, counts and page at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, cast

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Float,
    Select,
    String,
    Table,
    and_,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY

from library.search.engine import PUBLIC, Facet, Order, Query, bits_of
from library.search.postgres_models import SearchEntry
from library.search.ranking import ENOUGH, ENOUGH_OF_THE_WORDS, NEARLY, PLACES

STRENGTHS = (0.5, 1.25, 2.25, 3.5)
"""What the weights D, C, B and A stand for, on the scale of ``arrays.impacts``."""
PAGE, TOTAL = "page", "total"
_FULL = 5.0
"""``ts_rank`` takes weights from 0 to 1: of so much."""
_ENDLESS = 1.64493406685
"""It divides by this: the sum over a word that stands at all places (Σ 1/n²)."""

entry = cast("Table", SearchEntry.__table__)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query and what will do in its place, with how much it counts."""

    forms: tuple[str, ...]
    rarity: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to match, and what raises the score of what does."""

    words: Sequence[Word] = ()
    """All of them, or enough of them."""
    helpful: Sequence[Word] = ()
    telling: Sequence[Word] | None = None
    """Where some words are enough: those of which one must be there at least; None where all must be."""
    required: Sequence[Word] = ()


def lexeme(word: str) -> str:
    """*word* as ``tsvector`` and ``tsquery`` read it, whatever it holds."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def search_statement(query: Query, wanted: Wanted) -> Any:  # noqa: ANN401 -- a union of selects of one shape
    """Rows of (what, a, b, number).

    "page": a result's id, nothing, its place; "total": how many there are; else a facet: its value (for
    grades the first and the last), and how many there are of it.
    """
    found = _found(query, wanted)
    flags = {facet: found.c[f"in_{facet.value}"] for facet in query.filters}
    kept = _kept(found, wanted, and_(true(), *flags.values()))
    passed = and_(kept, *flags.values())
    place = _place(query, found, wanted)
    page = select(
        literal(PAGE, String).label("what"),
        found.c.resource_id.label("a"),
        _nothing("b"),
        place.label("number"),
    ).where(passed)
    if query.after is not None:
        page = page.where(tuple_(place, found.c.resource_id) < tuple_(query.after.place, query.after.id))
    page = page.order_by(place.desc(), found.c.resource_id.desc()).limit(query.limit + 1)
    total = select(literal(TOTAL, String), _nothing("a"), _nothing("b"), func.count().filter(passed))
    parts: list[Select[Any]] = [select(page.subquery()), total.select_from(found)]
    if query.counted:
        parts.append(_counts(query, found, kept, flags))
    return union_all(*parts)


def _found(query: Query, wanted: Wanted) -> CTE:
    """Everything that the person may see and the words match, with what each filter says of it."""
    columns: list[ColumnElement[Any]] = [
        *(entry.c[name] for name in ("resource_id", "created", "grade_from", "grade_to", "uses")),
        *(entry.c[facet.value] for facet in query.counted if facet is not Facet.GRADE),
        *(_passes(facet, values).label(f"in_{facet.value}") for facet, values in query.filters.items()),
    ]
    if wanted.words:
        scored = [*wanted.words, *wanted.helpful]
        columns.append(
            reduce(add, [word.rarity * word.weight * _strength(word) for word in scored]).label("score")
        )
    if wanted.telling is not None:
        whole = sum(word.rarity for word in wanted.words) or 1.0
        shares = [case((_holds([word]), word.rarity / whole), else_=0.0) for word in wanted.words]
        columns.append(reduce(add, shares).label("covered"))
    return select(*columns).where(_seen(query), *_matches(query, wanted)).cte("found")


def _seen(query: Query) -> ColumnElement[bool]:
    seen: ColumnElement[bool] = entry.c.audience.in_([PUBLIC, *sorted(query.audiences)])
    if query.person:
        seen = or_(seen, entry.c.author == query.person)
    if query.among is not None:
        seen = and_(seen, entry.c.resource_id.in_(sorted(query.among)))
    return seen


def _matches(query: Query, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.telling is None:
        if wanted.words:
            yield _matching(" & ".join(_any(word.forms) for word in wanted.words))
    else:
        yield _holds(wanted.telling)
        if wanted.required:
            yield _matching(" & ".join(_any(word.forms) for word in wanted.required))
    for together in (*((word,) for word in query.asked.excluded), *query.asked.excluded_together):
        yield not_(_matching(" & ".join(map(lexeme, together))))


def _kept(found: CTE, wanted: Wanted, passed: ColumnElement[bool]) -> ColumnElement[bool]:
    """What holds enough of the words, or close to the most of them that anything holds."""
    if wanted.telling is None:
        return true()
    enough = found.c.covered >= ENOUGH_OF_THE_WORDS
    count = select(func.count()).where(enough, passed).select_from(found).scalar_subquery()
    most = select(func.max(found.c.covered)).where(passed).scalar_subquery()
    return found.c.covered >= case((count >= ENOUGH, ENOUGH_OF_THE_WORDS), else_=most * NEARLY)


def _place(query: Query, found: CTE, wanted: Wanted) -> ColumnElement[int]:
    if query.order is Order.MOST_USED:
        people = as_type(found.c.uses[str(query.grade)].as_string(), BigInteger)
        return func.coalesce(people, 0)
    if query.order is Order.NEWEST or not wanted.words:
        return cast("ColumnElement[int]", found.c.created)
    score: ColumnElement[Any] = found.c.score
    if wanted.telling is not None:
        score = score * found.c.covered * found.c.covered
    return as_type(func.floor(score * PLACES), BigInteger)


def _counts(
    query: Query, found: CTE, kept: ColumnElement[bool], flags: Mapping[Facet, ColumnElement[bool]]
) -> Select[Any]:
    """How many there are of each value of each counted facet, were its own filter not set."""
    sets: list[Any] = []
    names: list[Any] = []
    numbers: list[Any] = []
    values: list[ColumnElement[Any]] = []
    for facet in query.counted:
        others = [flag for other, flag in flags.items() if other is not facet]
        first: ColumnElement[Any] = found.c.grade_from if facet is Facet.GRADE else found.c[facet.value]
        sets.append(tuple_(first, found.c.grade_to) if facet is Facet.GRADE else tuple_(first))
        is_this = func.grouping(first) == 0
        names.append((is_this, literal(facet.value, String)))
        numbers.append((is_this, func.count().filter(and_(kept, *others))))
        values.append(as_type(first, BigInteger))
    last: ColumnElement[Any] = (
        as_type(found.c.grade_to, BigInteger) if Facet.GRADE in query.counted else _nothing("b")
    )
    first_value = func.coalesce(*values) if len(values) > 1 else values[0]
    return (
        select(case(*names), first_value, last, case(*numbers))
        .select_from(found)
        .group_by(func.grouping_sets(*sets))
    )


def _passes(facet: Facet, values: frozenset[int]) -> ColumnElement[bool]:
    if facet is Facet.GRADE:
        return or_(*(and_(entry.c.grade_from <= one, entry.c.grade_to >= one) for one in sorted(values)))
    if facet is Facet.FEATURE:
        return entry.c.features.bitwise_and(bits_of(values)) != 0
    return entry.c[facet.value].in_(sorted(values))


def _strength(word: Word) -> ColumnElement[float]:
    weights = as_type(literal([one / _FULL for one in STRENGTHS], ARRAY(REAL)), ARRAY(REAL))
    ranks = [func.ts_rank(weights, entry.c.words, _query(lexeme(form)), type_=Float) for form in word.forms]
    return (func.greatest(*ranks) if len(ranks) > 1 else ranks[0]) * (_FULL * _ENDLESS)


def _holds(words: Sequence[Word]) -> ColumnElement[bool]:
    return _matching(" | ".join(_any(word.forms) for word in words))


def _matching(text: str) -> ColumnElement[bool]:
    return entry.c.words.bool_op("@@")(_query(text))


def _query(text: str) -> ColumnElement[Any]:
    return as_type(literal(text, String), TSQUERY)


def _any(forms: Iterable[str]) -> str:
    return "(" + " | ".join(map(lexeme, forms)) + ")"


def _nothing(name: str) -> ColumnElement[Any]:
    return as_type(null(), BigInteger).label(name)
