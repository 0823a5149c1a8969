"""The pages of a micro-lesson to watch, put together for the person who looks."""

from flask import render_template, request
from sqlalchemy import select

from accounts.classes.queries import visible_to as classes_visible_to
from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core import clock
from core.clock import school_day
from core.database import db
from core.i18n import is_chinese
from core.paging import newest_first
from learning.classroom.queries import on_day
from learning.lessons import queries
from learning.lessons.captions import read_captions, write_time
from learning.lessons.models import Chapter, MicroLesson
from learning.lessons.pages import poster_url
from learning.lessons.policy import may_author, may_learn
from library.curriculum.models import Subject
from library.resources.models import Resource
from library.resources.queries import points_of


def index_page() -> str:
    """The lessons that somebody may open, or an author's own ones, as far as the address narrows them."""
    hat = current_hat()
    mine = may_author(hat) and request.args.get("mine") == "1"
    subject_id = request.args.get("subject", type=int)
    lessons = queries.made_by(hat) if mine else queries.visible_to(hat)
    if subject_id:
        lessons = lessons.where(Resource.subject_id == subject_id)
    page = newest_first(lessons, MicroLesson.id, request.args.get("cursor"), size=24)
    return render_template(
        "learning/lessons/index.html",
        page=page,
        posters={one.id: poster_url(one, hat) for one in page.rows},
        subjects=db.session.scalars(select(Subject).order_by(Subject.position, Subject.id)).all(),
        subject_id=subject_id,
        mine=mine,
        may_author=may_author(hat),
        may_learn=may_learn(hat),
    )


def show_page(lesson: MicroLesson) -> str:
    """A lesson with its chapters, captions, questions and points."""
    hat = current_hat()
    tracks = db.session.scalars(queries.tracks_of(lesson.id)).all()
    return render_template(
        "learning/lessons/show.html",
        lesson=lesson,
        chapters=db.session.scalars(queries.chapters_of(lesson.id)).all(),
        tracks=tracks,
        cues={track.language: read_captions(track.text) for track in tracks},
        points=db.session.scalars(points_of(lesson.resource_id)).all(),
        poster=poster_url(lesson, hat),
        chapter_title=chapter_title,
        asks=db.session.scalars(queries.checkpoints_of(lesson.id)).all(),
        may_learn=may_learn(hat),
        may_edit=may_author(hat) and lesson.resource.created_by_id == hat.person_id,
        classes=db.session.scalars(classes_visible_to(hat)).all() if hat.is_teacher else [],
        taught=_taught_today(hat, lesson),
    )


def transcript_page(lesson: MicroLesson) -> str:
    """All that is said, under its chapters."""
    tracks = db.session.scalars(queries.tracks_of(lesson.id)).all()
    return render_template(
        "learning/lessons/transcript.html",
        lesson=lesson,
        chapters=db.session.scalars(queries.chapters_of(lesson.id)).all(),
        chapter_title=chapter_title,
        texts=[(track, read_captions(track.text)) for track in tracks],
    )


def chapters_track(lesson: MicroLesson) -> str:
    """The chapters as WebVTT: each lasts until the next begins."""
    starts = list(db.session.scalars(queries.chapters_of(lesson.id)))
    ends = [*(one.start_seconds for one in starts[1:]), lesson.asset.duration_seconds or 0.0]
    return render_template(
        "learning/lessons/chapters.vtt",
        chapters=[
            (write_time(one.start_seconds), write_time(end), chapter_title(one))
            for one, end in zip(starts, ends, strict=False)
        ],
    )


def chapter_title(chapter: Chapter) -> str:
    """The chapter's title in the language of the page."""
    return chapter.title if is_chinese() or not chapter.title_en else chapter.title_en


def _taught_today(hat: Hat, lesson: MicroLesson) -> set[int]:
    if not hat.is_teacher:
        return set()
    today = on_day(hat.person_id, lesson.resource_id, school_day(clock.now()))
    return {one.class_id for one in db.session.scalars(today)}
