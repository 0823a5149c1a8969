"""The micro-lessons on their way into the platform: drawn, uploaded, published, watched.

They go the way of every lesson: through the media room's upload and the lessons room's verbs.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from accounts.people.models import Person
from core.database import db, transaction
from demo.curriculum import points, subjects
from demo.items.bank import generators
from demo.lessons.catalogue import FILMS
from demo.lessons.film import Film, render
from demo.library import practice
from demo.population import DEMO_TEACHER
from demo.shelf import import_records
from demo.weeks.watching import write_watching
from homework.assignments.models import Assignment
from learning.lessons.models import Checkpoint, MicroLesson
from learning.lessons.moments import ChapterLine
from learning.lessons.services import (
    Details,
    Track,
    add_checkpoint,
    attach_tracks,
    create_lesson,
    release,
    set_chapters,
    set_points,
)
from library.curriculum.models import KnowledgePoint, Subject, Unit
from library.items.models import Item
from library.media.services import add_asset, prepare_video, receive_video
from library.resources.models import Resource, ReviewState, Tier
from recommender.profiles.services import rebuild

STEPS = 100
"""How finely the work on one film is reported."""
DRAWN = 40
"""The share of the work, in steps, that drawing is; the rest is transcoding."""
AUTHOR = "云溪市教师发展中心"
EASIEST, HARDEST = 0.3, 0.7


def make_lessons(seed: int, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Draw every film and publish it; what stands already is left alone.

    Raises:
        NoChineseFont: there is nothing to write Chinese with.
        RenderFailed: ffmpeg could not make a film.
    """
    total = len(FILMS) * STEPS
    for number, film in enumerate(FILMS):
        begun = number * STEPS
        on_progress(begun, total)
        _make(film, seed, now, lambda share, begun=begun: on_progress(begun + share, total))  # type: ignore[misc]
    rebuild(now)
    on_progress(total, total)


def identifier_of(film: Film) -> str:
    """Return the identifier of the film's library entry."""
    return f"urn:weike-demo:lesson:{film.slug}"


def _make(film: Film, seed: int, now: datetime, tell: Callable[[int], None]) -> None:
    lesson_id = _find(film)
    if lesson_id is None:
        with tempfile.TemporaryDirectory(prefix="weike-film-") as folder:
            target = Path(folder) / f"{film.slug}.mp4"
            render(film, target)
            with target.open("rb") as stream:
                upload = receive_video(stream)
        tell(DRAWN)
        with transaction():
            asset = add_asset(upload, None, now=now)
            lesson = create_lesson(
                asset, _details(film), created_by_id=_teacher(film), now=now, identifier=identifier_of(film)
            )
            _describe(lesson, film)
            lesson_id = lesson.id
    with transaction():
        asset_id = _lesson(lesson_id).asset_id
    prepare_video(asset_id, lambda done, of: tell(DRAWN + (STEPS - DRAWN) * done // max(of, 1)))
    with transaction():
        lesson = _lesson(lesson_id)
        _ask(lesson, film, seed, now)
        if lesson.resource.review_state is not ReviewState.PUBLISHED:
            release(lesson, now=now)
        _suggest_in_work(lesson, film)
    write_watching(lesson_id, film, seed, now=now)


def _find(film: Film) -> int | None:
    query = (
        select(MicroLesson.id)
        .join(Resource, Resource.id == MicroLesson.resource_id)
        .where(Resource.identifier == identifier_of(film))
    )
    found = db.session.scalar(query)
    db.session.rollback()
    return found


def _lesson(lesson_id: int) -> MicroLesson:
    return db.session.scalars(select(MicroLesson).where(MicroLesson.id == lesson_id)).unique().one()


def _details(film: Film) -> Details:
    point = points()[film.points[0]]
    return Details(
        title=film.title,
        description=film.description,
        keywords=(*film.keywords, film.title_en),
        language="zh-CN",
        subject_id=db.session.scalar(select(Subject.id).where(Subject.code == film.subject)),
        grade_from=film.grade,
        grade_to=min(film.grade + 1, point.stage.last_grade),
        unit_id=db.session.scalar(select(Unit.id).where(Unit.code == point.unit_code)),
        difficulty=EASIEST + (HARDEST - EASIEST) * film.grade / 12,
        author=AUTHOR,
        licence="CC-BY-4.0",
        source="云溪市示范资源库",
        tier=Tier.PUBLIC,
    )


def _teacher(film: Film) -> int | None:
    """Return the demo teacher for the lessons of her subject, so that she finds lessons of her own."""
    if subjects()[film.subject].code != "math":
        return None
    return db.session.scalar(select(Person.id).where(Person.username == DEMO_TEACHER))


def _describe(lesson: MicroLesson, film: Film) -> None:
    set_points(
        lesson,
        list(db.session.scalars(select(KnowledgePoint.id).where(KnowledgePoint.code.in_(film.points)))),
    )
    set_chapters(lesson, [ChapterLine(at, title, title_en) for at, (title, title_en) in film.chapters()])
    attach_tracks(lesson, [Track("zh-CN", film.captions(0)), Track("en", film.captions(1))])


def _ask(lesson: MicroLesson, film: Film, seed: int, now: datetime) -> None:
    """Put the film's question into the video, once."""
    if db.session.scalar(select(Checkpoint.id).where(Checkpoint.lesson_id == lesson.id)) is not None:
        return
    maker = next(one for one in generators() if one.name == film.question)
    record = practice(seed, points()[maker.point], 0, [maker.make(f"checkpoint/{film.slug}")])
    record["identifier"] = f"{identifier_of(film)}:practice"
    record["title"] = f"{film.title}：想一想"
    record["items"][0]["identifier"] = f"{identifier_of(film)}:question"
    item = select(Item.id).where(Item.identifier == record["items"][0]["identifier"])
    if db.session.scalar(item) is None:
        import_records(f"checkpoint/{film.slug}/{seed}", [record], now=now)
    add_checkpoint(lesson, film.question_at, db.session.scalars(item).one(), author=None)


def _suggest_in_work(lesson: MicroLesson, film: Film) -> None:
    """Let the demo class's open work on the film's matter begin with the film."""
    if film.slug != "straight-line":
        return
    work = select(Assignment).where(Assignment.title.like("一次函数的图象%"), Assignment.lesson_id.is_(None))
    for assignment in db.session.scalars(work):
        assignment.lesson_id = lesson.id
    db.session.flush()
