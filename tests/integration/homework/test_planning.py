"""Plan homework: find questions, look at days, change, copy, be refused without losing a word."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Role
from core import clock
from core.clock import SCHOOL_ZONE
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget, TargetPart
from homework.assignments.schedule import usual_due
from homework.groups.services import make_group
from homework.load.models import Excess, LoadEntry
from homework.rubrics.models import Rubric
from homework.rubrics.rubric import Criteria, Criterion, Level
from homework.rubrics.services import write as write_rubric
from learning.classroom.models import TaughtLesson
from library.items.models import ItemKind
from library.resources.models import Resource, ResourceKind, ReviewState
from tests.browsers import Browser
from tests.factories.accounts import (
    added,
    enrol,
    make_administrator,
    make_class,
    make_hat,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment
from tests.factories.library import make_item, make_point, make_resource, make_stimulus, make_subject
from tests.statements import statements_of

SignInAs = Callable[[Hat], Browser]
MARKER = "暗号:移项变号"


@dataclass(frozen=True)
class Scene:
    """A grade-5 class, its teacher and a pupil; questions about what was taught, and about what was not."""

    class_id: int
    teacher: Hat
    student: Hat
    subject_id: int
    taught_point: int
    resource_id: int
    easy: int
    hard: int
    untaught: int
    extra: dict[str, int] = field(default_factory=dict)

    def fields(self, **changes: object) -> dict[str, object]:
        return {
            "client_key": str(uuid4()),
            "class_ids": self.class_id,
            "subject_id": self.subject_id,
            "due_at": local(usual_due(clock.now())),
            "title": "周末作业",
            "row_version": [str(self.easy)],
            "row_points": ["2"],
            "row_prompt": [""],
            "row_minutes": ["1"],
            "row_layer": ["required"],
        } | changes


def local(moment: datetime) -> str:
    return f"{moment.astimezone(SCHOOL_ZONE):%Y-%m-%dT%H:%M}"


def freed(*hats: Hat) -> None:
    db.session.flush()
    for hat in hats:
        db.session.refresh(hat)
    db.session.expunge_all()


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        school_class = make_class(grade=5, name="五年级(1)班")
        teacher, student = make_teacher(school_class), make_student(school_class)
        taught, later = make_point("小数乘法", grade=5), make_point("小数除法", grade=5)
        easy = make_item(points=[taught], difficulty=0.2, minutes=10.0, explanation=MARKER)
        hard = make_item(ItemKind.NUMERIC, points=[taught], difficulty=0.9)
        untaught = make_item(points=[later], difficulty=0.5)
        resource = make_resource("乘法练习", kind=ResourceKind.PRACTICE, items=[easy, hard], points=[taught])
        make_resource("除法练习", kind=ResourceKind.PRACTICE, items=[untaught], points=[later])
        added(
            TaughtLesson(
                teacher_id=teacher.person_id,
                class_id=school_class.id,
                resource_id=resource.id,
                day=clock.school_day(clock.now()),
                taught_at=clock.now(),
            )
        )
        made = Scene(
            school_class.id,
            teacher,
            student,
            make_subject().id,
            taught.id,
            resource.id,
            *(one.current_version_id or 0 for one in (easy, hard, untaught)),
        )
        freed(teacher, student)
    return made


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def offered(page: str) -> set[int]:
    """The questions that a page of findings offers one by one."""
    return {int(part.split('"')[0]) for part in page.split('name="add" value="')[1:]}


def test_what_was_taught_lately_is_offered_and_found_with_one_press(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    page = browser.get(f"/assignments/new?class={scene.class_id}").text
    assert "小数乘法" in page
    assert "小数除法" not in page
    found = browser.get(f"/assignments/questions?point={scene.taught_point}&class_ids={scene.class_id}").text
    assert offered(found) == {scene.easy, scene.hard}
    assert f'name="add_all" value="{scene.easy},{scene.hard}"' in found


def test_findings_are_narrowed_by_kind_difficulty_and_what_the_class_had(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    about = f"/assignments/questions?point={scene.taught_point}&class_ids={scene.class_id}"
    assert offered(browser.get(f"{about}&kind=numeric").text) == {scene.hard}
    assert offered(browser.get(f"{about}&ease=easy").text) == {scene.easy}
    assert offered(browser.get(f"{about}&ease=medium").text) == set()
    assert browser.post("/assignments", data=scene.fields()).status_code == 302
    assert offered(browser.get(f"{about}&only_new=1").text) == {scene.hard}
    page = browser.get(about).text
    assert offered(page) == {scene.easy, scene.hard}
    assert "布置过" in page


def test_questions_about_what_was_not_taught_yet_say_so(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    asked = f"&class_ids={scene.class_id}"
    assert "未学：五年级(1)班" in browser.get(f"/assignments/questions?q=小数除法{asked}").text
    assert "未学" not in browser.get(f"/assignments/questions?q=小数乘法{asked}").text


def test_all_that_were_found_are_added_at_once(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    fields = scene.fields(add_all=f"{scene.easy},{scene.hard},{scene.untaught}")
    page = sign_in_as(scene.teacher).post("/assignments/new", data=fields).text
    rows = [part.split('"')[0] for part in page.split('name="row_version" value="')[1:]]
    assert rows == [str(scene.easy), str(scene.hard), str(scene.untaught)]
    assert count(app, Assignment) == 0


def test_a_text_comes_with_all_its_questions_also_where_all_that_were_found_are_added(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        about = [make_item(prompt=one) for one in "甲乙丙"]
        make_stimulus(about)
        make_resource(kind=ResourceKind.PRACTICE, items=about)
        group = [str(one.current_version_id) for one in about]
    fields = scene.fields(add_all=f"{group[1]},{scene.hard}")
    page = sign_in_as(scene.teacher).post("/assignments/new", data=fields).text
    rows = [part.split('"')[0] for part in page.split('name="row_version" value="')[1:]]
    assert rows == [str(scene.easy), *group, str(scene.hard)]


def test_questions_that_have_no_room_are_counted(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    browser, told = sign_in_as(scene.teacher), "一次作业最多 60 题，有 1 题未放入"

    def fields(questions: int) -> dict[str, object]:
        columns = {"version": "", "points": "1", "prompt": "抄写", "minutes": "1", "layer": "required"}
        return scene.fields(**{f"row_{name}": [value] * questions for name, value in columns.items()})

    assert told in browser.post("/assignments/new", data=fields(60) | {"add_photo": "1"}).text
    assert told not in browser.post("/assignments/new", data=fields(60) | {"up": "1"}).text
    refused = browser.post("/assignments", data=fields(61))
    assert (refused.status_code, told in refused.text) == (422, True)
    assert count(app, Assignment) == 0


def test_the_day_is_shown_while_the_form_is_filled_in(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    due = usual_due(clock.now())
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        colleague = make_teacher(school_class)
        make_assignment(
            colleague,
            school_class,
            subject_id=make_subject("english", "英语").id,
            estimated_minutes=45.0,
            opens_at=clock.now(),
            due_at=due,
            cut_off_at=due,
        )
    browser = sign_in_as(scene.teacher)
    part = browser.post("/assignments/load", data=scene.fields()).text
    assert "55 分钟，上限 60 分钟" in part
    assert "英语 45 分钟" in part
    assert 'name="reason"' not in part
    twice = scene.fields(
        row_version=[str(scene.easy), ""],
        row_points=["2", "5"],
        row_prompt=["", "写过程"],
        row_minutes=["1", "6"],
        row_layer=["required", "required"],
    )
    assert 'name="reason"' in browser.post("/assignments/load", data=twice).text
    layered = twice | {"row_layer": ["required", "optional"]}
    assert "55 分钟，上限 60 分钟" in browser.post("/assignments/load", data=layered).text
    assert count(app, Assignment) == 1


def test_more_than_is_allowed_needs_a_reason_which_the_head_of_the_grade_reads(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        head = make_teacher(school_class, name="周组长")
        administrator = make_administrator(school_class.school)
        freed(head, administrator)
    too_long = scene.fields(row_version=[""], row_prompt=["抄写"], row_minutes=["61"])
    teacher = sign_in_as(scene.teacher)
    refused = teacher.post("/assignments", data=too_long)
    assert refused.status_code == 422
    assert "61 分钟（上限 60 分钟）" in refused.text
    assert "抄写" in refused.text
    school = sign_in_as(administrator)
    assert (
        school.post("/people/grade-heads", data={"grade": 5, "person_id": head.person_id}).status_code == 303
    )
    assert teacher.post("/assignments", data=too_long | {"reason": "明天运动会"}).status_code == 302
    reader = sign_in_as(head)
    assert "1 项作业超出时长上限" in reader.get("/load/told").text
    page = reader.get("/load/excesses").text
    assert "明天运动会" in page
    with app.app_context():
        excess_id = db.session.scalars(select(Excess.id)).one()
    assert reader.post(f"/load/excesses/{excess_id}/seen").status_code == 303
    assert reader.get("/load/told").text.strip() == ""
    assert sign_in_as(scene.teacher).post(f"/load/excesses/{excess_id}/seen").status_code == 404


def test_two_who_assign_for_one_class_at_once_are_both_held_by_the_cap(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        colleague = make_teacher(db.session.get_one(SchoolClass, scene.class_id))
        freed(colleague)
    browsers = [sign_in_as(scene.teacher), sign_in_as(colleague)]
    barrier, answers = threading.Barrier(2), []

    def give(browser: Browser) -> None:
        fields = scene.fields(row_version=[""], row_prompt=["抄写"], row_minutes=["40"])
        barrier.wait()
        answers.append(browser.post("/assignments", data=fields).status_code)

    threads = [threading.Thread(target=give, args=(one,)) for one in browsers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [302, 422]
    with app.app_context():
        assert list(db.session.scalars(select(LoadEntry.minutes))) == [40.0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_at": "2020-01-01T20:00"}, "截止时间已过"),
        ({"cut_off_at": "2020-01-01T20:00"}, "补交"),
        ({"title": "很" * 10_000}, "标题最多 200 字"),
        ({"instructions": "长" * 4_001}, "说明最多 4000 字"),
        ({"class_ids": "10000"}, "任教"),
        ({"class_ids": []}, "请至少选择一个班级、小组或学生"),
        ({"hand_ins": "limited", "most_hand_ins": "1"}, "2 到 20"),
        ({"own_minutes": "1000"}, "0 到 180"),
        ({"due_at": "9999-12-31T20:00"}, "请检查年份"),
        ({"due_at": "20266-09-08T20:00"}, "请检查年份"),
        ({"due_at": "0001-01-01T00:00"}, "请检查年份"),
        ({"due_at": "2099-01-01T20:00"}, "请检查年份"),
        ({"opens_at": "0001-01-01T00:00"}, "请检查年份"),
        ({"opens_at": "9999-12-31T20:00"}, "请检查年份"),
        ({"cut_off_at": "9999-12-31T20:00"}, "请检查年份"),
        ({"cut_off_at": "2099-01-01T20:00"}, "请检查年份"),
    ],
)
def test_bad_input_is_told_in_words_and_nothing_typed_is_lost(
    app: Flask, scene: Scene, sign_in_as: SignInAs, changes: dict[str, object], sentence: str
) -> None:
    rows = {
        "row_version": [str(scene.easy), ""],
        "row_points": ["2", "5"],
        "row_prompt": ["", "写出解题过程"],
        "row_minutes": ["1", "6"],
        "row_layer": ["required", "challenge"],
    }
    typed = {"instructions": "独立完成", "reason": ""}
    fields = scene.fields(**(rows | typed | changes))
    answer = sign_in_as(scene.teacher).post("/assignments", data=fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "写出解题过程" in answer.text
    assert str(fields["title"]) in answer.text
    assert str(fields["instructions"]) in answer.text
    assert '<option value="challenge" selected>' in answer.text
    for name in {"opens_at", "due_at", "cut_off_at"} & changes.keys():
        assert f'value="{changes[name]}"' in answer.text
    assert count(app, Assignment) == 0


@pytest.mark.parametrize(
    ("rule", "days_after"),
    [
        ({}, 3),
        ({"is_late_refused": "y"}, 0),
        ({"cut_off_at": local(clock.now() + timedelta(days=700))}, None),
    ],
)
def test_late_work_is_taken_for_three_days_after_any_due_time_unless_said_otherwise(
    app: Flask, scene: Scene, sign_in_as: SignInAs, rule: dict[str, object], days_after: int | None
) -> None:
    browser = sign_in_as(scene.teacher)
    untouched = browser.get("/assignments/new").text.split('name="cut_off_at"')[1].split(">")[0]
    assert 'value=""' in untouched
    opens, due = clock.now() + timedelta(hours=1), usual_due(clock.now()) + timedelta(days=7)
    times = {"opens_at": local(opens), "due_at": local(due), "cut_off_at": ""}
    address = browser.post("/assignments", data=scene.fields(**(times | rule))).location
    with app.app_context():
        assignment = db.session.scalars(select(Assignment)).one()
        if days_after is not None:
            assert assignment.cut_off_at - assignment.due_at == timedelta(days=days_after)
    page = browser.get(f"{address}/plan").text
    shown = page.split('name="cut_off_at"')[1].split(">")[0]
    assert ('value=""' in shown) is (days_after is not None)
    assert ("checked" in page.split('name="is_late_refused"')[0].rsplit("<", 1)[1]) is (days_after == 0)


@pytest.mark.parametrize("moment", ["9999-12-31T20:00", "0001-01-01T00:00"])
@pytest.mark.parametrize("name", ["opens_at", "due_at", "cut_off_at"])
def test_a_time_that_cannot_be_does_no_harm_while_the_plan_is_still_written(
    scene: Scene, sign_in_as: SignInAs, name: str, moment: str
) -> None:
    browser, fields = sign_in_as(scene.teacher), scene.fields(**{name: moment})
    for address in ("/assignments/new", "/assignments/load", "/assignments/preview"):
        answer = browser.post(address, data=fields)
        assert answer.status_code == 200
    assert f'value="{moment}"' in browser.post("/assignments/new", data=fields).text


def test_an_empty_class_and_one_of_another_school_are_refused(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        empty, foreign = (
            make_class(school_class.school, grade=5, name="五年级(9)班"),
            make_class(make_school()),
        )
        enrol(db.session.get_one(Hat, scene.teacher.id), empty, "mathematics")
        make_student(foreign)
        ids = (empty.id, foreign.id)
    browser = sign_in_as(scene.teacher)
    answers = [browser.post("/assignments", data=scene.fields(class_ids=one)) for one in ids]
    assert [one.status_code for one in answers] == [422, 422]
    assert "五年级(9)班" in answers[0].text
    assert count(app, Assignment) == 0


def test_a_question_withdrawn_meanwhile_is_left_out_and_assigned_work_keeps_it(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    address = browser.post("/assignments", data=scene.fields()).location
    with app.app_context(), transaction():
        db.session.get_one(Resource, scene.resource_id).review_state = ReviewState.WITHDRAWN
    refused = browser.post("/assignments", data=scene.fields(title="第二次"))
    assert refused.status_code == 404
    assert "第二次" in refused.text
    work = sign_in_as(scene.student).get(f"{address}/work")
    assert work.status_code == 200
    assert "x=2" in work.text


def test_the_preview_shows_what_pupils_see_and_no_key(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    page = (
        sign_in_as(scene.teacher)
        .post("/assignments/preview", data=scene.fields(instructions="独立完成"))
        .text
    )
    assert "周末作业" in page
    assert "独立完成" in page
    assert "x=2" in page
    assert MARKER not in page
    assert count(app, Assignment) == 0


def test_work_is_copied_without_its_classes_and_times(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    browser.post("/assignments", data=scene.fields(instructions="独立完成", hand_ins="once"))
    page = browser.get("/assignments/new?copy=1").text
    assert "周末作业" in page
    assert "独立完成" in page
    assert f'name="row_version" value="{scene.easy}"' in page
    assert '<option selected value="once">' in page
    assert 'name="class_ids" checked' not in page.replace("\n", " ")
    assert sign_in_as(scene.student).get("/assignments/new?copy=1").status_code == 403


def test_a_rubric_stays_with_its_question_when_the_work_is_planned_anew_and_goes_with_its_points(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    opens = local(clock.now() + timedelta(hours=2))
    address = browser.post("/assignments", data=scene.fields(opens_at=opens)).location
    levels = Level("a", 2.0, "明确"), Level("b", 0.0, "没有")
    with app.app_context(), transaction():
        question = db.session.scalars(select(AssignmentItem)).one()
        criteria = Criteria((Criterion("c", "观点", levels),))
        write_rubric(question, scene.teacher, criteria, seen="", reason="", now=clock.now())
    changed = scene.fields(opens_at=opens, title="改过的作业", version="1", standing="1")
    assert browser.post(f"{address}/plan", data=changed).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Rubric)).one().criteria == criteria.as_data()
    dearer = changed | {"row_points": ["5"], "version": "2"}
    assert "1 个评分量规" in browser.post(f"{address}/plan", data=dearer, follow_redirects=True).text
    assert count(app, Rubric) == 0


def test_work_that_is_not_open_yet_is_changed_and_a_second_tab_is_told(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    opens = local(clock.now() + timedelta(hours=2))
    address = browser.post("/assignments", data=scene.fields(opens_at=opens)).location
    page = browser.get(f"{address}/plan").text
    assert "周末作业" in page
    assert f'value="{opens}"' in page
    changed = scene.fields(opens_at=opens, title="改过的作业", version="1", standing="1")
    assert browser.post(f"{address}/plan", data=changed).status_code == 302
    assert "改过的作业" in browser.get(address).text
    rows = {"row_version": [str(scene.hard)], "instructions": "独立完成", "cut_off_at": opens}
    mine = (
        changed
        | rows
        | {"title": "第二个标签页", "due_at": local(usual_due(clock.now()) + timedelta(days=1))}
    )
    mine["cut_off_at"] = local(usual_due(clock.now()) + timedelta(days=2))
    second = browser.post(f"{address}/plan", data=mine)
    assert second.status_code == 409
    told = second.text.split('id="plan"')[0]
    for words in (
        "您刚才在另一个页面",
        "标题：改过的作业",
        "要求：无",
        "补交截止：",
        "题目：1 题",
        f'href="{address}/plan"',
    ):
        assert words in told, words
    assert "学科" not in told, "it says the same"
    below = second.text.split('id="plan"')[1]
    for typed in (
        "第二个标签页",
        "独立完成",
        f'name="row_version" value="{scene.hard}"',
        str(mine["cut_off_at"]),
    ):
        assert typed in below
    (version,) = re.findall(r'name="version"[^>]* value="(\d+)"', second.text)
    assert browser.post(f"{address}/plan", data=mine | {"version": version}).status_code == 302
    assert "第二个标签页" in browser.get(address).text
    with app.app_context(), transaction():
        db.session.get_one(Assignment, 1).opens_at = clock.now()
    assert browser.get(f"{address}/plan").status_code == 409
    assert browser.post(f"{address}/plan", data=changed | {"version": "4"}).status_code == 409


def test_who_is_overtaken_by_a_colleague_reads_her_name_and_what_was_typed_stays(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    opens = local(clock.now() + timedelta(hours=2))
    address = sign_in_as(scene.teacher).post("/assignments", data=scene.fields(opens_at=opens)).location
    with app.app_context(), transaction():
        school_class, subject = db.session.get_one(SchoolClass, scene.class_id), make_subject()
        for taught in db.session.scalars(
            select(Enrolment).where(Enrolment.person_id == scene.teacher.person_id)
        ):
            taught.ends_on = clock.school_day(clock.now())
        first, second = (make_teacher(school_class, subject.code, name=name) for name in ("林晓", "周航"))
        pupils = [make_student(school_class, name) for name in ("吴一", "吴二")]
        ids = [one.person_id for one in pupils]
        freed(first, second)
    quick, other = sign_in_as(first), sign_in_as(second)
    changed = scene.fields(opens_at=opens, version="1", standing="1")
    limited = changed | {"hand_ins": "limited", "most_hand_ins": "3"}
    assert quick.post(f"{address}/plan", data=limited).status_code == 302
    mine = changed | {
        "pupil_ids": [str(one) for one in ids],
        f"depth-pupil-{ids[0]}": "challenge",
        "teaming": "chosen",
    }
    told = other.post(f"{address}/plan", data=mine)
    assert told.status_code == 409
    said = told.text.split('id="plan"')[0]
    assert "林晓在此期间修改了这次作业" in said
    for words in ("单个学生：无", "各对象必做到：无", "次数：3", "每组人数：无"):
        assert words in said, words
    assert "题目：" not in said, "they are the same"
    assert quick.post(f"{address}/plan", data=mine | {"version": "2"}).status_code == 302
    again = other.post(f"{address}/plan", data=mine | {"version": "2"})
    assert "内容与下方一致" in again.text.split('id="plan"')[0]


def test_groups_and_pupils_are_chosen_and_must_do_more(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        teacher = db.session.get_one(Hat, scene.teacher.id)
        other = make_student(db.session.get_one(SchoolClass, scene.class_id), "王小明")
        group_id = make_group(teacher, scene.class_id, "提高组", [other.person_id], now=clock.now()).id
        pupil_id = db.session.get_one(Hat, scene.student.id).person_id
    browser = sign_in_as(scene.teacher)
    part = browser.get(f"/assignments/pupils?class_id={scene.class_id}&pupil_ids={pupil_id}").text
    assert "王小明" in part
    assert part.count(" checked") == 1
    fields = scene.fields(group_ids=group_id, pupil_ids=pupil_id, row_layer=["challenge"])
    fields[f"depth-group-{group_id}"] = "challenge"
    page = browser.post("/assignments/new", data=fields).text
    assert f'name="depth-group-{group_id}"' in page
    assert browser.post("/assignments", data=fields).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(AssignmentTarget.is_whole)).one() is True
        parts = {(one.group_id, one.student_id, one.depth) for one in db.session.scalars(select(TargetPart))}
        assert parts == {(group_id, None, "challenge"), (None, pupil_id, "required")}


def test_a_teacher_without_a_class_is_told_what_to_do_instead_of_a_form(
    app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            newcomer = make_hat(Role.TEACHER)
        db.session.refresh(newcomer)
    page = sign_in_as(newcomer).get("/assignments/new").get_data(as_text=True)
    assert "学校管理员" in page
    assert 'href="/library/sets"' in page
    assert 'name="due_at"' not in page


def test_the_plan_asks_the_database_as_often_for_many_as_for_few(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    def statements(addresses: list[str]) -> list[int]:
        browser, counts = sign_in_as(scene.teacher), []
        for address in addresses:
            with statements_of(app) as made:
                assert browser.get(address).status_code == 200
            counts.append(len(made))
        return counts

    def grow(number: int) -> None:
        with app.app_context(), transaction():
            school_class = db.session.get_one(SchoolClass, scene.class_id)
            teacher = db.session.get_one(Hat, scene.teacher.id)
            for _ in range(number):
                make_student(school_class)
                another = make_class(school_class.school, grade=5)
                make_assignment(
                    teacher,
                    another,
                    opens_at=clock.now() - timedelta(hours=1),
                    due_at=clock.now() + timedelta(hours=1),
                    cut_off_at=clock.now() + timedelta(hours=2),
                )

    addresses = [
        "/assignments/new",
        f"/assignments/new?resource={scene.resource_id}",
        f"/assignments/pupils?class_id={scene.class_id}",
        f"/assignments/questions?q=小数&class_ids={scene.class_id}",
        "/load",
        "/load/sheet.csv",
        "/api/v1/load",
        "/load/excesses",
        "/groups",
    ]
    grow(2)
    few = statements(addresses)
    grow(20)
    assert statements(addresses) == few
