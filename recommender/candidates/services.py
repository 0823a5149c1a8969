"""Gather what may be suggested to one pupil; build what similarity is read from."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Row, func, select

from accounts.people.models import Hat
from core.database import db
from core.files import data_folder, new_folder
from library.curriculum.models import KnowledgePoint
from library.resources.models import Resource, ResourceKind, ResourcePoint, ReviewState
from recommender.candidates import queries, vectors
from recommender.candidates.candidate import Candidate, Reason, Source, merged
from recommender.candidates.vectors import FEWEST_RESOURCES, Vectors
from recommender.profiles.mastery import authored_difficulty, difficulty_for, logit_of, sigmoid
from recommender.profiles.queries import PointMastery, SubjectMastery

MOST_POINTS = 6
MOST_RIGHT = 0.67
"""Share of the latest answers at a point that may be right where it is told to be weak."""
EACH_KIND = 3
EASY_ENOUGH, HARD_ENOUGH = 0.85, 0.60
"""Practice is suggested where the chance of a right answer lies between these."""
BEGUN_WITHIN = timedelta(days=60)
LATELY = timedelta(days=45)
TERM = timedelta(days=120)
LIKENESS_FROM = 0.35
"""Cosine below which two resources have little in common."""
LIKENESS_TO = 0.97
"""Cosine above which one is but another copy of the other."""
LIKENESS_OF_LAST = 5
FEWEST_FINISHED = 2
MOST_SIMILAR = 60
KEPT_VERSIONS = 3
REBUILD_SHARE = 0.05
"""Build anew when the library grew or shrank by this share."""
_SUITS = {ResourceKind.MICRO_LESSON: 1.0, ResourceKind.READING: 0.55, ResourceKind.PRACTICE: 0.4}
_READY: dict[str, Vectors] = {}
"""The opened vectors by folder: only the latest is kept open."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """Whom suggestions are for, and what is known of her."""

    hat: Hat
    grade: int
    class_ids: tuple[int, ...]
    mastery: tuple[SubjectMastery, ...] = ()
    wants_easier: float = 0.0
    """Shift of the wished chance of a right answer, from what she called too hard or too easy."""


def gather(pupil: Pupil, excluded: Collection[int], now: datetime) -> list[Candidate]:
    """Everything that there is a reason to suggest to *pupil*, one candidate a resource.

    Leaves out what she finished or opened lately, and *excluded*: what she said no to.
    """
    finished = queries.finished_resources(pupil.hat.person_id, now - LATELY)
    opened = db.session.scalars(queries.opened_resources(pupil.hat.person_id, now - LATELY))
    out = {*excluded, *finished}
    begun = [one for one in _unfinished(pupil, now) if one.resource_id not in out]
    out |= {*opened} - {one.resource_id for one in begun}
    others = [
        *_weak_points(pupil),
        *_similar(pupil, finished),
        *_next_in_textbook(pupil, now),
    ]
    return merged([*begun, *(one for one in others if one.resource_id not in out)])


def of_the_class(pupil: Pupil, now: datetime) -> list[Candidate]:
    """What the class is taught next or asked to watch: the same for each of its pupils."""
    return merged([*_asked(pupil, now), *_next_in_textbook(pupil, now)])


def _weak_points(pupil: Pupil) -> list[Candidate]:
    known = {point.point_id: point for subject in pupil.mastery for point in subject.points}
    weak = sorted(
        (point for point in known.values() if point.is_weak),
        key=lambda one: one.weakness or 0.0,
        reverse=True,
    )[:MOST_POINTS]
    if not weak:
        return []
    told = [
        (point, later, answers)
        for point, later in _frontier(weak, known)
        if _speaks_for_it(
            answers := db.session.execute(queries.recent_answers(pupil.hat.person_id, point.point_id)).all()
        )
    ]
    return [
        Candidate(
            resource_id=resource.id,
            kind=resource.kind,
            title=resource.title,
            points=frozenset({point.point_id}),
            reason=Reason.MISSING_PREREQUISITE if later else Reason.WEAK_POINT,
            sources=_weak_sources(point, later, fit),
            evidence=_weak_evidence(point, later, resource, answers),
        )
        for point, later, answers in told
        for resource, fit in _for_point(pupil, point)
    ]


def _frontier(
    weak: Iterable[PointMastery], known: dict[int, PointMastery]
) -> list[tuple[PointMastery, PointMastery | None]]:
    """Weak points whose prerequisites stand; where one is weak too, that one first, and for what."""
    weak = list(weak)
    needs: dict[int, list[int]] = {}
    for point_id, needed in db.session.execute(queries.prerequisites_of([one.point_id for one in weak])):
        needs.setdefault(point_id, []).append(needed)
    targets: dict[int, tuple[PointMastery, PointMastery | None]] = {}
    for point in weak:
        missing = [known[one] for one in needs.get(point.point_id, ()) if one in known and known[one].is_weak]
        if missing:
            first = max(missing, key=lambda one: one.weakness or 0.0)
            targets[first.point_id] = (first, point)
        else:
            targets.setdefault(point.point_id, (point, None))
    return list(targets.values())


def _for_point(pupil: Pupil, point: PointMastery) -> list[tuple[Resource, float]]:
    """What helps at the point, with how well it suits: micro-lesson, then reading, then practice."""
    rows = db.session.execute(queries.explaining(pupil.hat, pupil.grade, [point.point_id], EACH_KIND))
    found = [(resource, _SUITS[resource.kind]) for resource, _ in rows]
    standing = logit_of(point.now)
    easiest, hardest = (
        difficulty_for(standing, min(0.95, chance + pupil.wants_easier))
        for chance in (EASY_ENOUGH, HARD_ENOUGH)
    )
    if hardest >= 0 and easiest <= 1:
        practice = db.session.scalars(
            queries.practising(
                pupil.hat,
                pupil.grade,
                point.point_id,
                easiest=easiest,
                hardest=hardest,
                most=EACH_KIND,
            )
        )
        found += [(resource, _SUITS[ResourceKind.PRACTICE]) for resource in practice]
    return found


def _weak_sources(point: PointMastery, later: PointMastery | None, fit: float) -> dict[Source, float]:
    sources = {Source.WEAKNESS: point.weakness or 0.0, Source.FIT: fit}
    if later:
        sources[Source.PREREQUISITE] = later.weakness or 0.0
    return sources


def _speaks_for_it(answers: Sequence[Row[int, bool | None]]) -> bool:
    """Whether the latest answers, which the sentence tells, agree that the point is weak."""
    right = sum(bool(is_right) for _, is_right in answers)
    return right <= MOST_RIGHT * len(answers)


def _weak_evidence(
    point: PointMastery,
    later: PointMastery | None,
    resource: Resource,
    answers: Sequence[Row[int, bool | None]],
) -> dict[str, Any]:
    evidence = {
        "point": _named_point(point),
        "recent": len(answers),
        "recent_right": sum(bool(right) for _, right in answers),
        "attempt_ids": [attempt_id for attempt_id, _ in answers],
        "mastery": round(point.now, 3),
        "weakness": round(point.weakness or 0.0, 3),
        "answers": point.answers,
        **_about(resource),
    }
    if later:
        evidence["later"] = _named_point(later) | {"mastery": round(later.now, 3)}
    if resource.kind is ResourceKind.PRACTICE and resource.difficulty is not None:
        chance = sigmoid(logit_of(point.now) - authored_difficulty(resource.difficulty))
        evidence["predicted"] = round(chance, 3)
    return evidence


def _unfinished(pupil: Pupil, now: datetime) -> list[Candidate]:
    begun = db.session.execute(queries.begun_lessons(pupil.hat, pupil.grade, now - BEGUN_WITHIN)).all()
    points = queries.points_of([resource.id for resource, _, _ in begun])
    found = []
    for resource, registration, length in begun:
        length_seconds = length or 0.0
        share = min(1.0, registration.seen_seconds / length_seconds) if length_seconds else 0.0
        age = (now - registration.updated_at) / BEGUN_WITHIN
        found.append(
            Candidate(
                resource.id,
                resource.kind,
                resource.title,
                points[resource.id],
                Reason.UNFINISHED,
                {Source.UNFINISHED: max(0.05, (0.5 + 0.5 * share) * (1 - age)), Source.FIT: 0.5},
                {
                    "seen_seconds": round(registration.seen_seconds),
                    "length_seconds": round(length_seconds),
                    "last_on": registration.updated_at.isoformat(),
                    "registration_id": registration.id,
                    **_about(resource),
                },
            )
        )
    return [*found, *_asked(pupil, now)]


def _asked(pupil: Pupil, now: datetime) -> list[Candidate]:
    asked = db.session.execute(queries.asked_lessons(pupil.hat, now)).all()
    points = queries.points_of([resource.id for resource, _ in asked])
    return [
        Candidate(
            resource.id,
            resource.kind,
            resource.title,
            points[resource.id],
            Reason.UNFINISHED,
            {Source.UNFINISHED: 1.0, Source.FIT: 0.5},
            {
                "assignment": {"id": assignment.id, "title": assignment.title},
                "due_at": assignment.due_at.isoformat(),
                **_about(resource),
            },
        )
        for resource, assignment in asked
    ]


def _similar(pupil: Pupil, finished: list[int]) -> list[Candidate]:
    ready = ready_vectors()
    if ready is None:
        return []
    liked = [one for one in finished if ready.knows(one)][:LIKENESS_OF_LAST]
    if len(liked) < FEWEST_FINISHED:
        return []
    rows = ready.of(liked)
    near = dict(ready.nearest(rows.mean(axis=0), MOST_SIMILAR))
    found = list(db.session.scalars(queries.fitting(pupil.hat, pupil.grade).where(Resource.id.in_(near))))
    liked_rows = db.session.execute(select(Resource.id, Resource.title).where(Resource.id.in_(liked)))
    titles = {row.id: row.title for row in liked_rows}
    points = queries.points_of([one.id for one in found])
    candidates = []
    for resource in found:
        cosines = rows @ ready.of([resource.id])[0]
        closest = int(np.argmax(cosines))
        likeness = float(cosines[closest])
        if not LIKENESS_FROM <= likeness <= LIKENESS_TO or resource.title in titles.values():
            continue
        to = liked[closest]
        candidates.append(
            Candidate(
                resource.id,
                resource.kind,
                resource.title,
                points[resource.id],
                Reason.SIMILAR,
                {Source.SIMILARITY: min(1.0, likeness), Source.FIT: _SUITS.get(resource.kind, 0.3)},
                {
                    "to": {"id": to, "title": titles[to]},
                    "similarity": round(likeness, 3),
                    **_about(resource),
                },
            )
        )
    return candidates


def _next_in_textbook(pupil: Pupil, now: datetime) -> list[Candidate]:
    taught = list(db.session.scalars(queries.latest_units(pupil.class_ids, now - TERM)))
    latest = {one.volume_id: one for one in reversed(taught)}
    if not latest:
        return []
    following = {one.id: one for one in db.session.scalars(queries.units_after(list(latest.values())))}
    found = list(db.session.scalars(queries.teaching(pupil.hat, pupil.grade, list(following))))
    points = queries.points_of([one.id for one in found])
    return [
        Candidate(
            resource.id,
            resource.kind,
            resource.title,
            points[resource.id],
            Reason.NEXT_IN_TEXTBOOK,
            {Source.TEXTBOOK: 1.0, Source.FIT: _SUITS[resource.kind]},
            {
                "unit": _named(following[resource.unit_id]),
                "after": _named(latest[following[resource.unit_id].volume_id]),
                **_about(resource),
            },
        )
        for resource in found
        if resource.unit_id is not None
    ]


def keep_similar_current(now: datetime) -> bool:
    """Build the vectors anew if the library changed in size by a twentieth; return whether it had."""
    total = db.session.scalar(select(func.count()).select_from(Resource).where(*_published())) or 0
    latest = _latest_folder()
    known = len(vectors.load(latest).ids) if latest else 0
    if total < FEWEST_RESOURCES or abs(total - known) < REBUILD_SHARE * max(known, 1):
        return False
    build_similar(now)
    return True


def build_similar(now: datetime) -> int:
    """Turn every published resource into a vector; return how many there are.

    Reads only; what it makes stands in a folder of its own, which takes its place when it is whole.
    """
    names: dict[int, list[str]] = {}
    for resource_id, name, name_en in db.session.execute(
        select(ResourcePoint.resource_id, KnowledgePoint.name, KnowledgePoint.name_en).join(
            KnowledgePoint, KnowledgePoint.id == ResourcePoint.point_id
        )
    ):
        names.setdefault(resource_id, []).append(f"{name} {name_en}")
    rows = db.session.execute(
        select(Resource.id, Resource.title, Resource.keywords, Resource.description)
        .where(*_published())
        .execution_options(yield_per=5000)
    )
    made = vectors.fit(
        (resource_id, " ".join((title, *keywords, *names.get(resource_id, ()), description[:200])))
        for resource_id, title, keywords, description in rows
    )
    db.session.rollback()
    folder = _folder() / now.strftime("%Y%m%dT%H%M%S")
    with new_folder(folder) as fresh:
        vectors.save(made, fresh, {"made_at": now.isoformat(), "method": "TF-IDF, truncated SVD"})
    for old in sorted(_versions())[:-KEPT_VERSIONS]:
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
    return len(made.ids)


def ready_vectors() -> Vectors | None:
    """The latest vectors, opened once a process and version; None before the first were made."""
    latest = _latest_folder()
    if latest is None:
        return None
    if str(latest) not in _READY:
        _READY.clear()
        _READY[str(latest)] = vectors.load(latest)
    return _READY[str(latest)]


def _published() -> tuple[Any, ...]:
    return (Resource.review_state == ReviewState.PUBLISHED,)


def _folder() -> Path:
    return data_folder("models", "similar")


def _versions() -> list[Path]:
    return [one for one in _folder().iterdir() if one.is_dir() and not one.name.startswith(".")]


def _latest_folder() -> Path | None:
    return max(_versions(), default=None)


def _about(resource: Resource) -> dict[str, Any]:
    return {"kind": resource.kind.value, "minutes": resource.minutes}


def _named(thing: Any) -> dict[str, Any]:  # noqa: ANN401 -- anything with an id and two names
    return {"id": thing.id, "name": thing.name, "name_en": thing.name_en}


def _named_point(point: PointMastery) -> dict[str, Any]:
    return {"id": point.point_id, "name": point.name, "name_en": point.name_en}
