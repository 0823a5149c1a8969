"""Find resources, and keep the index."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from accounts.organisations.queries import ancestors_of
from accounts.people.models import Hat
from core.database import db
from core.paging import BadCursor, decode_cursor, encode_cursor
from library.curriculum.models import Subject
from library.resources.models import Resource, ResourceKind
from library.resources.queries import visible_to
from library.search.engine import Cursor, Engine, Entry, Facet, NoIndex, Query, Results
from library.search.entries import KINDS, LANGUAGES, entries, kind_number, language_number
from library.search.wishes import Wish
from library.search.words import Asked, asked

log = logging.getLogger(__name__)
PAGE = 20
MANY = 2_000
"""From so many changed resources on, making the index anew is quicker than changing it."""
MOST_COUNTED = 1_000
"""Without an index, counting stops here."""
REPORT_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """A page of resources, and what there is more of."""

    total: int
    resources: Sequence[Resource]
    subjects: Mapping[str, int]
    """Counts by subject code."""
    grades: Mapping[int, int]
    kinds: Mapping[ResourceKind, int]
    languages: Mapping[str, int]
    next: str | None
    words: Sequence[str]
    """What to mark in titles."""
    is_relaxed: bool = False
    is_without_index: bool = False


def subject_names() -> dict[str, str]:
    """Names of subjects, in both languages and lower case, to their codes."""
    names: dict[str, str] = {}
    for subject in db.session.scalars(select(Subject)):
        names |= {subject.name.casefold(): subject.code, subject.name_en.casefold(): subject.code}
    names.pop("", None)
    return names


def subject_codes() -> dict[int, str]:
    """Codes of subjects by their ids."""
    return {row.id: row.code for row in db.session.execute(select(Subject.id, Subject.code))}


def find(engine: Engine, hat: Hat, wish: Wish, *, limit: int = PAGE) -> Found:
    """The page of resources visible to *hat* that *wish* asks for.

    Raises:
        BadCursor: the wish's cursor is damaged.
    """
    codes = subject_codes()
    subjects = {code: number for number, code in codes.items()}
    words = asked(wish.text)
    try:
        results = engine.search(_query(hat, wish, words, subjects, limit))
    except NoIndex:
        log.warning("the search index is not readable; answering from the database")
        return _without_index(hat, wish, limit)
    facets = results.facets
    return Found(
        total=results.total,
        resources=_in_order(results.ids),
        subjects={codes[number]: count for number, count in facets[Facet.SUBJECT].items() if number in codes},
        grades=facets[Facet.GRADE],
        kinds={KINDS[number - 1]: count for number, count in facets[Facet.KIND].items()},
        languages={LANGUAGES[number - 1]: count for number, count in facets[Facet.LANGUAGE].items()},
        next=_next(results),
        words=list(words.weights),
        is_relaxed=results.is_relaxed,
    )


def index_resources(engine: Engine, ids: Sequence[int]) -> None:
    """Bring the entries of *ids* up to date; what is gone from the database leaves the index.

    Raises:
        NoIndex: there is no index to change; ``rebuild_index`` makes one.
    """
    there = set(db.session.scalars(select(Resource.id).where(Resource.id.in_(ids))))
    engine.index(entries(there), gone=set(ids) - there)


def rebuild_index(engine: Engine, on_progress: Callable[[int, int], None]) -> int:
    """Make the index anew beside the old one, which answers until the new one is whole."""
    total = db.session.scalar(select(func.count()).select_from(Resource)) or 0
    return engine.rebuild(_counted(entries(), total, on_progress))


def _counted(made: Iterable[Entry], total: int, on_progress: Callable[[int, int], None]) -> Iterator[Entry]:
    for number, entry in enumerate(made, start=1):
        if number % REPORT_EVERY == 0:
            # Progress is written to the database, which the reading transaction must not hold open.
            db.session.rollback()
            on_progress(number, total)
        yield entry


def _query(hat: Hat, wish: Wish, words: Asked, subjects: Mapping[str, int], limit: int) -> Query:
    filters: dict[Facet, frozenset[int]] = {}
    if wish.subject:
        filters[Facet.SUBJECT] = frozenset({subjects.get(wish.subject, -1)})
    if wish.grade:
        filters[Facet.GRADE] = frozenset({wish.grade})
    if wish.kind:
        filters[Facet.KIND] = frozenset({kind_number(wish.kind)})
    if wish.language:
        filters[Facet.LANGUAGE] = frozenset({language_number(wish.language) or -1})
    return Query(
        asked=words,
        audiences=frozenset(db.session.scalars(ancestors_of(hat.organisation))),
        person=hat.person_id,
        filters=filters,
        order=wish.order,
        after=_cursor(wish.cursor),
        limit=limit,
    )


def _cursor(text: str) -> Cursor | None:
    if not text:
        return None
    match decode_cursor(text):
        case [int(place), int(number)]:
            return Cursor(place, number)
        case _:
            raise BadCursor


def _next(results: Results) -> str | None:
    after = results.next
    return encode_cursor([after.place, after.id]) if after else None


def _in_order(ids: Sequence[int]) -> list[Resource]:
    found = {one.id: one for one in db.session.scalars(select(Resource).where(Resource.id.in_(ids)))}
    return [found[number] for number in ids if number in found]


def _without_index(hat: Hat, wish: Wish, limit: int) -> Found:
    """Newest first among those whose title or description holds every word: slower and plainer, but there."""
    wished = _filtered(visible_to(hat), wish)
    total = db.session.scalar(select(func.count()).select_from(wished.limit(MOST_COUNTED).subquery())) or 0
    after = _cursor(wish.cursor)
    if after:
        wished = wished.where(Resource.id < after.id)
    rows = list(db.session.scalars(wished.order_by(Resource.id.desc()).limit(limit + 1)))
    more = encode_cursor([0, rows[limit - 1].id]) if len(rows) > limit else None
    return Found(total, rows[:limit], {}, {}, {}, {}, more, wish.text.split(), is_without_index=True)


def _filtered(statement: Select[Resource], wish: Wish) -> Select[Resource]:
    for word in wish.text.split():
        statement = statement.where(
            or_(
                Resource.title.icontains(word, autoescape=True),
                Resource.description.icontains(word, autoescape=True),
            )
        )
    if wish.subject:
        statement = statement.where(
            Resource.subject_id.in_(select(Subject.id).where(Subject.code == wish.subject))
        )
    if wish.grade:
        statement = statement.where(Resource.grade_from <= wish.grade, Resource.grade_to >= wish.grade)
    if wish.kind:
        statement = statement.where(Resource.kind == wish.kind)
    if wish.language:
        statement = statement.where(Resource.language.startswith(wish.language, autoescape=True))
    return statement
