"""Resources as an engine keeps them."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, func, select

from core.database import db
from library.curriculum.models import KnowledgePoint, Subject, Unit
from library.documents.models import ResourceExtract
from library.resources.models import (
    Resource,
    ResourceBody,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    Tier,
)
from library.resources.sheets import sheet_of
from library.search.engine import NOBODY, PUBLIC, Entry
from library.search.words import weigh

TITLE, KEYWORDS, POINTS, AUTHOR, UNIT, DESCRIPTION, BODY = 4.0, 3.0, 3.0, 2.0, 1.5, 1.0, 0.5
"""What a word counts by where it stands."""
BODY_LETTERS = 1_500
PORTION = 1_000
KINDS = tuple(ResourceKind)
LANGUAGES = ("zh", "en")
SECONDS_PER_MINUTE = 60


def entries(ids: Collection[int] | None = None) -> Iterator[Entry]:
    """The resources with *ids*, or all of them, in the order of their ids; read in portions."""
    after = 0
    while True:
        rows = db.session.execute(_portion(ids, after)).all()
        if not rows:
            return
        points = _point_names([row.id for row in rows])
        yield from (_entry(row, points.get(row.id, "")) for row in rows)
        after = rows[-1].id


def kind_number(kind: ResourceKind) -> int:
    """A kind as the engine's columns hold it; 0 is none."""
    return KINDS.index(kind) + 1


def language_number(language: str) -> int:
    """A language as the engine's columns hold it; 0 is another one."""
    short = language.partition("-")[0]
    return LANGUAGES.index(short) + 1 if short in LANGUAGES else 0


def _portion(ids: Collection[int] | None, after: int) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            *(Resource.id, Resource.title, Resource.description, Resource.keywords, Resource.author),
            *(Resource.subject_id, Resource.grade_from, Resource.grade_to, Resource.kind, Resource.language),
            *(Resource.tier, Resource.organisation_id, Resource.review_state, Resource.created_by_id),
            *(Resource.created_at, ResourceBody.text, Resource.edition_id),
            func.substr(ResourceExtract.text, 1, BODY_LETTERS).label("extract"),
            Unit.name.label("unit_name"),
            Subject.name.label("subject_name"),
        )
        .outerjoin(ResourceBody, ResourceBody.resource_id == Resource.id)
        .outerjoin(ResourceExtract, ResourceExtract.resource_id == Resource.id)
        .outerjoin(Subject, Subject.id == Resource.subject_id)
        .outerjoin(Unit, Unit.id == Resource.unit_id)
        .where(Resource.id > after)
        .order_by(Resource.id)
        .limit(PORTION)
    )
    return statement if ids is None else statement.where(Resource.id.in_(ids))


def _point_names(ids: list[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(ResourcePoint.resource_id, KnowledgePoint.name, KnowledgePoint.name_en)
        .join(KnowledgePoint, KnowledgePoint.id == ResourcePoint.point_id)
        .where(ResourcePoint.resource_id.in_(ids))
    )
    names: dict[int, str] = {}
    for resource_id, name, name_en in rows:
        names[resource_id] = f"{names.get(resource_id, '')} {name} {name_en}"
    return names


def _entry(row: Any, points: str) -> Entry:  # noqa: ANN401 -- a row of the statement above
    fields = (
        (row.title, TITLE),
        (" ".join(row.keywords), KEYWORDS),
        (points, POINTS),
        (row.author, AUTHOR),
        (f"{row.unit_name or ''} {row.subject_name or ''}", UNIT),
        (row.description, DESCRIPTION),
        # Without its key: what a pupil may not read must not be found by searching either.
        (sheet_of(row.kind, row.text or "").text[:BODY_LETTERS], BODY),
        (row.extract or "", BODY),
    )
    return Entry(
        id=row.id,
        words=weigh(fields),
        subject=row.subject_id or 0,
        grade_from=row.grade_from,
        grade_to=row.grade_to,
        kind=kind_number(row.kind),
        language=language_number(row.language),
        edition=row.edition_id or 0,
        audience=_audience(row),
        author=row.created_by_id or 0,
        created=int(row.created_at.timestamp()) // SECONDS_PER_MINUTE,
    )


def _audience(row: Any) -> int:  # noqa: ANN401 -- likewise
    if row.review_state is not ReviewState.PUBLISHED:
        return NOBODY
    if row.tier is Tier.PUBLIC:
        return PUBLIC
    if row.tier is Tier.PERSONAL or row.organisation_id is None:
        return NOBODY
    return int(row.organisation_id)
