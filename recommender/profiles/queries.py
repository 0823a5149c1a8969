"""What the profile is made from, and how it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, select

from core.database import db
from learning.attempts.models import Attempt
from library.curriculum.models import KnowledgePoint, Subject
from library.items.models import Item, ItemPoint, ItemVersion
from recommender.profiles import mastery
from recommender.profiles.mastery import Deviation, Learner, Level, Population, Quantity
from recommender.profiles.models import ItemDifficulty, LearnerAbility, Mastery, PointStatistics

_OF_LEARNER = and_(
    LearnerAbility.person_id == Attempt.person_id, LearnerAbility.subject_id == Item.subject_id
)
_IS_NEW = Attempt.id > func.coalesce(LearnerAbility.last_attempt_id, 0)


@dataclass(frozen=True, slots=True)
class PointMastery:
    """How far one learner masters one point: in words, with its two dates and its evidence."""

    point_id: int
    name: str
    name_en: str
    grade: int
    level: Level
    now: float
    """0-1, forgetting included."""
    reached: float
    """0-1, at the last answer."""
    reached_at: datetime | None
    last_answer_at: datetime | None
    answers: int
    correct: int
    weakness: float | None
    """How likely future answers are too often wrong, 0-1; None without evidence."""

    @property
    def is_weak(self) -> bool:
        """Whether there is evidence enough to call the point weak."""
        return self.weakness is not None and self.weakness >= mastery.WEAK_FROM


@dataclass(frozen=True, slots=True)
class SubjectMastery:
    """One learner's points of one subject, those to review first, then the weakest first."""

    subject_id: int
    code: str
    name: str
    name_en: str
    ability: float
    """The learner's general ability in the subject, in logits."""
    points: tuple[PointMastery, ...]

    def count(self, level: Level) -> int:
        """How many points stand at *level*."""
        return sum(point.level == level for point in self.points)


def marked_answers() -> Select[int, int, int, float | None, bool | None, datetime, int, float]:
    """Every marked answer, the first one first, with its item's subject and its version's difficulty."""
    return (
        select(
            Attempt.id,
            Attempt.person_id,
            Attempt.item_id,
            Attempt.score,
            Attempt.is_correct,
            Attempt.answered_at,
            Item.subject_id,
            ItemVersion.difficulty,
        )
        .join(Item, Item.id == Attempt.item_id)
        .join(ItemVersion, ItemVersion.id == Attempt.item_version_id)
        .where(Attempt.score.is_not(None))
        .order_by(Attempt.id)
    )


def new_answers(
    person_id: int,
) -> Select[int, int, int, float | None, bool | None, datetime, int, float]:
    """The person's marked answers that her profile does not know yet."""
    return (
        marked_answers().outerjoin(LearnerAbility, _OF_LEARNER).where(Attempt.person_id == person_id, _IS_NEW)
    )


def answered_since(moment: datetime) -> Select[int]:
    """Ids of those who have answered since then what their profiles do not know yet."""
    return (
        marked_answers()
        .outerjoin(LearnerAbility, _OF_LEARNER)
        .where(Attempt.answered_at >= moment, _IS_NEW)
        .with_only_columns(Attempt.person_id)
        .order_by(None)
        .distinct()
    )


def answers_in(
    person_ids: Sequence[int], subject_id: int
) -> Select[int, int, int, float | None, bool | None, datetime, int, float]:
    """The marked answers of some people to a subject's questions, the first one first."""
    return marked_answers().where(Attempt.person_id.in_(person_ids), Item.subject_id == subject_id)


