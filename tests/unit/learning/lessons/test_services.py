"""A lesson is made, described, published; nothing half-made is shown."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from core import events
from learning.lessons import queries, services
from learning.lessons.errors import BadMoment, ChangedMeanwhile, NoSuchItem, NotForVideos, NotReady
from learning.lessons.moments import ChapterLine
from library.items.models import ItemKind
from library.media.models import MediaState
from library.resources.events import ResourcesChanged
from library.resources.models import ResourceKind, ReviewState, Tier
from library.resources.queries import points_of, versions_of
from tests.factories.accounts import make_student, make_teacher
from tests.factories.learning import make_lesson
from tests.factories.library import make_item, make_point, make_resource, make_version
from tests.factories.media import make_video_asset

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n同学们好"


def test_a_draft_is_seen_by_its_author_only(session: Session) -> None:
    teacher, pupil = make_teacher(), make_student()
    draft, published = make_lesson(created_by=teacher.person, published=False), make_lesson("公开")
    assert set(session.scalars(queries.visible_to(teacher))) == {draft, published}
    assert set(session.scalars(queries.visible_to(pupil))) == {published}


def test_a_lesson_of_a_school_is_seen_in_that_school(session: Session) -> None:
    teacher, stranger = make_teacher(), make_student()
    lesson = make_lesson(created_by=teacher.person, tier=Tier.SCHOOL)
    lesson.resource.organisation_id = teacher.organisation_id
    session.flush()
    neighbour = make_teacher()
    neighbour.organisation = teacher.organisation
    assert session.scalars(queries.visible_to(neighbour)).all() == [lesson]
    assert session.scalars(queries.visible_to(stranger)).all() == []


def test_a_published_lesson_whose_video_is_in_work_is_not_shown(session: Session) -> None:
    make_lesson(asset=make_video_asset(state=MediaState.PROCESSING))
    assert session.scalars(queries.visible_to(make_student())).all() == []


def test_it_is_published_when_its_video_is_ready(session: Session, now: datetime) -> None:
    asset = make_video_asset(state=MediaState.PROCESSING, seconds=90)
    lesson = make_lesson(asset=asset, published=False)
    with pytest.raises(NotReady):
        services.release(lesson, now=now)
    asset.state = MediaState.READY
    services.release(lesson, now=now)
    assert (lesson.resource.review_state, lesson.resource.minutes) == (ReviewState.PUBLISHED, 1.5)


def test_the_second_of_two_who_save_is_told(session: Session, now: datetime) -> None:
    lesson = make_lesson()
    details = services.Details(title="新标题", grade_from=7, grade_to=8)
    shown = lesson.resource.version
    services.describe(lesson, details, changed_by_id=None, version=shown, now=now)
    with pytest.raises(ChangedMeanwhile):
        services.describe(lesson, details, changed_by_id=None, version=shown, now=now + timedelta(minutes=1))


def test_what_a_lesson_said_before_is_kept(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    lesson = make_lesson("旧标题", created_by=teacher.person)
    details = services.Details(title="新标题", grade_from=7, grade_to=8)
    services.describe(lesson, details, changed_by_id=teacher.person_id, now=now)
    before = session.scalars(versions_of(lesson.resource_id)).one()
    assert (before.content["title"], before.changed_by_id) == ("旧标题", teacher.person_id)


def test_search_hears_of_what_is_published(session: Session, context: Flask, now: datetime) -> None:
    lesson = make_lesson(published=False)
    services.release(lesson, now=now)
    assert ResourcesChanged((lesson.resource_id,)) in events.take(session.info)


def test_chapters_points_and_captions_are_replaced(session: Session) -> None:
    lesson = make_lesson(points=[make_point("旧")])
    new = make_point("新")
    services.set_points(lesson, [new.id, new.id])
    services.set_chapters(lesson, [ChapterLine(0, "旧")])
    services.set_chapters(lesson, [ChapterLine(0, "引入"), ChapterLine(30, "例题")])
    services.attach_tracks(lesson, [services.Track("zh-CN", CAPTIONS), services.Track("en", CAPTIONS)])
    services.attach_tracks(lesson, [services.Track("zh-CN", CAPTIONS)])
    assert session.scalars(points_of(lesson.resource_id)).all() == [new]
    assert [one.title for one in session.scalars(queries.chapters_of(lesson.id))] == ["引入", "例题"]
    assert [one.language for one in session.scalars(queries.tracks_of(lesson.id))] == ["zh-CN", "en"]


def test_a_question_is_asked_within_the_video(session: Session) -> None:
    lesson, version = make_lesson(), make_version()
    services.add_checkpoint(lesson, 50, version.item_id, author=None)
    with pytest.raises(BadMoment):
        services.add_checkpoint(lesson, 500, version.item_id, author=None)
    assert session.scalars(queries.asked_version(lesson.id, version.item_id)).one() == version


def test_a_video_asks_for_no_photo(session: Session) -> None:
    with pytest.raises(NotForVideos):
        services.add_checkpoint(make_lesson(), 5, make_version(ItemKind.PHOTO).item_id, author=None)


def test_a_teacher_asks_what_the_school_may_see_and_what_she_wrote(session: Session) -> None:
    teacher, colleague = make_teacher(), make_teacher()
    point = make_point()
    school, abroad, draft, written, noted = (make_item(points=[point]) for _ in range(5))
    written.created_by_id, noted.created_by_id = teacher.person_id, colleague.person_id
    ask = partial(make_resource, kind=ResourceKind.PRACTICE, tier=Tier.SCHOOL)
    ask(organisation=teacher.organisation, items=[school])
    ask(organisation=colleague.organisation, items=[school, abroad])
    ask(organisation=teacher.organisation, items=[draft], review_state=ReviewState.DRAFT)
    lesson = make_lesson(created_by=teacher.person, points=[point])
    fitting = {one.item_id for one in session.scalars(queries.fitting_versions(lesson, teacher))}
    assert fitting == {school.id, written.id}
    for item in (abroad, draft, noted):
        with pytest.raises(NoSuchItem):
            services.add_checkpoint(lesson, 5, item.id, author=teacher)
    for item in (school, written):
        services.add_checkpoint(lesson, 5, item.id, author=teacher)
    assert session.scalars(queries.fitting_versions(lesson, teacher)).all() == []


def test_the_question_of_another_lesson_is_not_asked_here(session: Session) -> None:
    version = make_version()
    services.add_checkpoint(make_lesson("另一课"), 5, version.item_id, author=None)
    assert session.scalars(queries.asked_version(make_lesson().id, version.item_id)).all() == []
