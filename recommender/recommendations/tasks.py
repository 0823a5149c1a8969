"""Jobs of the recommender."""

from datetime import timedelta

from core import clock
from core.database import db, transaction
from core.jobs.services import enqueue, report_progress
from core.jobs.tasks import task
from homework.regrades.concerned import people_of
from library.curriculum.models import KnowledgePoint
from library.items.models import Item
from library.items.queries import point_ids_of
from recommender.candidates import services as candidates
from recommender.profiles import services as profiles
from recommender.recommendations import services

REPORT_EVERY = 50


@task("recommender.refresh", queue="short")
def refresh(person_id: int) -> None:
    """Learn from the person's new answers, then make her list anew."""
    now = clock.now()
    with transaction():
        profiles.learn_from_new_answers(person_id, now)
    _refresh_list(person_id)


@task("recommender.refresh_after_homework", queue="train", lease=timedelta(minutes=30))
def refresh_after_homework() -> None:
    """Learn from the answers of all who handed in lately, and make their lists anew."""
    for person_id in profiles.behind(clock.now()):
        refresh(person_id)


@task("recommender.refresh_lists", queue="train", lease=timedelta(minutes=30))
def refresh_lists() -> None:
    """Make the lists of all active learners anew, one short transaction each."""
    people = services.active_learners(clock.now())
    for done, person_id in enumerate(people, start=1):
        _refresh_list(person_id)
        if done % REPORT_EVERY == 0:
            report_progress(done, len(people))


@task("recommender.rebuild_profiles", queue="train", lease=timedelta(minutes=30))
def rebuild_profiles() -> None:
    """Rebuild every profile, and what all share, from the tables."""
    profiles.rebuild(clock.now())
    db.session.rollback()
    enqueue(refresh_lists, key=refresh_lists.name, arguments={})


@task("recommender.keep_similar_current", queue="train", lease=timedelta(minutes=30))
def keep_similar_current() -> None:
    """Build the vectors of resources anew when the library has changed enough."""
    is_new = candidates.keep_similar_current(clock.now())
    db.session.rollback()
    if is_new:
        enqueue(refresh_lists, key=refresh_lists.name, arguments={})


@task("recommender.follow_points", queue="train", lease=timedelta(minutes=30))
def follow_points(merged_id: int, kept_id: int) -> None:
    """Make the profiles at two points anew that were merged or parted, and the lists of their learners."""
    point = db.session.get(KnowledgePoint, kept_id)
    if point is None:
        return
    people = profiles.replay((merged_id, kept_id), point.subject_id, clock.now())
    for done, person_id in enumerate(people, start=1):
        _refresh_list(person_id)
        if done % REPORT_EVERY == 0:
            report_progress(done, len(people))


@task("recommender.follow_regrade", queue="train", lease=timedelta(minutes=30))
def follow_regrade(regrade_id: int, item_id: int) -> None:
    """Make the profiles anew of those whose answers to an item were judged anew, and their lists."""
    item = db.session.get(Item, item_id)
    if item is None:
        return
    people = list(db.session.scalars(people_of(regrade_id)))
    points = list(db.session.scalars(point_ids_of(item_id)))
    profiles.make_anew(people, points, item.subject_id, clock.now())
    for done, person_id in enumerate(people, start=1):
        _refresh_list(person_id)
        if done % REPORT_EVERY == 0:
            report_progress(done, len(people))


def _refresh_list(person_id: int) -> None:
    """Read and rank first, then write: other writers wait for the writing only."""
    now = clock.now()
    chosen = services.choose_for(person_id, now)
    with transaction():
        services.keep(person_id, chosen, now)
