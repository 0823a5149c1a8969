"""Find resources, and keep the index."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, cast, func, not_, or_, select

from accounts.classes.models import SchoolClass
from accounts.classes.queries import class_ids_of
from accounts.organisations.queries import ancestors_of
from accounts.people.models import Hat
from core.database import db
from core.paging import BadCursor, decode_cursor, encode_cursor
from library.curriculum.models import Subject, TextbookEdition, Volume
from library.resources.models import EndUser, Resource, ResourceBody, ResourceKind
from library.resources.queries import visible_to
from library.search import phrases
from library.search.asking import Asked, asked
from library.search.dictionary import SHORTEST_BEGUN
from library.search.engine import (
    EVERYBODY,
    MOST_FEATURES,
    Cursor,
    Engine,
    Entry,
    Facet,
    NoIndex,
    Order,
    Query,
    Results,
)
from library.search.entries import (
    END_USERS,
    FEATURES,
    KINDS,
    LANGUAGES,
    LEVEL_BOUNDS,
    end_user_number,
    entries,
    feature_number,
    kind_number,
    language_number,
    open_text,
)
from library.search.letters import is_han
from library.search.places import Places, number_of
from library.search.questions import LONGEST
from library.search.vocabulary import NAME
from library.search.wishes import Wish
from library.search.words import shown_form

log = logging.getLogger(__name__)
PAGE = 20
MANY = 2_000
"""From so many changed resources on, making the index anew is quicker than changing it."""
MOST_COUNTED = 1_000
"""Without an index, counting stops here."""
REPORT_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A resource that was found, and the text that shows why."""

    resource: Resource
    text: str
    """Of its body: the beginning, without what pupils may not read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of resources, and what there is more of."""

    total: int
    hits: Sequence[Hit]
    subjects: Mapping[str, int]
    """Counts by subject code."""
    grades: Mapping[int, int]
    kinds: Mapping[ResourceKind, int]
    languages: Mapping[str, int]
    editions: Mapping[str, int]
    """Counts by edition code."""
    end_users: Mapping[EndUser, int]
    features: Mapping[str, int]
    """Counts by the code of what makes them usable by more people."""
    next: str | None
    words: Sequence[str]
    """What to mark in titles."""
    mended: Mapping[str, Sequence[str]]
    """Words that stand nowhere, and what was looked for in their place."""
    missing: Sequence[str] = ()
    """Words that stand nowhere."""
    is_relaxed: bool = False
    is_at_least: bool = False
    """There may be more than ``total``."""
    is_without_index: bool = False


def find(engine: Engine, hat: Hat, wish: Wish, places: Places, *, limit: int = PAGE) -> Found:
    """The page of resources visible to *hat* that *wish* asks for.

    Raises:
        BadCursor: the wish's cursor is damaged.
    """
    if wish.question.is_wordless:
        return Found(0, [], {}, {}, {}, {}, {}, {}, {}, None, [], {})
    words = asked(wish.text, wish.question.phrases, wish.question.unwanted, wish.question.words.split())
    try:
        results = phrases.search(engine, _query(hat, wish, words, places, limit), _texts)
    except NoIndex:
        log.warning("the search index is not readable; answering from the database")
        return _without_index(hat, wish, limit)
    facets = results.facets
    subjects, editions = places.subject_codes, places.edition_codes
    likewise = [word for group in words.alternatives.values() for word in group]
    meant = [*likewise, *(word for group in results.mended.values() for word in group)]
    return Found(
        total=results.total,
        hits=_in_order(results.ids),
        subjects={subjects[one]: count for one, count in facets[Facet.SUBJECT].items() if one in subjects},
        grades=facets[Facet.GRADE],
        kinds={KINDS[one - 1]: count for one, count in facets[Facet.KIND].items()},
        languages={LANGUAGES[one - 1]: count for one, count in facets[Facet.LANGUAGE].items()},
        editions={editions[one]: count for one, count in facets[Facet.EDITION].items() if one in editions},
        end_users={END_USERS[one - 1]: count for one, count in facets[Facet.END_USER].items()},
        features={FEATURES[one - 1]: count for one, count in facets[Facet.FEATURE].items()},
        next=_next(results),
        words=[one for one in (*words.phrases, *words.weights, *meant) if not one.startswith(NAME)],
        mended=results.mended,
        missing=[shown_form(word) for word in results.missing],
        is_relaxed=results.is_relaxed,
        is_at_least=results.is_at_least,
    )


def complete(engine: Engine, typed: str, limit: int) -> list[str]:
    """What may be being typed: the text, its last word completed or put right."""
    before, _, last = typed[:LONGEST].rpartition(" ")
    begun = f"{before} " if before else ""
    if not last:
        return []
    found = engine.suggest(last, limit)
    for cut_off in range(1, len(last)):
        # Chinese has no spaces: the end of it may be the beginning of a word.
        if found or not is_han(last[cut_off:]) or len(last) - cut_off < SHORTEST_BEGUN:
            break
        found = [last[:cut_off] + word for word in engine.suggest(last[cut_off:], limit)]
    return [begun + word for word in found]


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


