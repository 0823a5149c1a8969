"""Keep the profiles: after each answer for one learner, each night for all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, delete, func, select

from accounts.guardians.consents import may_personalise
from accounts.guardians.models import ConsentRecord, Purpose
from accounts.people.models import Person
from core.clock import school_day
from core.database import db, insert_if_absent, transaction, upsert
from core.jobs.services import report_progress
from library.curriculum.models import KnowledgePoint
from library.items.models import ItemPoint
from recommender.profiles import queries
from recommender.profiles.mastery import Answer, Deviation, Learner, Population, Quantity, centre, learn
from recommender.profiles.models import ItemDifficulty, LearnerAbility, Mastery, PointStatistics

LATELY = timedelta(days=1)
"""Who answered before then was learnt from at night."""
ROWS_AT_ONCE = 500
LEARNERS_AT_ONCE = 200
REPLAYED_AT_ONCE = 50
Thing = TypeVar("Thing")
Learners = dict[tuple[int, int], Learner]
"""Learners by (person, subject)."""


def is_personalised(person_id: int, today: date) -> bool:
    """Whether a profile of the person may be kept: the law's rule over the latest decision."""
    return person_id in personalised([person_id], today)


def personalised(person_ids: Sequence[int] | None, today: date) -> set[int]:
    """Those of the persons (of all, if None) of whom profiles may be kept."""
    latest = (
        select(ConsentRecord.student_id, func.max(ConsentRecord.id).label("id"))
        .where(ConsentRecord.purpose == Purpose.RECOMMENDATIONS)
        .group_by(ConsentRecord.student_id)
        .subquery()
    )
    rows = (
        select(Person.id, Person.born_on, ConsentRecord)
        .outerjoin(latest, latest.c.student_id == Person.id)
        .outerjoin(ConsentRecord, ConsentRecord.id == latest.c.id)
    )
    if person_ids is not None:
        rows = rows.where(Person.id.in_(person_ids))
    return {
        person_id
        for person_id, born_on, decision in db.session.execute(rows)
        if may_personalise(born_on, decision, today)
    }


def behind(now: datetime) -> list[int]:
    """Ids of those who answered lately what their profiles do not know, where profiles may be kept."""
    found = list(db.session.scalars(queries.answered_since(now - LATELY)))
    return sorted(personalised(found, school_day(now)))


