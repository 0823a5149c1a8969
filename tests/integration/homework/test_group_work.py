"""Group work through the pages: planned, found together, handed in, marked apart, and read by guardians."""

import io
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core import clock
from core.audit.models import AuditEntry
from core.database import db, transaction
from homework.annotations.queries import on_pages, sheet_of
from homework.annotations.sheets import shown_on
from homework.assignments import queries
from homework.assignments.models import Assignment
from homework.assignments.schedule import usual_due
from homework.assignments.teaming import Teaming
from homework.marking.models import Mark, SecondReading
from homework.submissions.models import Answer, Page, Submission
from homework.teams import services as teams
from homework.teams.models import Team
from homework.workbook.services import hand_in
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_work
from tests.factories.media import picture_bytes

SignInAs = Callable[[Hat], Browser]


@dataclass(frozen=True)
class Scene:
    """Work of a number and a photo for groups that pupils form; two pupils, one guardian."""

    assignment_id: int
    class_id: int
    number: int
    photo: int
    first: Hat
    second: Hat
    guardian: Hat
    teacher: Hat

    @property
    def address(self) -> str:
        return f"/assignments/{self.assignment_id}"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        first, second = make_student(school_class, "赵一"), make_student(school_class, "钱二")
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.NUMERIC, ItemKind.PHOTO),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
            teaming=Teaming.CHOSEN,
            team_size=2,
        )
        number, photo = (one.id for one in db.session.scalars(queries.questions_of(assignment.id)))
        guardian = make_guardian(second)
        db.session.flush()
        for hat in (first, second, guardian, teacher):
            db.session.refresh(hat)
        found = Scene(assignment.id, school_class.id, number, photo, first, second, guardian, teacher)
        db.session.expunge_all()
    return found


def together(first: Browser, second: Browser, scene: Scene, app: Flask) -> None:
    """The first pupil starts a group, the second one joins it."""
    assert first.post(f"{scene.address}/team", data={"what": "start"}).status_code == 303
    with app.app_context():
        team_id = db.session.scalars(select(Team.id)).one()
    assert "赵一" in second.get(f"{scene.address}/work").text
    second.post(f"{scene.address}/team", data={"what": "join", "team": str(team_id)})


