"""Jobs of the recommender."""

from datetime import timedelta

from core import clock
from core.database import db, transaction
from core.jobs.tasks import task
from recommender.candidates import services as candidates
from recommender.profiles import services as profiles
from recommender.recommendations import services


@task("recommender.refresh", queue="short")
def refresh(person_id: int) -> None:
    """Learn from the person's new answers, then make her list anew."""
    now = clock.now()
    with transaction():
        profiles.learn_from_new_answers(person_id, now)
    with transaction():
        services.refresh(person_id, now)


@task("recommender.rebuild_profiles", queue="train", lease=timedelta(minutes=30))
def rebuild_profiles() -> None:
    """Rebuild every profile, and what all share, from the tables."""
    profiles.rebuild(clock.now())
    db.session.rollback()


@task("recommender.keep_similar_current", queue="train", lease=timedelta(minutes=30))
def keep_similar_current() -> None:
    """Build the vectors of resources anew when the library has changed enough."""
    candidates.keep_similar_current(clock.now())
    db.session.rollback()
