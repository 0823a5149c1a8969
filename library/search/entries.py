"""Resources as an engine keeps them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, func, select

from core.database import db
from library.curriculum.models import KnowledgePoint, Subject, Unit, Volume
from library.curriculum.services import merged_into
from library.resources.accessibility import FEATURES as KNOWN_FEATURES
from library.resources.models import (
    EndUser,
    Resource,
    ResourceBody,
    ResourceExtract,
    ResourceKind,
    ResourcePoint,
    ResourceUse,
    ReviewState,
    Tier,
)
from library.resources.sheets import sheet_of
from library.search.engine import EVERYBODY, NOBODY, PUBLIC, Entry, bits_of
from library.search.words import weigh

TITLE, KEYWORDS, POINTS, AUTHOR, UNIT, DESCRIPTION, BODY = 4.0, 3.0, 3.0, 2.0, 1.5, 1.0, 0.5
"""What a word counts by where it stands."""
POINT_NAME, UNIT_NAME, KEYWORD_NAME = 4.0, 2.0, 3.0
"""What the whole name of a knowledge point or unit counts, and a whole keyword."""
EASY, HARD = 0.35, 0.65
"""Where difficulty, from 0 to 1, ends to be easy and begins to be hard."""
LEVEL_BOUNDS = {1: (0.0, EASY), 2: (EASY, HARD), 3: (HARD, 1.0)}
BODY_LETTERS = 1_500
PORTION = 1_000
KINDS = tuple(ResourceKind)
LANGUAGES = ("zh", "en")
END_USERS = tuple(EndUser)
FEATURES = tuple(one for one in KNOWN_FEATURES if one != "none")
"""In the order of the vocabulary, at whose end new codes are added: their places stand in indexes."""
SECONDS_PER_MINUTE = 60


def entries(ids: Collection[int] | None = None) -> Iterator[Entry]:
    """The resources with *ids*, or all of them, in the order of their ids; read in portions."""
    after, former = 0, former_names()
    while True:
        rows = db.session.execute(_portion(ids, after)).all()
        if not rows:
            return
        portion = [row.id for row in rows]
        points, uses = _points(portion, former), _uses(portion)
        yield from (_entry(row, points.get(row.id, []), uses.get(row.id, {})) for row in rows)
        after = rows[-1].id


def kind_number(kind: ResourceKind) -> int:
    """A kind as the engine's columns hold it; 0 is none."""
    return KINDS.index(kind) + 1


def language_number(language: str) -> int:
    """A language as the engine's columns hold it; 0 is another one."""
    short = language.partition("-")[0]
    return LANGUAGES.index(short) + 1 if short in LANGUAGES else 0


def level_number(difficulty: float | None) -> int:
    """How hard it is, as the engine's columns hold it; 0 is not told."""
    if difficulty is None:
        return 0
    return 1 if difficulty < EASY else 3 if difficulty > HARD else 2


def end_user_number(end_user: EndUser) -> int:
    """For whom it is, as the engine's columns hold it."""
    return END_USERS.index(end_user) + 1


def feature_number(code: str) -> int:
    """A feature as a value of the facet; 0 for a code that is not known."""
    return FEATURES.index(code) + 1 if code in FEATURES else 0


def open_text(kind: ResourceKind, body: str | None) -> str:
    """What is searched of a body: its beginning, and of a worksheet what is not its key.

    What a pupil may not read must not be found by searching either, nor shown as what was found.
    """
    return sheet_of(kind, body or "").text[:BODY_LETTERS]


def _portion(ids: Collection[int] | None, after: int) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            *(Resource.id, Resource.title, Resource.description, Resource.keywords, Resource.author),
            *(Resource.subject_id, Resource.grade_from, Resource.grade_to, Resource.kind, Resource.language),
            *(Resource.tier, Resource.organisation_id, Resource.review_state, Resource.created_by_id),
            *(Resource.created_at, ResourceBody.text, Resource.edition_id, Resource.difficulty),
            *(Resource.end_user, Resource.accessibility),
            Volume.half,
            func.substr(ResourceExtract.text, 1, BODY_LETTERS).label("extract"),
            Unit.name.label("unit_name"),
            Subject.name.label("subject_name"),
        )
        .outerjoin(ResourceBody, ResourceBody.resource_id == Resource.id)
        .outerjoin(ResourceExtract, ResourceExtract.resource_id == Resource.id)
        .outerjoin(Subject, Subject.id == Resource.subject_id)
        .outerjoin(Unit, Unit.id == Resource.unit_id)
        .outerjoin(Volume, Volume.id == Resource.volume_id)
        .where(Resource.id > after)
        .order_by(Resource.id)
        .limit(PORTION)
    )
    return statement if ids is None else statement.where(Resource.id.in_(ids))


