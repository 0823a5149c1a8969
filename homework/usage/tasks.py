"""Counting by night."""

from datetime import timedelta

from core import clock
from core.database import db
from core.jobs.tasks import task
from homework.usage.queries import given_by_grade
from library.outcomes.services import take_assigned


@task("homework.count_assigned", queue="train", lease=timedelta(minutes=15))
def count() -> None:
    """Count anew how often resources were given to classes."""
    rows = db.session.execute(given_by_grade()).all()
    take_assigned({(resource_id, grade): times for resource_id, grade, times in rows}, now=clock.now())