def hand_in_for_both(browser: Browser, scene: Scene, **parts: object) -> int:
    answer = browser.post(
        f"/api/v1{scene.address}/submissions",
        data={"answers": json.dumps({scene.number: {"value": "3.5"}}), "note": "赵一读数，钱二记录"} | parts,
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def submission_of(app: Flask, hat: Hat) -> int:
    with app.app_context():
        own = select(Submission.id).where(Submission.student_id == hat.person_id, Submission.is_counted)
        return db.session.scalars(own).one()


def test_pupils_find_together_one_hands_in_and_both_read_who_did_what(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, second = sign_in_as(scene.first), sign_in_as(scene.second)
    together(first, second, scene, app)
    page = first.get(f"{scene.address}/work").text
    assert "赵一" in page
    assert "钱二" in page
    hand_in_for_both(first, scene)
    own = submission_of(app, scene.second)
    for address in (f"/submissions/{own}", f"/submissions/{own}/receipt"):
        assert "赵一" in second.get(address).text
    assert "赵一读数" in second.get(f"/submissions/{own}").text
    shown = second.get(f"/api/v1/submissions/{own}").get_json()
    assert shown["team"] == {
        "number": 1,
        "handed_in_by": "赵一",
        "members": ["赵一", "钱二"],
        "note": "赵一读数，钱二记录",
    }


def test_members_who_hand_in_at_the_same_moment_queue_and_each_has_every_hand_in_once(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browsers = [sign_in_as(one) for one in (scene.first, scene.second)]
    together(*browsers, scene, app)
    threads = [
        threading.Thread(target=hand_in_for_both, args=(browser, scene))
        for browser in browsers
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        rows = db.session.execute(
            select(Submission.student_id, Submission.number, Submission.is_counted)
        ).all()
    for hat in (scene.first, scene.second):
        own = sorted((number, counts) for student_id, number, counts in rows if student_id == hat.person_id)
        assert own == [(number, number == 6) for number in range(1, 7)]


def test_a_full_group_and_one_that_is_gone_are_told_in_a_sentence(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        third = make_student(_class(scene), "孙三")
        db.session.flush()
        db.session.refresh(third)
        db.session.expunge_all()
    together(sign_in_as(scene.first), sign_in_as(scene.second), scene, app)
    browser = sign_in_as(third)
    with app.app_context():
        team_id = db.session.scalars(select(Team.id)).one()
    full = browser.post(f"{scene.address}/team", data={"team": str(team_id)}, follow_redirects=True)
    assert "每组最多 2 人" in full.text
    gone = browser.post(f"{scene.address}/team", data={"team": "999999"}, follow_redirects=True)
    assert "这个小组已不存在" in gone.text


def test_a_mark_apart_is_the_pupils_own_and_her_guardian_reads_no_mates(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, second, teacher = (sign_in_as(one) for one in (scene.first, scene.second, scene.teacher))
    together(first, second, scene, app)
    hand_in_for_both(first, scene)
    with app.app_context():
        rows = select(Submission.student_id, Answer.id).join(Answer, Answer.submission_id == Submission.id)
        answers = dict(db.session.execute(rows).all())
    page = teacher.get(f"{scene.address}/marking?question={scene.number}").text
    assert "给组内某一名学生单独评分" in page
    apart = answers[scene.second.person_id]
    saved = teacher.post(
        f"{scene.address}/marking/member",
        data={"answer": f"{apart}:1", "points": "1", "comment": "只完成了一半", "question": scene.number},
    )
    assert saved.status_code == 303
    together_again = teacher.get(f"{scene.address}/marking?question={scene.number}").text
    assert f'name="answer" value="{answers[scene.first.person_id]}:1"' in together_again
    teacher.post(f"{scene.address}/return")
    mine, hers = submission_of(app, scene.first), submission_of(app, scene.second)
    assert first.get(f"/api/v1/submissions/{mine}").get_json()["points"] == 2.0
    shown = second.get(f"/api/v1/submissions/{hers}").get_json()
    assert (shown["points"], shown["answers"][0]["is_own_mark"]) == (1.0, True)
    assert "单独评分" in second.get(f"/submissions/{hers}").text
    assert "只完成了一半" not in first.get(f"/submissions/{mine}").text
    guardian = sign_in_as(scene.guardian)
    assert guardian.get(f"/submissions/{mine}").status_code == 404
    for address in (f"/submissions/{hers}", f"/submissions/{hers}/receipt", f"/api/v1/submissions/{hers}"):
        text = guardian.get(address).text
        assert "赵一" not in text
        assert "\\u8d75\\u4e00" not in text
    back = teacher.post(
        f"{scene.address}/marking/member",
        data={"answer": f"{apart}:2", "points": "1", "what": "group", "question": scene.number},
    )
    assert back.status_code == 303
    assert second.get(f"/api/v1/submissions/{hers}").get_json()["points"] == 2.0


def test_what_a_teacher_draws_on_the_groups_page_every_member_sees_and_it_is_taken_away_for_all(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, second, teacher = (sign_in_as(one) for one in (scene.first, scene.second, scene.teacher))
    together(first, second, scene, app)
    photo = io.BytesIO(picture_bytes())
    hand_in_for_both(first, scene, **{f"photos-{scene.photo}": (photo, "page.jpg")})
    with app.app_context():
        pages = list(db.session.scalars(select(Page.id).order_by(Page.id)))
    key, stamp = str(uuid4()), {"x": 100, "y": 100, "name": "right", "size": 900}
    drawn = {"added": [{"key": key, "kind": "stamp", "shape": stamp}]}
    assert teacher.post(f"/pages/{pages[0]}/annotate", json=drawn).status_code < 300
    with app.app_context():
        assert {one: found.drawn for one, found in on_pages(pages).items()} == dict.fromkeys(pages, 1)
        assert [str(one.client_key) for one in db.session.scalars(shown_on(sheet_of(pages[1])))] == [key]
    assert teacher.post(f"/pages/{pages[1]}/annotate", json={"removed": [key]}).status_code < 300
    with app.app_context():
        assert on_pages(pages) == {}


def test_a_teacher_moves_pupils_and_sees_each_of_them_once(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, second, teacher = (sign_in_as(one) for one in (scene.first, scene.second, scene.teacher))
    together(first, second, scene, app)
    hand_in_for_both(first, scene)
    page = teacher.get(f"{scene.address}/teams").text
    assert page.count("赵一读数") == 1
    moved = teacher.post(
        f"{scene.address}/teams/{scene.second.person_id}", data={"team": "new"}, follow_redirects=True
    )
    assert "钱二现在在第 2 组" in moved.text
    report = teacher.get(f"/api/v1{scene.address}/report").get_json()
    assert report["handed_in"] + report["unmarked"] == 2
    assert teacher.get(f"{scene.address}").status_code == 200


def test_who_comes_into_a_group_later_is_offered_the_marks_that_it_has(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, teacher = sign_in_as(scene.first), sign_in_as(scene.teacher)
    first.post(f"{scene.address}/team", data={"what": "start"})
    hand_in_for_both(first, scene, **{f"photos-{scene.photo}": (io.BytesIO(picture_bytes()), "page.jpg")})
    marks = select(Mark.points, Mark.comment).join(Answer, Answer.id == Mark.answer_id).order_by(Answer.id)
    with app.app_context():
        number, photo = db.session.scalars(select(Answer.id).order_by(Answer.id))
        team_id = db.session.scalars(select(Team.id)).one()
    for sent in ({"answer": f"{number}:1", "points": "1.5"}, {"answer": f"{photo}:0", "points": "1"}):
        teacher.post(f"{scene.address}/marking", data={**sent, "comment": "画图清楚"})
    address = f"{scene.address}/teams/{scene.second.person_id}"
    moved = teacher.post(address, data={"team": str(team_id)}, follow_redirects=True).text
    assert "沿用小组评分" in moved
    with app.app_context():
        hers = submission_of(app, scene.second)
        assert db.session.execute(marks.where(Answer.submission_id == hers)).all() == [(2.0, "")], "the key's"
    page = teacher.post(f"{address}/marks", follow_redirects=True).text
    assert "小组的 2 个评分" in page
    assert "沿用小组评分" not in page
    with app.app_context():
        given = db.session.execute(marks.where(Answer.submission_id == hers)).all()
        assert given == [(1.5, "画图清楚"), (1.0, "画图清楚")]
        log = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "take_marks_of_group")).one()
        assert log.details["student_id"] == scene.second.person_id


def test_while_work_is_marked_blind_the_page_of_groups_names_nobody_who_handed_in(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, second, teacher = (sign_in_as(one) for one in (scene.first, scene.second, scene.teacher))
    together(first, second, scene, app)
    hand_in_for_both(first, scene)
    with app.app_context(), transaction():
        make_student(_class(scene), "孙三")
    teacher.post(f"{scene.address}/markers", data={"blind": "1", "version": "0"})

    page = teacher.get(f"{scene.address}/teams").text
    assert not [name for name in ("赵一", "钱二") if name in page]
    assert "孙三" in page
    assert "2 名学生已提交" in page
    assert "/submissions/" not in page

    with app.app_context(), transaction():
        db.session.execute(update(Submission).values(returned_at=clock.now()))
    assert "赵一读数" in teacher.get(f"{scene.address}/teams").text


def test_the_page_of_groups_asks_as_often_for_many_pupils_as_for_few(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)

    def statements() -> int:
        seen: list[str] = []
        with app.app_context():
            engine = db.engine

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            assert teacher.get(f"{scene.address}/teams").status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    few = statements()
    with app.app_context(), transaction():
        assignment = db.session.get_one(Assignment, scene.assignment_id)
        for number in range(6):
            team = teams.start(assignment.id, scene.class_id)
            pupils = [make_student(_class(scene), f"学生{number}{one}") for one in range(2)]
            for one in pupils:
                teams.join(team, one.person_id, size=2)
            hand_in(assignment, pupils[0], make_work(assignment), now=clock.now())
    assert statements() <= few + 1


def test_group_work_is_planned_by_one_choice(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    with app.app_context():
        subject_id = db.session.get_one(Assignment, scene.assignment_id).subject_id
    plan = {
        "client_key": str(uuid4()),
        "class_ids": scene.class_id,
        "subject_id": subject_id,
        "due_at": f"{usual_due(clock.now()):%Y-%m-%dT%H:%M}",
        "row_version": "",
        "row_points": "5",
        "row_prompt": "完成小组报告",
        "row_minutes": "5",
        "teaming": "chosen",
        "team_size": "4",
    }
    without = teacher.post("/assignments", data=plan | {"team_size": "1"})
    assert without.status_code == 422
    assert "2 到 12" in without.text
    kept = teacher.post("/assignments", data=plan | {"teaming": "kept", "client_key": str(uuid4())})
    assert kept.status_code == 422
    assert "还没有建立小组" in kept.text
    assert teacher.post("/assignments", data=plan).status_code == 302
    with app.app_context():
        made = db.session.scalars(select(Assignment).order_by(Assignment.id.desc())).first()
        assert made is not None
        assert (made.teaming, made.team_size) == (Teaming.CHOSEN, 4)


def _class(scene: Scene) -> SchoolClass:
    return db.session.get_one(SchoolClass, scene.class_id)


def test_what_two_readers_settle_about_one_of_a_group_holds_for_all_of_it(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    first, second, teacher = (sign_in_as(one) for one in (scene.first, scene.second, scene.teacher))
    together(first, second, scene, app)
    hand_in_for_both(first, scene, **{f"photos-{scene.photo}": (io.BytesIO(picture_bytes()), "page.jpg")})
    with app.app_context(), transaction():
        reader = make_teacher(_class(scene), name="周老师")
        reader_id = reader.person_id
        db.session.refresh(reader)
        db.session.expunge(reader)
    with app.app_context():
        photos = list(db.session.scalars(select(Answer.id).where(Answer.assignment_item_id == scene.photo)))
    given = {"answer": [f"{one}:0" for one in photos], "points": "2"}
    teacher.post(f"{scene.address}/marking", data=given)
    teacher.post(f"{scene.address}/second-readings", data={"percent": "1", "reader": str(reader_id)})
    with app.app_context():
        held = db.session.scalars(select(SecondReading.submission_id)).one()
        seen = dict(
            db.session.execute(
                select(Mark.answer_id, Mark.version)
                .join(Answer, Answer.id == Mark.answer_id)
                .where(Answer.submission_id == held)
            ).all()
        )
        [photo] = set(photos) & set(seen)
    form = {"answer": [f"{one}:{version}" for one, version in seen.items()]}
    reading = f"/submissions/{held}/second-reading"
    sign_in_as(reader).post(reading, data={"do": "finish", **form, f"points-{photo}": "1"})
    assert teacher.post(f"{reading}/settle", data={**form, f"counts-{photo}": "reader"}).status_code == 303
    with app.app_context():
        points = select(Mark.points).where(Mark.answer_id.in_(photos))
        assert list(db.session.scalars(points)) == [1.0, 1.0]
