"""The stored list, and what a pupil said of it."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from accounts.people.models import Hat
from library.resources import queries as resources
from recommender.recommendations.models import Recommendation, Word


def current_for(hat: Hat) -> Select[Recommendation]:
    """The pupil's present suggestions that she may still open and has not answered, the best first."""
    return (
        select(Recommendation)
        .join(Recommendation.resource)
        .options(contains_eager(Recommendation.resource))
        .where(
            Recommendation.person_id == hat.person_id,
            Recommendation.is_current,
            Recommendation.word.is_(None),
            resources.is_among(resources.visible_to(hat), Recommendation.resource_id),
        )
        .order_by(Recommendation.position)
    )


def own(hat: Hat) -> Select[Recommendation]:
    """Every suggestion that was ever made to the pupil."""
    return select(Recommendation).where(Recommendation.person_id == hat.person_id)


def refused(person_id: int) -> Select[int]:
    """Ids of the resources that the pupil said something of: none comes again."""
    return select(Recommendation.resource_id).where(
        Recommendation.person_id == person_id, Recommendation.word.is_not(None)
    )


def words_since(person_id: int, since: datetime) -> Select[Word | None]:
    """What the pupil found too easy or too hard since then."""
    return select(Recommendation.word).where(
        Recommendation.person_id == person_id,
        Recommendation.word.in_((Word.TOO_EASY, Word.TOO_HARD)),
        Recommendation.word_at >= since,
    )


def history(person_id: int) -> Select[Recommendation]:
    """What was suggested to the person, the newest first, with its resource."""
    return (
        select(Recommendation)
        .join(Recommendation.resource)
        .options(contains_eager(Recommendation.resource))
        .where(Recommendation.person_id == person_id)
        .order_by(Recommendation.id.desc())
    )