def former_names() -> dict[int, list[tuple[str, str]]]:
    """By the id of a knowledge point: the names of those that turned out to be it, in both languages.

    Who learnt the old name looks for it, and a textbook goes on to print it.
    """
    ends = merged_into()
    rows = db.session.execute(
        select(KnowledgePoint.id, KnowledgePoint.name, KnowledgePoint.name_en)
        .where(KnowledgePoint.merged_into_id.is_not(None))
        .order_by(KnowledgePoint.id)
    )
    names: dict[int, list[tuple[str, str]]] = {}
    for point_id, name, name_en in rows:
        if point_id in ends:
            names.setdefault(ends[point_id], []).append((name, name_en))
    return names


def _points(ids: list[int], former: Mapping[int, list[tuple[str, str]]]) -> dict[int, list[tuple[str, str]]]:
    """Names of each resource's knowledge points, in both languages, and those that they had as others."""
    rows = db.session.execute(
        select(ResourcePoint.resource_id, KnowledgePoint.id, KnowledgePoint.name, KnowledgePoint.name_en)
        .join(KnowledgePoint, KnowledgePoint.id == ResourcePoint.point_id)
        .where(ResourcePoint.resource_id.in_(ids))
    )
    names: dict[int, list[tuple[str, str]]] = {}
    for resource_id, point_id, name, name_en in rows:
        names.setdefault(resource_id, []).extend([(name, name_en), *former.get(point_id, ())])
    return {one: list(dict.fromkeys(found)) for one, found in names.items()}


def _uses(ids: list[int]) -> dict[int, dict[int, int]]:
    """How many people of each grade used each resource, and how many in all."""
    rows = db.session.execute(
        select(ResourceUse.resource_id, ResourceUse.grade, ResourceUse.people)
        .where(ResourceUse.resource_id.in_(ids))
        .where(ResourceUse.people > 0)
    )
    uses: dict[int, dict[int, int]] = {}
    for resource_id, grade, people in rows:
        of_one = uses.setdefault(resource_id, {EVERYBODY: 0})
        of_one[EVERYBODY] += people
        # People without a grade count among all only.
        if grade:
            of_one[grade] = people
    return uses


def _entry(row: Any, points: list[tuple[str, str]], uses: dict[int, int]) -> Entry:  # noqa: ANN401 -- a row of the statement above
    fields = (
        (row.title, TITLE),
        (" ".join(row.keywords), KEYWORDS),
        (" ".join(f"{name} {name_en}" for name, name_en in points), POINTS),
        (row.author, AUTHOR),
        (f"{row.unit_name or ''} {row.subject_name or ''}", UNIT),
        (row.description, DESCRIPTION),
        (open_text(row.kind, row.text), BODY),
        (row.extract or "", BODY),
    )
    names = (
        *((one, POINT_NAME) for names in points for one in names),
        *((keyword, KEYWORD_NAME) for keyword in row.keywords),
        (row.unit_name or "", UNIT_NAME),
    )
    return Entry(
        id=row.id,
        words=weigh(fields, names),
        subject=row.subject_id or 0,
        grade_from=row.grade_from,
        grade_to=row.grade_to,
        kind=kind_number(row.kind),
        language=language_number(row.language),
        edition=row.edition_id or 0,
        audience=_audience(row),
        author=row.created_by_id or 0,
        created=int(row.created_at.timestamp()) // SECONDS_PER_MINUTE,
        half=row.half or 0,
        level=level_number(row.difficulty),
        end_user=end_user_number(row.end_user),
        features=bits_of(map(feature_number, row.accessibility)),
        uses=uses,
    )


def _audience(row: Any) -> int:  # noqa: ANN401 -- likewise
    if row.review_state is not ReviewState.PUBLISHED:
        return NOBODY
    if row.tier is Tier.PUBLIC:
        return PUBLIC
    if row.tier is Tier.PERSONAL or row.organisation_id is None:
        return NOBODY
    return int(row.organisation_id)