def _query(hat: Hat, wish: Wish, words: Asked, places: Places, limit: int) -> Query:
    filters: dict[Facet, Iterable[int]] = {
        Facet.SUBJECT: [number_of(wish.subject, places.subject_codes)] if wish.subject else (),
        Facet.EDITION: [number_of(wish.edition, places.edition_codes)] if wish.edition else (),
        Facet.GRADE: wish.grades,
        Facet.KIND: map(kind_number, wish.kinds),
        Facet.LANGUAGE: [language_number(wish.language) or -1] if wish.language else (),
        Facet.HALF: [wish.half] if wish.half else (),
        Facet.LEVEL: [wish.level] if wish.level else (),
        Facet.END_USER: [end_user_number(wish.end_user)] if wish.end_user else (),
        # A code that is not known is a value that nothing has.
        Facet.FEATURE: [feature_number(wish.feature) or MOST_FEATURES] if wish.feature else (),
    }
    chosen = {facet: frozenset(values) for facet, values in filters.items()}
    return Query(
        asked=words,
        audiences=frozenset(db.session.scalars(ancestors_of(hat.organisation))),
        person=hat.person_id,
        filters={facet: values for facet, values in chosen.items() if values},
        order=wish.order,
        after=_cursor(wish.cursor),
        limit=limit,
        grade=_own_grade(hat, wish) if wish.order is Order.MOST_USED else EVERYBODY,
    )


def _own_grade(hat: Hat, wish: Wish) -> int:
    """The grade that is asked for, or else the one in which a pupil learns; everybody for other people."""
    if wish.grade or not hat.is_student:
        return wish.grade or EVERYBODY
    grades = select(SchoolClass.grade).where(SchoolClass.id.in_(class_ids_of(hat)))
    return db.session.scalar(grades.order_by(SchoolClass.grade.desc()).limit(1)) or EVERYBODY


def _texts(ids: Sequence[int]) -> dict[int, str]:
    """What can be searched of each resource, as one text."""
    rows = db.session.execute(
        select(*(Resource.id, Resource.kind, Resource.title, Resource.description, Resource.keywords))
        .add_columns(ResourceBody.text, Resource.author)
        .outerjoin(ResourceBody, ResourceBody.resource_id == Resource.id)
        .where(Resource.id.in_(ids))
    )
    return {
        row.id: "\n".join(
            (row.title, row.description, *row.keywords, row.author, open_text(row.kind, row.text))
        )
        for row in rows
    }


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


def _in_order(ids: Sequence[int]) -> list[Hit]:
    rows = db.session.execute(
        select(Resource, ResourceBody.text)
        .outerjoin(ResourceBody, ResourceBody.resource_id == Resource.id)
        .where(Resource.id.in_(ids))
    )
    found = {one.id: Hit(one, open_text(one.kind, text)) for one, text in rows}
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
    words = [*wish.text.split(), *wish.question.phrases]
    hits = [Hit(one, "") for one in rows[:limit]]
    more_than_counted = total == MOST_COUNTED
    return Found(
        *(total, hits, {}, {}, {}, {}, {}, {}, {}, more, words, {}),
        is_at_least=more_than_counted,
        is_without_index=True,
    )


def _filtered(statement: Select[Resource], wish: Wish) -> Select[Resource]:
    for word in (*wish.text.split(), *wish.question.phrases):
        statement = statement.where(_holds(word))
    for word in wish.question.unwanted:
        statement = statement.where(not_(_holds(word)))
    return _for_whom(_in_place(statement, wish), wish)


def _in_place(statement: Select[Resource], wish: Wish) -> Select[Resource]:
    if wish.subject:
        statement = statement.where(
            Resource.subject_id.in_(select(Subject.id).where(Subject.code == wish.subject))
        )
    if wish.edition:
        editions = select(TextbookEdition.id).where(TextbookEdition.code == wish.edition)
        statement = statement.where(Resource.edition_id.in_(editions))
    if wish.half:
        statement = statement.where(Resource.volume_id.in_(select(Volume.id).where(Volume.half == wish.half)))
    if wish.grades:
        first, last = min(wish.grades), max(wish.grades)
        statement = statement.where(Resource.grade_from <= last, Resource.grade_to >= first)
    return statement


def _for_whom(statement: Select[Resource], wish: Wish) -> Select[Resource]:
    if wish.kinds:
        statement = statement.where(Resource.kind.in_(wish.kinds))
    if wish.language:
        statement = statement.where(Resource.language.startswith(wish.language, autoescape=True))
    if wish.end_user:
        statement = statement.where(Resource.end_user == wish.end_user)
    if wish.feature:
        # A list of plain codes, as JSON writes it in either database.
        written = cast(Resource.accessibility, String)
        statement = statement.where(written.contains(f'"{wish.feature}"', autoescape=True))
    if wish.level:
        least, most = LEVEL_BOUNDS[wish.level]
        statement = statement.where(Resource.difficulty >= least, Resource.difficulty <= most)
    return statement


def _holds(word: str) -> ColumnElement[bool]:
    return or_(
        Resource.title.icontains(word, autoescape=True), Resource.description.icontains(word, autoescape=True)
    )
