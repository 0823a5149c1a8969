"""Make a pupil's list, keep what was shown, and take her word on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from accounts.people.models import Hat
from core.clock import school_day
from core.database import db
from learning.records.models import DailyActivity
from library.resources.models import Resource
from recommender.candidates import queries as candidate_queries
from recommender.candidates.candidate import Candidate, Reason
from recommender.candidates.services import Pupil, gather, of_the_class, ready_vectors
from recommender.profiles import services as profiles
from recommender.profiles.queries import mastery_of
from recommender.ranking.blend import scores
from recommender.ranking.diversity import choose, shared_points
from recommender.recommendations import queries
from recommender.recommendations.models import Recommendation, Word

SHIFT_PER_WORD = 0.05
MOST_SHIFT = 0.15
WORDS_COUNT_FOR = timedelta(days=30)
ACTIVE_WITHIN = timedelta(days=21)
Chosen = tuple[Candidate, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion as it is shown, stored (with an id) or made for the whole class (without)."""

    resource: Resource
    reason: Reason
    evidence: dict[str, Any]
    recommendation_id: int | None = None

    @property
    def is_personal(self) -> bool:
        """Whether it comes from the pupil's own data."""
        return self.recommendation_id is not None


def refresh(person_id: int, now: datetime) -> int:
    """Make the pupil's list anew from what is known now; return its length."""
    return keep(person_id, choose_for(person_id, now), now)


def choose_for(person_id: int, now: datetime) -> list[Chosen]:
    """What to suggest to the pupil, with scores, the best first. Reads only, so it needs no transaction."""
    hat = db.session.scalar(candidate_queries.student_hat(person_id))
    if hat is None or not profiles.is_personalised(person_id, school_day(now)):
        return []
    pupil = _pupil(hat, now, is_known=True)
    if pupil is None:
        return []
    found = gather(pupil, set(db.session.scalars(queries.refused(person_id))), now)
    return choose(found, scores(found), _likeness())


def keep(person_id: int, chosen: Sequence[Chosen], now: datetime) -> int:
    """Store the list; return its length.

    Where the pupil's data may not be used so, what was stored for showing goes and nothing is written.
    """
    if not profiles.is_personalised(person_id, school_day(now)):
        withdraw(person_id)
        return 0
    _replace(person_id, chosen, now)
    return len(chosen)


def active_learners(now: datetime) -> list[int]:
    """Ids of those who watched or answered something lately, of whom profiles may be kept."""
    day = school_day(now)
    recent = select(DailyActivity.person_id).where(
        DailyActivity.day >= day - ACTIVE_WITHIN,
        (DailyActivity.watched_seconds > 0) | (DailyActivity.answers > 0),
    )
    found = list(db.session.scalars(recent.distinct()))
    return sorted(profiles.personalised(found, day))


def suggestions_for(hat: Hat, now: datetime, most: int = 10) -> list[Suggestion]:
    """What to show: the stored list, or what the whole class gets where personalisation is off."""
    if is_personal(hat, now):
        return [suggestion_of(one) for one in db.session.scalars(queries.current_for(hat).limit(most))]
    pupil = _pupil(hat, now, is_known=False)
    if pupil is None:
        return []
    found = of_the_class(pupil, now)
    ranked = choose(found, scores(found), shared_points, most)
    resources = {
        one.id: one
        for one in db.session.scalars(
            select(Resource).where(Resource.id.in_([candidate.resource_id for candidate, _ in ranked]))
        )
    }
    return [Suggestion(resources[one.resource_id], one.reason, one.evidence) for one, _ in ranked]


def is_personal(hat: Hat, now: datetime) -> bool:
    """Whether the pupil's suggestions come from her own data."""
    return profiles.is_personalised(hat.person_id, school_day(now))


def suggestion_of(stored: Recommendation) -> Suggestion:
    """A stored suggestion as it is shown."""
    return Suggestion(stored.resource, stored.reason, stored.evidence, stored.id)


def say(recommendation: Recommendation, word: Word | None, *, now: datetime) -> None:
    """Take the pupil's word on a suggestion, or take it back with None."""
    recommendation.word = word
    recommendation.word_at = now if word else None
    db.session.flush()


def note_shown(hat: Hat, ids: Sequence[int], now: datetime) -> None:
    """Remember that these of the pupil's suggestions came before her eyes."""
    db.session.execute(
        update(Recommendation)
        .where(
            Recommendation.id.in_(ids),
            Recommendation.person_id == hat.person_id,
            Recommendation.shown_at.is_(None),
        )
        .values(shown_at=now)
    )


def note_opened(recommendation: Recommendation, now: datetime) -> None:
    """Remember that the pupil followed a suggestion."""
    recommendation.opened_at = recommendation.opened_at or now
    db.session.flush()


def withdraw(person_id: int) -> None:
    """Delete what was made from the pupil's data to suggest from."""
    profiles.forget(person_id)
    db.session.execute(delete(Recommendation).where(Recommendation.person_id == person_id))


def _pupil(hat: Hat, now: datetime, *, is_known: bool) -> Pupil | None:
    classes = list(db.session.scalars(candidate_queries.classes_of(hat)))
    if not classes:
        return None
    return Pupil(
        hat=hat,
        grade=classes[0].grade,
        class_ids=tuple(one.id for one in classes),
        mastery=tuple(mastery_of(hat.person_id, now)) if is_known else (),
        wants_easier=_wants_easier(hat.person_id, now) if is_known else 0.0,
    )


def _wants_easier(person_id: int, now: datetime) -> float:
    words = list(db.session.scalars(queries.words_since(person_id, now - WORDS_COUNT_FOR)))
    shift = SHIFT_PER_WORD * (words.count(Word.TOO_HARD) - words.count(Word.TOO_EASY))
    return max(-MOST_SHIFT, min(MOST_SHIFT, shift))


def _replace(person_id: int, chosen: Sequence[Chosen], now: datetime) -> None:
    """Store the new list; what was never shown of the old one goes, the rest stays as history."""
    db.session.execute(
        delete(Recommendation).where(
            Recommendation.person_id == person_id,
            Recommendation.shown_at.is_(None),
            Recommendation.word.is_(None),
            Recommendation.opened_at.is_(None),
        )
    )
    shown = {
        (one.resource_id, one.reason): one
        for one in db.session.scalars(
            select(Recommendation).where(Recommendation.person_id == person_id, Recommendation.is_current)
        )
    }
    for one in shown.values():
        one.is_current = False
    for position, (candidate, score) in enumerate(chosen):
        row = shown.get((candidate.resource_id, candidate.reason))
        if row is not None and row.evidence == candidate.evidence:
            row.is_current, row.position, row.score = True, position, score
            continue
        db.session.add(
            Recommendation(
                person_id=person_id,
                resource_id=candidate.resource_id,
                position=position,
                reason=candidate.reason,
                evidence=candidate.evidence,
                score=score,
                made_at=now,
                is_current=True,
            )
        )
    db.session.flush()


def _likeness() -> Any:  # noqa: ANN401 -- a Likeness; the closure keeps the opened vectors
    ready = ready_vectors()
    if ready is None:
        return shared_points

    def by_words(one: Candidate, other: Candidate) -> float:
        pair = ready.of([one.resource_id, other.resource_id])
        cosine = float(pair[0] @ pair[1]) if len(pair) == 2 else 0.0  # noqa: PLR2004 -- both are known
        return max(shared_points(one, other), cosine)

    return by_words