def learn_from_new_answers(person_id: int, now: datetime) -> int:
    """Take the person's answers that her profile does not know yet into it; return how many those were.

    Each counts once, however often this runs. Only her own rows change: what all learners share waits
    for the night. Where her data may not be used this way, nothing is written.
    """
    if not is_personalised(person_id, school_day(now)):
        return 0
    rows = db.session.execute(queries.new_answers(person_id)).all()
    if not rows:
        return 0
    subject_ids = sorted({row.subject_id for row in rows})
    insert_if_absent(
        LearnerAbility,
        [
            {"person_id": person_id, "subject_id": one, "ability": 0.0, "answers": 0, "last_attempt_id": 0}
            for one in subject_ids
        ],
    )
    # Two jobs of one learner take turns here; the second finds nothing new.
    stored = {
        one.subject_id: one
        for one in db.session.scalars(
            queries.abilities_of(person_id)
            .where(LearnerAbility.subject_id.in_(subject_ids))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    rows = [row for row in rows if row.id > stored[row.subject_id].last_attempt_id]
    points = queries.points_of_items([row.item_id for row in rows])
    known = {
        row.point_id: row
        for row in db.session.scalars(
            queries.masteries_of(person_id).where(
                Mastery.point_id.in_({p for ps in points.values() for p in ps})
            )
        )
    }
    everyone = queries.population(list(points), list({p for ps in points.values() for p in ps}))
    deviations = {point_id: queries.deviation_of(row) for point_id, row in known.items()}
    for subject_id, ability in stored.items():
        learner = Learner(Quantity(ability.ability, ability.answers), deviations)
        for row in rows:
            if row.subject_id == subject_id:
                learn(learner, everyone, _answer(row, points.get(row.item_id, ())))
                ability.last_attempt_id = row.id
        ability.ability, ability.answers = learner.ability.value, learner.ability.answers
    db.session.flush()
    _store_masteries(
        (person_id, point_id, deviation)
        for point_id, deviation in deviations.items()
        if point_id not in known or deviation.answers != known[point_id].answers
    )
    return len(rows)


def forget(person_id: int) -> None:
    """Delete the person's profile: consent was withdrawn."""
    db.session.execute(delete(Mastery).where(Mastery.person_id == person_id))
    db.session.execute(delete(LearnerAbility).where(LearnerAbility.person_id == person_id))


def rebuild(now: datetime) -> int:
    """Replay all answers in order, and write what follows for everyone; return how many there were.

    Once to learn how hard items and points are, then each learner against that, as live answers go on.
    Opens its own transactions: the reading is one snapshot, the writing goes in portions, so that
    nobody waits long. A learner who answered meanwhile keeps her newer profile until the next night.
    """
    allowed = personalised(None, school_day(now))
    total = db.session.scalar(select(func.count()).select_from(queries.marked_answers().subquery())) or 0
    points: dict[int, tuple[int, ...]] = {}
    pairs = select(ItemPoint.item_id, ItemPoint.point_id).order_by(ItemPoint.item_id, ItemPoint.point_id)
    for item_id, point_id in db.session.execute(pairs):
        points[item_id] = (*points.get(item_id, ()), point_id)
    everyone = Population()
    first: Learners = defaultdict(Learner)
    for whose, _, answer in _replayed(allowed, points):
        learn(first[whose], everyone, answer, move_all=True)
    centre(everyone, points)
    learners: Learners = defaultdict(Learner)
    last: dict[tuple[int, int], int] = {}
    for whose, attempt_id, answer in _replayed(allowed, points):
        learn(learners[whose], everyone, answer)
        last[whose] = attempt_id
    db.session.rollback()
    _store_population(everyone, _right_answers(learners))
    done = 0
    for portion in _portions(learners.items(), LEARNERS_AT_ONCE):
        with transaction():
            _store_learners(dict(portion), last)
        done += sum(learner.ability.answers for _, learner in portion)
        report_progress(done, total)
    return done


def replay(point_ids: Sequence[int], subject_id: int, now: datetime) -> list[int]:
    """Make the profiles of those who stand at one of the points anew, from their answers in the subject.

    For when questions changed their points. What is known of all stays until the night, so that the same
    questions give the same profile again, to the last digit. Opens its own transactions. Returns the
    learners' ids.
    """
    people = list(db.session.scalars(queries.learners_at(point_ids)))
    make_anew(people, point_ids, subject_id, now)
    return people


def make_anew(people: Sequence[int], point_ids: Sequence[int], subject_id: int, now: datetime) -> None:
    """Make the profiles of *people* in a subject anew, as ``replay`` does; at *point_ids* also empty ones."""
    allowed = personalised(people, school_day(now))
    for portion in _portions([one for one in people if one in allowed], REPLAYED_AT_ONCE):
        rows = db.session.execute(queries.answers_in(portion, subject_id)).all()
        points = queries.points_of_items(sorted({row.item_id for row in rows}))
        everyone = queries.population(
            sorted({row.item_id for row in rows}), sorted({one for ids in points.values() for one in ids})
        )
        learners: Learners = {(person_id, subject_id): Learner() for person_id in portion}
        last: dict[tuple[int, int], int] = dict.fromkeys(learners, 0)
        for row in rows:
            whose = (row.person_id, subject_id)
            learn(learners[whose], everyone, _answer(row, points.get(row.item_id, ())))
            last[whose] = row.id
        with transaction():
            _store_learners(learners, last)
            _forget_empty(point_ids, learners)


def _forget_empty(point_ids: Sequence[int], learners: Mapping[tuple[int, int], Learner]) -> None:
    """Delete what learners have at points that they have no answers about, merged points left out."""
    present = db.session.scalars(
        select(KnowledgePoint.id).where(
            KnowledgePoint.id.in_(point_ids), KnowledgePoint.merged_into_id.is_(None)
        )
    )
    for point_id in present.all():
        without = [
            person_id for (person_id, _), learner in learners.items() if point_id not in learner.points
        ]
        db.session.execute(
            delete(Mastery).where(Mastery.point_id == point_id, Mastery.person_id.in_(without))
        )


def _replayed(
    allowed: set[int], points: Mapping[int, tuple[int, ...]]
) -> Iterator[tuple[tuple[int, int], int, Answer]]:
    """Each marked answer of the *allowed* in order: (person, subject), attempt id, answer."""
    for row in db.session.execute(queries.marked_answers().execution_options(yield_per=5000)):
        if row.person_id in allowed:
            yield (row.person_id, row.subject_id), row.id, _answer(row, points.get(row.item_id, ()))


def _answer(row: Row[*tuple[Any, ...]], points: tuple[int, ...]) -> Answer:
    return Answer(
        item_id=row.item_id,
        points=points,
        score=row.score,
        is_correct=bool(row.is_correct),
        at=row.answered_at,
        difficulty=row.difficulty,
    )


def _right_answers(learners: Mapping[tuple[int, int], Learner]) -> dict[int, int]:
    right: dict[int, int] = defaultdict(int)
    for learner in learners.values():
        for point_id, deviation in learner.points.items():
            right[point_id] += deviation.correct
    return right


def _store_population(everyone: Population, right: Mapping[int, int]) -> None:
    items = [
        {"item_id": item_id, "difficulty": item.value, "answers": item.answers}
        for item_id, item in everyone.items.items()
    ]
    points = [
        {"point_id": point_id, "mean": mean.value, "answers": mean.answers, "correct": right[point_id]}
        for point_id, mean in everyone.points.items()
    ]
    for portion in _portions(items, ROWS_AT_ONCE * 10):
        with transaction():
            upsert(ItemDifficulty, portion, keys=["item_id"], update=["difficulty", "answers"])
    for portion in _portions(points, ROWS_AT_ONCE * 10):
        with transaction():
            upsert(PointStatistics, portion, keys=["point_id"], update=["mean", "answers", "correct"])


def _store_learners(learners: Learners, last: Mapping[tuple[int, int], int]) -> None:
    newer = {
        (one.person_id, one.subject_id)
        for one in db.session.scalars(
            select(LearnerAbility)
            .where(LearnerAbility.person_id.in_({person_id for person_id, _ in learners}))
            .with_for_update()
        )
        if one.last_attempt_id > last.get((one.person_id, one.subject_id), 0)
    }
    mine = {whose: learner for whose, learner in learners.items() if whose not in newer}
    upsert(
        LearnerAbility,
        [
            {
                "person_id": person_id,
                "subject_id": subject_id,
                "ability": learner.ability.value,
                "answers": learner.ability.answers,
                "last_attempt_id": last[person_id, subject_id],
            }
            for (person_id, subject_id), learner in mine.items()
        ],
        keys=["person_id", "subject_id"],
        update=["ability", "answers", "last_attempt_id"],
    )
    _store_masteries(
        (person_id, point_id, deviation)
        for (person_id, _), learner in mine.items()
        for point_id, deviation in learner.points.items()
    )


def _store_masteries(entries: Iterable[tuple[int, int, Deviation]]) -> None:
    rows = (
        {
            "person_id": person_id,
            "point_id": point_id,
            "deviation": deviation.value,
            "answers": deviation.answers,
            "correct": deviation.correct,
            "estimate": deviation.estimate,
            "reached_at": deviation.reached_at,
            "last_answer_at": deviation.last_answer_at,
        }
        for person_id, point_id, deviation in entries
    )
    update = ["deviation", "answers", "correct", "estimate", "reached_at", "last_answer_at"]
    for portion in _portions(rows, ROWS_AT_ONCE):
        upsert(Mastery, portion, keys=["person_id", "point_id"], update=update)


def _portions(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    source = iter(things)
    while portion := list(islice(source, size)):
        yield portion
