"""Questions from which a draw is made."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, or_, select

from accounts.people.models import Hat
from core.database import db
from homework.assembly.drawing import Candidate
from homework.planning.queries import EASY_BELOW, HARD_FROM, Ease, Found, described
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemKind, ItemPoint, ItemVersion
from library.resources.models import Resource, ResourceItem, ResourceKind
from library.resources.queries import is_among
from library.resources.queries import visible_to as resources_visible_to

MOST_CANDIDATES = 2_000
MOST_POINTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What may be drawn."""

    subject_id: int | None
    kinds: frozenset[ItemKind] = frozenset()
    """All, where none is named."""
    class_ids: tuple[int, ...] = ()
    with_untaught: bool = False
    with_given: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many questions were left out, and why."""

    untaught: int = 0
    given: int = 0


def found_about(hat: Hat, point_ids: Collection[int], filters: Filters) -> list[Found]:
    """The questions about the points that the teacher may use, with all others about the same texts."""
    practices = resources_visible_to(hat).where(
        Resource.kind.in_((ResourceKind.PRACTICE, ResourceKind.WORKSHEET))
    )
    usable = (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(exists().where(ResourceItem.item_id == Item.id, is_among(practices, ResourceItem.resource_id)))
    )
    if filters.subject_id is not None:
        usable = usable.where(Item.subject_id == filters.subject_id)
    about = select(ItemPoint.item_id).where(ItemPoint.point_id.in_(point_ids))
    first = list(
        db.session.scalars(usable.where(Item.id.in_(about)).order_by(ItemVersion.id).limit(MOST_CANDIDATES))
    )
    texts = {one.stimulus_version_id for one in first if one.stimulus_version_id}
    if texts:
        known = {one.id for one in first}
        others = db.session.scalars(usable.where(ItemVersion.stimulus_version_id.in_(texts)))
        first += [one for one in others if one.id not in known]
    return described(first, filters.class_ids)


def candidates(found: Sequence[Found], filters: Filters) -> tuple[list[Candidate], LeftOut]:
    """Those that may be drawn; with one of a text all of it is left out."""
    reasons = {one.version.id: _why_not(one, filters) for one in found}
    barred = {
        one.version.stimulus_version_id
        for one in found
        if one.version.stimulus_version_id and reasons[one.version.id]
    }
    left_out = Counter(reasons.values())
    chosen = [
        Candidate(
            version_id=one.version.id,
            item_id=one.version.item_id,
            point_ids=frozenset(point.id for point in one.points),
            kind=one.version.kind,
            ease=ease_of(one.version.difficulty),
            minutes=one.estimate.minutes,
            group=one.version.stimulus_version_id,
        )
        for one in found
        if not reasons[one.version.id] and one.version.stimulus_version_id not in barred
    ]
    return chosen, LeftOut(left_out["untaught"], left_out["given"])


def ease_of(difficulty: float) -> Ease:
    """The band of a difficulty."""
    if difficulty < EASY_BELOW:
        return Ease.EASY
    return Ease.MEDIUM if difficulty < HARD_FROM else Ease.HARD


def points_called(text: str, subject_id: int | None) -> Select[KnowledgePoint]:
    """Knowledge points of the subject by words in their names."""
    query = select(KnowledgePoint).where(
        KnowledgePoint.merged_into_id.is_(None),
        *(
            or_(
                KnowledgePoint.name.icontains(word, autoescape=True),
                KnowledgePoint.name_en.icontains(word, autoescape=True),
            )
            for word in text.split()
        ),
    )
    if subject_id is not None:
        query = query.where(KnowledgePoint.subject_id == subject_id)
    return query.order_by(KnowledgePoint.grade, KnowledgePoint.id).limit(MOST_POINTS)


def points(ids: Collection[int]) -> Select[KnowledgePoint]:
    """These knowledge points, in the order of the curriculum."""
    return (
        select(KnowledgePoint)
        .where(KnowledgePoint.id.in_(ids))
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )


def untaught_in(found: Sequence[Found]) -> dict[int, list[int]]:
    """By class: the places (from 1) of the questions that it was not taught yet."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(found, start=1):
        for class_id in one.untaught:
            places[class_id].append(place)
    return places


def _why_not(one: Found, filters: Filters) -> str:
    if filters.kinds and one.version.kind not in filters.kinds:
        return "kind"
    if one.untaught and not filters.with_untaught:
        return "untaught"
    return "given" if one.given and not filters.with_given else ""
