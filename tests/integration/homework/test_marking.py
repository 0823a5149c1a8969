"""The marking desk: what is marked together, taken back, read a second time, and seen by whom."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Role
from core import clock
from core.audit.models import AuditEntry
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentTarget
from homework.assignments.queries import questions_of
from homework.comments.services import keep
from homework.markers.models import PupilNumber
from homework.marking.models import Mark, PastMark
from homework.submissions.models import Answer, Page, Submission
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_version
from tests.statements import statements_of

BIRD = "因为小鸟飞走了，所以大树很孤单。", "小鸟飞走了，所以大树感到很孤单。", "因为小鸟飞走了,大树很孤单"
ENVIRONMENT = "我觉得作者想告诉我们要爱护环境。"
NAMES = "赵一", "钱二", "孙三", "李四", "周五"
SAID = (*BIRD, ENVIRONMENT, BIRD[0])
JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Scene:
    """Work with a free text and a photo, handed in by five pupils of one class."""

    assignment_id: int
    text: int
    photo: int
    student_ids: list[int]
    submission_ids: list[int]
    teacher: Hat
    colleague: Hat
    student: Hat
    guardian: Hat

    @property
    def desk(self) -> str:
        return f"/assignments/{self.assignment_id}/marking"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class, "mathematics", name="陈老师")
        colleague = make_teacher(school_class, "mathematics", name="周老师")
        students = [make_student(school_class, name) for name in NAMES]
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.EXTENDED_TEXT, ItemKind.PHOTO),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        text, photo = (one.id for one in db.session.scalars(questions_of(assignment.id)))
        handed_in = [
            make_submission(assignment, student, {text: {"text": said}}, photos=1, now=now)
            for student, said in zip(students, SAID, strict=True)
        ]
        made = Scene(
            assignment.id,
            text,
            photo,
            [one.person_id for one in students],
            [one.id for one in handed_in],
            teacher,
            colleague,
            students[0],
            make_guardian(students[0]),
        )
        db.session.flush()
        for hat in (teacher, colleague, students[0], made.guardian):
            db.session.refresh(hat)
            db.session.expunge(hat)
        return made


def fields_of(page: str) -> list[list[str]]:
    """The answers of each card, as its form names them."""
    forms = re.findall(r'<form class="marking-form".*?</form>', page, re.DOTALL)
    return [re.findall(r'name="answer" value="([^"]+)"', one) for one in forms]


def mark_all(browser: Browser, scene: Scene, points: str = "2", questions: Iterable[int] = ()) -> None:
    """Give the answers to all questions, or to *questions*, the same points."""
    for question in questions or (scene.text, scene.photo):
        page = browser.get(f"{scene.desk}?question={question}&part=all").text
        for answers in fields_of(page):
            reply = browser.post(scene.desk, data={"answer": answers, "points": points}, headers=JSON)
            assert reply.status_code == HTTPStatus.OK


def answer_ids(app: Flask, scene: Scene, question: int) -> list[int]:
    with app.app_context():
        answers = (
            select(Answer.id).where(Answer.assignment_item_id == question).order_by(Answer.submission_id)
        )
        return list(db.session.scalars(answers))


def test_answers_that_are_alike_are_marked_together_and_one_of_them_can_be_taken_out(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    page = teacher.get(f"{scene.desk}?question={scene.text}").text
    assert "4 份相近的答案" in page
    assert sorted(len(one) for one in fields_of(page)) == [1, 4]
    together = max(fields_of(page), key=len)
    reply = teacher.post(
        scene.desk, data={"answer": together, "points": "2", "comment": "说得好"}, headers=JSON
    )
    assert reply.json is not None
    assert set(reply.json["versions"].values()) == {1}
    second = answer_ids(app, scene, scene.text)[1]
    moved = teacher.post(f"{scene.desk}/apart", data={"answer": second, "apart": "1", "question": scene.text})
    assert moved.status_code == HTTPStatus.SEE_OTHER
    page = teacher.get(f"{scene.desk}?question={scene.text}").text
    assert sorted(len(one) for one in fields_of(page)) == [1, 1, 3]
    teacher.post(f"{scene.desk}/apart", data={"answer": second, "question": scene.text})
    assert sorted(len(one) for one in fields_of(teacher.get(f"{scene.desk}?question={scene.text}").text)) == [
        1,
        4,
    ]


def test_the_last_mark_is_taken_back_given_again_and_never_lost(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    answer = answer_ids(app, scene, scene.photo)[0]

    def send(where: str, version: int, **fields: str) -> dict[str, object]:
        reply = teacher.post(where, data={"answer": f"{answer}:{version}", **fields}, headers=JSON)
        assert reply.status_code == HTTPStatus.OK, reply.text
        assert reply.json is not None
        return dict(reply.json)

    undo = f"{scene.desk}/undo"
    send(scene.desk, 0, points="1", comment="缺单位")
    taken = send(undo, 1)
    assert (taken["points"], taken["is_marked"], taken["versions"]) == (None, False, {str(answer): 0})
    again = send(undo, 0)
    assert (again["points"], again["comment"], again["versions"]) == (1.0, "缺单位", {str(answer): 2})
    send(scene.desk, 2, points="2", comment="")
    assert send(undo, 3)["points"] == 1.0
    assert send(undo, 4)["points"] == 2.0
    with app.app_context():
        kept = db.session.scalars(
            select(PastMark.points).where(PastMark.answer_id == answer).order_by(PastMark.id)
        )
        assert list(kept) == [1.0, 1.0, 2.0, 1.0]


def test_two_who_take_the_same_mark_back_do_not_give_it_again(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    answer = answer_ids(app, scene, scene.photo)[0]
    teacher.post(scene.desk, data={"answer": f"{answer}:0", "points": "1"}, headers=JSON)
    seen = {"answer": f"{answer}:1"}
    assert teacher.post(f"{scene.desk}/undo", data=seen, headers=JSON).status_code == HTTPStatus.OK
    late = colleague.post(f"{scene.desk}/undo", data=seen, headers=JSON)
    assert late.status_code == HTTPStatus.CONFLICT
    with app.app_context():
        assert not list(db.session.scalars(select(Mark.id).where(Mark.answer_id == answer)))


def test_a_mark_begun_anew_after_taking_back_fits_no_page_that_was_open_before(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    answer = answer_ids(app, scene, scene.photo)[0]
    teacher.post(scene.desk, data={"answer": f"{answer}:0", "points": "1"}, headers=JSON)
    teacher.post(f"{scene.desk}/undo", data={"answer": f"{answer}:1"}, headers=JSON)
    teacher.post(scene.desk, data={"answer": f"{answer}:0", "points": "2"}, headers=JSON)
    late = colleague.post(scene.desk, data={"answer": f"{answer}:1", "points": "0"}, headers=JSON)
    assert late.status_code == HTTPStatus.CONFLICT
    assert late.json is not None
    assert (late.json["error"]["details"]["by"], late.json["error"]["details"]["points"]) == ("陈老师", "2")


def test_what_a_key_gave_is_not_taken_back_but_what_a_teacher_gave_instead_is(
    app: Flask, sign_in_as: SignInAs
) -> None:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        times = {"opens_at": now - timedelta(hours=1), "due_at": now + timedelta(hours=5)}
        work = make_assignment(teacher, school_class, cut_off_at=now + timedelta(days=2), **times)
        make_submission(work, make_student(school_class), now=now)
        answer = db.session.scalars(select(Answer.id)).one()
        desk = f"/assignments/{work.id}/marking"
        db.session.refresh(teacher)
        db.session.expunge(teacher)
    browser = sign_in_as(teacher)
    assert re.search(r"data-undo[^>]* hidden", browser.get(desk).text)
    refused = browser.post(f"{desk}/undo", data={"answer": f"{answer}:1"}, headers=JSON)
    assert refused.status_code == HTTPStatus.CONFLICT
    browser.post(desk, data={"answer": f"{answer}:1", "points": "1"}, headers=JSON)
    undone = browser.post(f"{desk}/undo", data={"answer": f"{answer}:2"}, headers=JSON)
    assert undone.json is not None
    assert undone.json["points"] == 2.0
    with app.app_context():
        assert db.session.scalars(select(Mark.source)).one().value == "machine"


def test_work_that_is_back_keeps_a_mark_for_every_answer(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, scene)
    teacher.post(f"/assignments/{scene.assignment_id}/return")
    answer = answer_ids(app, scene, scene.photo)[0]
    refused = teacher.post(f"{scene.desk}/undo", data={"answer": f"{answer}:1"}, headers=JSON)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert refused.json is not None
    assert "已经发还" in refused.json["error"]["message"]
    teacher.post(scene.desk, data={"answer": f"{answer}:1", "points": "1"}, headers=JSON)
    undone = teacher.post(f"{scene.desk}/undo", data={"answer": f"{answer}:2"}, headers=JSON)
    assert undone.json is not None
    assert undone.json["points"] == 2.0


def test_of_two_who_mark_at_once_the_second_gets_the_others_value(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    answer = answer_ids(app, scene, scene.photo)[0]
    teacher.post(scene.desk, data={"answer": f"{answer}:0", "points": "2", "comment": "很好"}, headers=JSON)
    second = colleague.post(scene.desk, data={"answer": f"{answer}:0", "points": "1"}, headers=JSON)
    assert second.status_code == HTTPStatus.CONFLICT
    assert second.json is not None
    assert "陈老师" in second.json["error"]["message"]
    details = second.json["error"]["details"]
    assert (details["points"], details["comment"], details["version"]) == ("2", "很好", 1)
    by_form = {"answer": f"{answer}:0", "points": "1", "comment": "还要检验", "question": scene.photo}
    page = colleague.post(scene.desk, data=by_form)
    assert page.status_code == HTTPStatus.CONFLICT
    for words in ("陈老师", 'value="很好"', "还要检验"):
        assert words in page.text
    undone = colleague.post(f"{scene.desk}/undo", data={"answer": f"{answer}:0"}, headers=JSON)
    assert undone.status_code == HTTPStatus.CONFLICT
    with app.app_context():
        assert db.session.scalars(select(Mark.points).where(Mark.answer_id == answer)).all() == [2.0]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"points": "2"}, "分数"),
        ({"answer": "x:0", "points": "2"}, "分数"),
        ({"points": "两"}, "分数"),
        ({"points": "3"}, "0 到 2"),
    ],
)
def test_a_mark_that_cannot_be_given_is_refused_in_a_sentence(
    app: Flask, scene: Scene, sign_in_as: SignInAs, sent: dict[str, str], says: str
) -> None:
    answer = answer_ids(app, scene, scene.photo)[0]
    form = sent if "answer" in sent or sent == {"points": "2"} else {"answer": f"{answer}:0", **sent}
    reply = sign_in_as(scene.teacher).post(scene.desk, data=form, headers=JSON)
    assert reply.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reply.json is not None
    assert says in reply.json["error"]["message"]


def test_answers_to_different_questions_are_not_marked_together(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    both = [f"{answer_ids(app, scene, one)[0]}:0" for one in (scene.text, scene.photo)]
    reply = sign_in_as(scene.teacher).post(scene.desk, data={"answer": both, "points": "1"}, headers=JSON)
    assert reply.status_code == HTTPStatus.NOT_FOUND


def test_the_class_can_be_filtered_by_where_the_marking_stands(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, scene, questions=[scene.text])
    answer = answer_ids(app, scene, scene.photo)[0]
    teacher.post(scene.desk, data={"answer": f"{answer}:0", "points": "1"}, headers=JSON)
    page = teacher.get(f"/assignments/{scene.assignment_id}").text
    assert re.search(r'批改中\s*<span class="count">4</span>', page)
    assert re.search(r'待发还\s*<span class="count">1</span>', page)
    ready = teacher.get(f"/assignments/{scene.assignment_id}?marking=ready").text
    assert NAMES[0] in ready
    assert NAMES[1] not in ready


def test_work_of_two_classes_goes_back_to_one_of_them_and_later_to_the_other(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        teacher = db.session.get_one(Hat, scene.teacher.id)
        here = db.session.scalars(select(SchoolClass)).one()
        there, foreign = make_class(school=here.school), make_class(school=here.school)
        db.session.add(
            Enrolment(
                class_id=there.id,
                person_id=teacher.person_id,
                role=Role.TEACHER,
                subject_code="mathematics",
                starts_on=clock.now().date(),
            )
        )
        assignment = db.session.get_one(Assignment, scene.assignment_id)
        for one in (there, foreign):
            db.session.add(AssignmentTarget(assignment_id=assignment.id, class_id=one.id))
        for one in (there, foreign):
            make_submission(assignment, make_student(one), {scene.text: {"text": "鸟"}}, photos=1)
        here_id, there_id, foreign_id = here.id, there.id, foreign.id
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, scene)
    page = f"/assignments/{scene.assignment_id}"
    shown = teacher.get(page).text
    assert "发还 5 份" in shown
    assert "发还 1 份" in shown
    assert "发还 1 份" in teacher.get(scene.desk).text
    back = select(Submission.student_id).where(Submission.returned_at.is_not(None))
    assert teacher.post(f"{page}/return", data={"class_id": foreign_id}).status_code == HTTPStatus.NOT_FOUND
    teacher.post(f"{page}/return", data={"class_id": here_id})
    with app.app_context():
        assert sorted(db.session.scalars(back)) == sorted(scene.student_ids)
    assert "或按班发还" not in teacher.get(page).text
    teacher.post(f"{page}/return", data={"class_id": there_id})
    with app.app_context():
        assert len(db.session.scalars(back).all()) == len(scene.student_ids) + 1


def test_pupils_and_guardians_see_nothing_of_the_marking_before_the_work_is_returned(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    page = teacher.get(f"{scene.desk}?question={scene.text}").text
    for answers in fields_of(page):
        teacher.post(
            scene.desk, data={"answer": answers, "points": "1", "comment": "还要说明原因"}, headers=JSON
        )
    for reader in (sign_in_as(scene.student), sign_in_as(scene.guardian)):
        for address in (f"/submissions/{scene.submission_ids[0]}", f"/assignments/{scene.assignment_id}"):
            seen = reader.get(address).text
            assert "还要说明原因" not in seen
            assert "批改中" not in seen


def test_while_work_is_marked_blind_no_page_of_a_marker_joins_names_and_answers(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    saved = teacher.post(f"/assignments/{scene.assignment_id}/markers", data={"blind": "1", "version": "0"})
    assert saved.status_code == HTTPStatus.SEE_OTHER
    mark_all(teacher, scene, questions=[scene.text])
    with app.app_context():
        page_ids = list(db.session.scalars(select(Page.id)))
    pages = [
        teacher.get(address).text
        for address in (
            f"{scene.desk}?question={scene.text}",
            f"{scene.desk}?question={scene.photo}",
            *(f"/submissions/{one}" for one in scene.submission_ids),
            *(f"/pages/{one}/annotate" for one in page_ids),
            f"/assignments/{scene.assignment_id}/marks",
            f"/reports/work/{scene.assignment_id}",
        )
    ]
    for page in pages:
        assert not [name for name in NAMES if name in page]
    listed = teacher.get(f"/assignments/{scene.assignment_id}").text
    rows = re.findall(r"<tr>.*?</tr>", listed, re.DOTALL)
    assert not [row for row in rows if any(name in row for name in NAMES) and "/submissions/" in row]
    assert "同学 01" in listed
    with app.app_context():
        numbers = dict(db.session.execute(select(PupilNumber.student_id, PupilNumber.number)).all())
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    first = scene.submission_ids[0]
    assert (
        teacher.post(f"/submissions/{first}/name", headers=JSON).status_code
        == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    teacher.post(f"/submissions/{first}/name", data={"reason": "照片看不清，要问本人"})
    assert NAMES[0] in teacher.get(f"/submissions/{first}").text
    assert NAMES[0] not in sign_in_as(scene.colleague).get(f"/submissions/{first}").text
    assert "照片看不清，要问本人" in teacher.get(f"/assignments/{scene.assignment_id}/markers").text
    with app.app_context():
        assert "look_behind_number" in db.session.scalars(select(AuditEntry.verb)).all()
    mark_all(teacher, scene, questions=[scene.photo])
    teacher.post(f"/assignments/{scene.assignment_id}/return")
    assert NAMES[1] in teacher.get(f"/submissions/{scene.submission_ids[1]}").text


def test_numbers_stay_when_work_stops_being_blind_and_who_comes_later_gets_a_free_one(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    address = f"/assignments/{scene.assignment_id}/markers"

    def numbers() -> dict[int, int]:
        with app.app_context():
            return dict(db.session.execute(select(PupilNumber.student_id, PupilNumber.number)).all())

    teacher.post(address, data={"blind": "1", "version": "0"})
    before = numbers()
    teacher.post(address, data={"version": "1"})
    teacher.post(address, data={"blind": "1", "version": "2"})
    assert numbers() == before
    late = teacher.post(address, data={"blind": "1", "version": "1"})
    assert late.status_code == HTTPStatus.CONFLICT
    assert "期间有人改过" in late.text


def test_each_marker_sees_her_own_part_first_and_may_help_with_the_others(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    address = f"/assignments/{scene.assignment_id}/markers"
    markers = [scene.teacher.person_id, scene.colleague.person_id]
    alone = teacher.post(address, data={"division": "pupils", "teacher": markers[:1], "version": "0"})
    assert alone.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    stranger = teacher.post(
        address, data={"division": "pupils", "teacher": [markers[0], scene.student.person_id], "version": "0"}
    )
    assert stranger.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    teacher.post(address, data={"division": "pupils", "teacher": markers, "version": "0"})
    parts = [
        {one for card in fields_of(who.get(f"{scene.desk}?question={scene.photo}").text) for one in card}
        for who in (teacher, colleague)
    ]
    assert not parts[0] & parts[1]
    assert sorted(map(len, parts)) == [2, 3]
    helping = fields_of(colleague.get(f"{scene.desk}?question={scene.photo}&part=all").text)
    assert {one for card in helping for one in card} == parts[0] | parts[1]
    by_question = {
        "division": "questions",
        f"marker-{scene.text}": markers[0],
        f"marker-{scene.photo}": markers[1],
        "version": "1",
    }
    teacher.post(address, data=by_question)
    assert len(fields_of(colleague.get(scene.desk).text)) == len(NAMES)
    assert fields_of(teacher.get(f"{scene.desk}?question={scene.photo}").text) == []


def test_the_list_of_marks_says_what_waits_and_what_was_not_answered(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, scene, "1.5", questions=[scene.text])
    page = teacher.get(f"/assignments/{scene.assignment_id}/marks").text
    row = next(one for one in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if NAMES[0] in one)
    cells = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<td.*?</td>", row, re.DOTALL)]
    assert cells[1:4] == ["1.5", "?", "–"]


@pytest.mark.parametrize("pupils", [10, 60])
def test_pages_of_marking_ask_the_database_as_often_for_ten_pupils_and_comments_as_for_sixty(
    app: Flask, sign_in_as: SignInAs, pupils: int
) -> None:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        version = make_version(ItemKind.EXTENDED_TEXT)
        work = make_assignment(
            teacher,
            school_class,
            versions=[version],
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        [question] = db.session.scalars(questions_of(work.id))
        for number in range(pupils):
            said = {question.id: {"text": f"第 {number} 个同学的想法是{SAID[number % 5]}"}}
            make_submission(work, make_student(school_class, f"同学{number}"), said, now=now)
            keep(teacher, f"评语 {number}", item_id=version.item_id, now=now)
        at = f"/assignments/{work.id}"
        db.session.refresh(teacher)
        db.session.expunge(teacher)
    browser = sign_in_as(teacher)
    counted = {}
    for address in (f"{at}/marking", f"{at}/marks", f"{at}/marking/refused", at, "/comments"):
        browser.get(address)
        with statements_of(app) as sent:
            page = browser.get(address)
        assert page.status_code == HTTPStatus.OK
        counted[address.removeprefix(at)] = len(sent)
    assert counted == {"/marking": 17, "/marks": 11, "/marking/refused": 6, "": 21, "/comments": 4}


def test_the_bank_of_the_page_is_data_that_the_script_can_read(scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    teacher.post("/comments", data={"text": "</script>要写单位"})
    page = teacher.get(f"{scene.desk}?question={scene.photo}").text
    bank = re.search(r'id="bank"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert bank is not None
    assert [one["text"] for one in json.loads(bank[1])] == ["</script>要写单位"]
