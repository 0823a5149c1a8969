"""Marked work that a second teacher reads: who may be asked, what she would give, and who settles it."""

import io
import re
import threading
from http import HTTPStatus
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from accounts.classes.models import Enrolment
from accounts.people.models import Hat
from core import clock
from core.audit.models import AuditEntry
from core.database import db, transaction
from homework.annotations.queries import sheet_of
from homework.annotations.services import Changes, Drawn, annotate
from homework.annotations.shapes import NoteKind
from homework.marking.models import Mark, PastMark, SecondReading
from homework.notices.models import NewsKind
from homework.readings.models import ReadingMark
from homework.readings.queries import pages_readable
from homework.submissions.models import Page, Submission
from tests.conftest import SignInAs
from tests.factories.media import sound_bytes
from tests.integration.homework.second_readings import ask, asked, held_work, kinds_told, outsider
from tests.integration.homework.test_marking import JSON, Scene, mark_all, scene

__all__ = ["outsider", "scene"]


def test_work_with_a_second_reader_who_agrees_goes_back_when_the_reader_is_done(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    teacher, colleague, work = one.teacher, one.reader, one.work
    assert kinds_told(app, scene.colleague.person_id) == [NewsKind.SECOND_READING]
    refused = teacher.post(f"{work}/return", headers=JSON)
    assert refused.status_code == HTTPStatus.CONFLICT
    teacher.post(f"/assignments/{scene.assignment_id}/return")
    with app.app_context():
        still_here = list(db.session.scalars(select(Submission.id).where(Submission.returned_at.is_(None))))
    assert still_here == [one.submission_id]
    assert teacher.post(one.reading, data={"do": "finish"}).status_code == HTTPStatus.FORBIDDEN
    assert "请您复核" in colleague.get(f"/assignments/{scene.assignment_id}").text
    assert "待您复核" in colleague.get("/assignments").text
    assert "请您复核这份作业" in colleague.get(work).text
    colleague.post(one.reading, data={"do": "begin"})
    assert "复核中" in teacher.get(f"/assignments/{scene.assignment_id}?marking=in_review").text
    one.finish({"note": "同意"})
    assert "您的复核已完成" in colleague.get("/second-readings").text
    assert "同意" in teacher.get(work).text
    assert kinds_told(app, scene.teacher.person_id) == [NewsKind.SECOND_READING_DONE]
    assert teacher.post(f"{work}/return").status_code == HTTPStatus.FOUND


def test_a_teacher_of_the_subject_at_the_school_reads_what_she_is_asked_to_and_nothing_else(
    app: Flask, scene: Scene, sign_in_as: SignInAs, outsider: Hat
) -> None:
    teacher, reader = sign_in_as(scene.teacher), sign_in_as(outsider)
    mark_all(teacher, scene)
    assert "吴老师" in teacher.get(f"/assignments/{scene.assignment_id}").text
    assert ask(teacher, scene, outsider.person_id) == HTTPStatus.SEE_OTHER
    held, first, second, page = held_work(app)
    work = f"/submissions/{held}"
    assert work in reader.get("/second-readings").text
    assert reader.get(work).status_code == HTTPStatus.OK
    with app.app_context():
        assert list(db.session.scalars(pages_readable(outsider).with_only_columns(Page.id))) == [page]
    other = next(one for one in scene.submission_ids if one != held)
    for address in (f"/submissions/{other}", f"/assignments/{scene.assignment_id}", scene.desk):
        assert reader.get(address).status_code == HTTPStatus.NOT_FOUND
    for verb in ("return", "feedback", "second-reading/settle"):
        assert reader.post(f"{work}/{verb}").status_code == HTTPStatus.NOT_FOUND
    sent = {"do": "finish", "answer": [f"{first}:1", f"{second}:1"]}
    reader.post(f"{work}/second-reading", data=sent)
    assert reader.get(work).status_code == HTTPStatus.NOT_FOUND, "it is settled, so nothing is hers to read"
    assert teacher.post(f"{work}/return").status_code == HTTPStatus.FOUND
    with app.app_context():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.verb == "ask_for_second_reading")
        ).one()
        assert entry.details == {"reader": outsider.person_id, "submissions": [held]}


