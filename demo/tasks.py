"""What goes on in the background after the city's people are there."""

from datetime import timedelta

from sqlalchemy import select

from accounts.people.models import Person
from core import clock
from core.database import db
from core.i18n import said
from core.jobs.services import enqueue, report_progress
from core.jobs.tasks import task
from demo.history import write_history
from demo.media import make_lessons
from demo.population import DEMO_STUDENT
from demo.stock import stock_library
from library.search.tasks import rebuild_index
from recommender.recommendations.tasks import refresh, refresh_lists

INDEX = "library.rebuild_index"
"""One making of the whole index waits at a time."""
LONG = timedelta(minutes=15)


@task("demo.history", queue="train", lease=LONG, label=said("Writing eight weeks of school life"))
def history(seed: int) -> None:
    """Write what the city's people did in the last eight weeks."""
    write_history(seed, now=clock.now(), on_progress=report_progress)
    _suggest_anew()


@task("demo.library", queue="train", lease=LONG, label=said("Filling the library of the demo city"))
def library(seed: int, scale: float) -> None:
    """Import the demo library, then have it indexed."""
    stock_library(seed, scale, now=clock.now(), on_progress=report_progress)
    enqueue(rebuild_index, key=INDEX, arguments={})
    _suggest_anew()


@task("demo.lessons", queue="video", lease=LONG, label=said("Drawing the micro-lessons of the demo city"))
def lessons(seed: int) -> None:
    """Render the micro-lessons and give them to the library."""
    make_lessons(seed, now=clock.now(), on_progress=report_progress)
    _suggest_anew()


def _suggest_anew() -> None:
    """What to learn next follows from what everyone did and from what there is to learn with.

    Thousands of lists take minutes; the pupil whom visitors sign in as has hers at once.
    """
    visited = db.session.scalar(select(Person.id).where(Person.username == DEMO_STUDENT))
    if visited is not None:
        enqueue(refresh, key=f"{refresh.name}:{visited}", arguments={"person_id": visited})
    enqueue(refresh_lists, key=refresh_lists.name, arguments={})


def enqueue_all(seed: int, scale: float, *, with_media: bool) -> None:
    """Have everything after the people done in the background, what is seen first first."""
    enqueue(rebuild_index, key=INDEX, arguments={})
    enqueue(history, key="demo.history", arguments={"seed": seed})
    if with_media:
        enqueue(lessons, key="demo.lessons", arguments={"seed": seed})
    enqueue(library, key="demo.library", arguments={"seed": seed, "scale": scale})