def points_of_items(item_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The points that each of the items asks, for those that ask any."""
    found: dict[int, list[int]] = {}
    for item_id, point_id in db.session.execute(
        select(ItemPoint.item_id, ItemPoint.point_id)
        .where(ItemPoint.item_id.in_(item_ids))
        .order_by(ItemPoint.point_id)
    ):
        found.setdefault(item_id, []).append(point_id)
    return {item_id: tuple(points) for item_id, points in found.items()}


def population(item_ids: Sequence[int], point_ids: Sequence[int]) -> Population:
    """What is known of everyone at these items and points."""
    points = db.session.execute(
        select(PointStatistics.point_id, PointStatistics.mean, PointStatistics.answers).where(
            PointStatistics.point_id.in_(point_ids)
        )
    )
    items = db.session.execute(
        select(ItemDifficulty.item_id, ItemDifficulty.difficulty, ItemDifficulty.answers).where(
            ItemDifficulty.item_id.in_(item_ids)
        )
    )
    return Population(
        points={point_id: Quantity(mean, answers) for point_id, mean, answers in points},
        items={item_id: Quantity(difficulty, answers) for item_id, difficulty, answers in items},
    )


def abilities_of(person_id: int) -> Select[LearnerAbility]:
    """The person's abilities by subject."""
    return select(LearnerAbility).where(LearnerAbility.person_id == person_id)


def learners_at(point_ids: Sequence[int]) -> Select[int]:
    """Who has a profile at any of the points."""
    return (
        select(Mastery.person_id)
        .where(Mastery.point_id.in_(point_ids))
        .distinct()
        .order_by(Mastery.person_id)
    )


def masteries_of(person_id: int) -> Select[Mastery]:
    """The person's mastery by point."""
    return select(Mastery).where(Mastery.person_id == person_id)


def mastery_of(person_id: int, now: datetime) -> list[SubjectMastery]:
    """How far the person masters what she has answered about, by subject; two statements in all."""
    abilities = {one.subject_id: one.ability for one in db.session.scalars(abilities_of(person_id))}
    rows = db.session.execute(
        select(Mastery, KnowledgePoint, Subject, PointStatistics.mean)
        .join(KnowledgePoint, KnowledgePoint.id == Mastery.point_id)
        .join(Subject, Subject.id == KnowledgePoint.subject_id)
        .outerjoin(PointStatistics, PointStatistics.point_id == Mastery.point_id)
        .where(Mastery.person_id == person_id, Mastery.answers > 0, KnowledgePoint.merged_into_id.is_(None))
        .order_by(Subject.position, Subject.id, KnowledgePoint.id)
    ).all()
    subjects: dict[int, tuple[Subject, list[PointMastery]]] = {}
    for row, point, subject, mean in rows:
        ability = abilities.get(subject.id, 0.0)
        _, points = subjects.setdefault(subject.id, (subject, []))
        points.append(_point_mastery(row, point, ability, mean or 0.0, now))
    return [
        SubjectMastery(
            subject.id,
            subject.code,
            subject.name,
            subject.name_en,
            abilities.get(subject.id, 0.0),
            tuple(sorted(points, key=_most_urgent_first)),
        )
        for subject, points in subjects.values()
    ]


def weak_points_of(person_ids: Sequence[int], now: datetime) -> dict[int, list[tuple[int, PointMastery]]]:
    """For each point at which somebody is weak: (person id, her mastery) of those who are; two statements."""
    abilities = {
        (one.person_id, one.subject_id): one.ability
        for one in db.session.scalars(select(LearnerAbility).where(LearnerAbility.person_id.in_(person_ids)))
    }
    rows = db.session.execute(
        select(Mastery, KnowledgePoint, PointStatistics.mean)
        .join(KnowledgePoint, KnowledgePoint.id == Mastery.point_id)
        .outerjoin(PointStatistics, PointStatistics.point_id == Mastery.point_id)
        .where(
            Mastery.person_id.in_(person_ids),
            Mastery.answers >= mastery.FEWEST_ANSWERS,
            KnowledgePoint.merged_into_id.is_(None),
        )
        .order_by(Mastery.point_id, Mastery.person_id)
    )
    found: dict[int, list[tuple[int, PointMastery]]] = {}
    for row, point, mean in rows:
        ability = abilities.get((row.person_id, point.subject_id), 0.0)
        stands = _point_mastery(row, point, ability, mean or 0.0, now)
        if stands.is_weak:
            found.setdefault(point.id, []).append((row.person_id, stands))
    return found


def deviation_of(row: Mastery) -> Deviation:
    """A stored row as the model knows it."""
    return Deviation(
        row.deviation, row.answers, row.correct, row.estimate, row.reached_at, row.last_answer_at
    )


def _point_mastery(
    row: Mastery, point: KnowledgePoint, ability: float, mean: float, now: datetime
) -> PointMastery:
    learner = Learner(Quantity(ability), {point.id: deviation_of(row)})
    everyone = Population(points={point.id: Quantity(mean)})
    estimate = mastery.estimate(learner, everyone, point.id, now)
    return PointMastery(
        point_id=point.id,
        name=point.name,
        name_en=point.name_en,
        grade=point.grade,
        level=mastery.level(learner.points[point.id], estimate),
        now=estimate,
        reached=row.estimate,
        reached_at=row.reached_at,
        last_answer_at=row.last_answer_at,
        answers=row.answers,
        correct=row.correct,
        weakness=mastery.weakness(learner, everyone, point.id, now),
    )


def _most_urgent_first(point: PointMastery) -> tuple[bool, float]:
    return point.level is not Level.REVIEW, -(point.weakness if point.weakness is not None else 0.0)