def test_two_readers_who_differ_are_shown_side_by_side_and_the_first_settles_it(
    app: Flask, scene: Scene, sign_in_as: SignInAs, outsider: Hat
) -> None:
    one = asked(app, scene, sign_in_as, outsider)
    teacher, reader, work, reading, seen = one.teacher, one.reader, one.work, one.reading, one.seen()
    first, second = one.first, one.second
    otherwise = {f"points-{first}": "1", f"comment-{first}": "只说了一半", f"points-{second}": "2"}
    too_many = reader.post(reading, data={"do": "save", **seen, f"points-{first}": "9"}, headers=JSON)
    assert too_many.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    reader.post(reading, data={"do": "save", **seen, **otherwise, "note": "请看第一题"})
    for kept in ('value="只说了一半"', 'value="请看第一题"'):
        assert kept in reader.get(work).text
    assert "请看第一题" not in teacher.get(work).text
    assert "只说了一半" not in teacher.get(work).text, "hers alone until she is done"
    one.finish(otherwise)
    assert work in teacher.get("/second-readings").text
    assert f"{work}#reading" in teacher.get(f"/assignments/{scene.assignment_id}?marking=in_review").text
    page = teacher.get(work).text
    for words in ("两次评分不同", "初评：2 分", "复核：1 分", "只说了一半"):
        assert words in page
    assert f"counts-{second}" not in page, "there they agree"
    assert teacher.post(f"{work}/return", headers=JSON).status_code == HTTPStatus.CONFLICT
    silent = teacher.post(f"{reading}/settle", data=seen, headers=JSON)
    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    settled = {**seen, f"counts-{first}": "reader"}
    assert teacher.post(f"{reading}/settle", data=settled).status_code == HTTPStatus.SEE_OTHER
    assert teacher.post(f"{reading}/settle", data=settled, headers=JSON).status_code == HTTPStatus.CONFLICT
    with app.app_context():
        points = select(Mark.points, PastMark.points).join(PastMark, PastMark.answer_id == Mark.answer_id)
        assert db.session.execute(points).all() == [(1.0, 2.0)]
        [log] = db.session.scalars(
            select(AuditEntry.details).where(AuditEntry.verb == "settle_second_reading")
        )
        assert log == {"answers": [first], "kept": []}
    assert teacher.post(f"{work}/return").status_code == HTTPStatus.FOUND
    assert "只说了一半" not in sign_in_as(scene.student).get(work).text


def test_a_first_mark_that_changes_while_it_is_read_again_is_seen_before_anything_is_said_of_it(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    one.mark(one.first, 1, points="1")
    late = one.finish({f"points-{one.first}": "0"})
    assert late.status_code == HTTPStatus.CONFLICT
    assert late.get_json()["error"]["details"]["points"] == "1"
    with app.app_context():
        assert not db.session.scalars(select(ReadingMark)).all()
        assert db.session.scalars(select(SecondReading.done_at)).one() is None


def test_without_a_name_all_who_mark_the_work_are_told(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    mark_all(teacher, scene)
    assert ask(teacher, scene, "", percent=100) == HTTPStatus.SEE_OTHER
    assert kinds_told(app, scene.colleague.person_id) == [NewsKind.SECOND_READING]
    assert len(re.findall(r"/submissions/\d+#reading", colleague.get("/second-readings").text)) == 5


def test_two_who_ask_at_the_same_moment_draw_different_work(
    app: Flask, scene: Scene, sign_in_as: SignInAs, outsider: Hat
) -> None:
    browsers = [sign_in_as(one) for one in (scene.teacher, scene.colleague)]
    mark_all(browsers[0], scene)
    assert ask(browsers[0], scene, scene.teacher.person_id) == HTTPStatus.UNPROCESSABLE_ENTITY
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda one=browser: answers.append(ask(one, scene, outsider.person_id, 50)))
        for browser in browsers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [HTTPStatus.SEE_OTHER, HTTPStatus.SEE_OTHER]
    with app.app_context():
        askers = list(db.session.scalars(select(SecondReading.asked_by_id)))
    assert len(askers) == 4, "half of the five, then half of the other two"
    assert set(askers) == {scene.teacher.person_id, scene.colleague.person_id}


def test_a_mark_both_agreed_on_that_changes_before_the_rest_is_settled_is_settled_as_well(
    app: Flask, scene: Scene, sign_in_as: SignInAs, outsider: Hat
) -> None:
    one = asked(app, scene, sign_in_as, outsider)
    first, second = one.first, one.second
    one.finish({f"points-{first}": "1"})
    one.mark(second, 1, points="0")
    assert f"counts-{second}" in one.teacher.get(one.work).text
    settled = {**one.seen(second=2), f"counts-{first}": "first"}
    half = one.teacher.post(f"{one.reading}/settle", data=settled, headers=JSON)
    assert half.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    whole = one.teacher.post(f"{one.reading}/settle", data={**settled, f"counts-{second}": "reader"})
    assert whole.status_code == HTTPStatus.SEE_OTHER
    with app.app_context():
        assert list(db.session.scalars(select(Mark.points).where(Mark.answer_id == second))) == [2.0]


def test_a_word_to_the_first_reader_is_kept_where_the_points_are_agreed_upon(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    one.finish({f"comment-{one.first}": "同意，但请提醒他写单位"})
    assert "同意，但请提醒他写单位" in one.teacher.get(one.work).text
    with app.app_context():
        assert db.session.scalars(select(SecondReading.settled_at)).one() is not None


def test_a_mark_that_is_taken_back_or_changed_is_read_anew(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    one.teacher.post(f"{scene.desk}/undo", data={"answer": f"{one.first}:1"})
    assert one.finish().status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    one.teacher.post(f"{scene.desk}/undo", data={"answer": f"{one.first}:0"})
    with app.app_context():
        version = db.session.scalars(select(Mark.version).where(Mark.answer_id == one.first)).one()
    assert one.finish(first=version).status_code == HTTPStatus.SEE_OTHER
    one.mark(one.first, version, points="1")
    refused = one.teacher.post(f"{one.work}/return", headers=JSON)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert f"{one.work}#reading" in one.reader.get("/second-readings").text


def test_what_was_read_once_is_not_drawn_again(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    one.finish({"note": "字迹清楚"})
    assert ask(one.teacher, scene, scene.colleague.person_id, percent=100) == HTTPStatus.SEE_OTHER
    with app.app_context():
        notes = dict(db.session.execute(select(SecondReading.submission_id, SecondReading.note)).all())
    assert sorted(notes) == sorted(scene.submission_ids)
    assert [work for work, note in notes.items() if note] == [one.submission_id]
    assert ask(one.teacher, scene, scene.colleague.person_id) == HTTPStatus.UNPROCESSABLE_ENTITY


def test_without_a_name_only_work_that_a_colleague_marks_is_drawn_and_anybody_calls_it_off(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    mark_all(teacher, scene)
    with app.app_context(), transaction():
        posts = select(Enrolment).where(Enrolment.person_id == scene.colleague.person_id)
        db.session.scalars(posts).one().subject_code = "physics"
    assert ask(teacher, scene, "") == HTTPStatus.UNPROCESSABLE_ENTITY
    with app.app_context(), transaction():
        db.session.scalars(posts).one().subject_code = "mathematics"
    ask(teacher, scene, "")
    held, *_rest = held_work(app)
    assert "取消复核" in colleague.get(f"/submissions/{held}").text
    colleague.post(f"/submissions/{held}/second-reading", data={"do": "call_off"})
    with app.app_context():
        assert not db.session.scalars(select(SecondReading)).all()
    assert teacher.post(f"/submissions/{held}/return").status_code == HTTPStatus.FOUND


def test_who_teaches_the_subject_no_more_reads_no_more(
    app: Flask, scene: Scene, sign_in_as: SignInAs, outsider: Hat
) -> None:
    one = asked(app, scene, sign_in_as, outsider)
    teacher, reader, page = one.teacher, one.reader, one.page_id
    with app.app_context(), transaction():
        draw = Drawn(uuid4(), NoteKind.STAMP, {"name": "right", "x": 20, "y": 20, "size": 10})
        annotate(sheet_of(page), scene.teacher, Changes(added=[draw]), now=clock.now())
    sent = {"key": str(uuid4()), "x": "100", "y": "200", "sound": (io.BytesIO(sound_bytes()), "comment")}
    notes = teacher.post(f"/pages/{page}/voice", data=sent, headers=JSON).get_json()["notes"]
    [sound] = [note["url"] for note in notes if note.get("url")]
    heard = reader.get(sound)
    assert heard.status_code == HTTPStatus.OK
    heard.close()
    assert reader.get(f"/pages/{page}/annotations.svg").status_code == HTTPStatus.OK
    with app.app_context(), transaction():
        posts = select(Enrolment).where(Enrolment.person_id == outsider.person_id)
        db.session.scalars(posts).one().subject_code = "physics"
    assert reader.get(one.work).status_code == HTTPStatus.NOT_FOUND
    for address in (sound, f"/pages/{page}/annotations.svg"):
        assert reader.get(address).status_code == HTTPStatus.NOT_FOUND
    assert one.work not in reader.get("/second-readings").text
