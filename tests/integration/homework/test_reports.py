"""Reports: page, CSV and API say the same; pupils and guardians meet nobody else's figures."""

import csv
import io
from datetime import timedelta

import pypdfium2
from flask import Flask
from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Role
from core.database import db, transaction
from core.paging import every_page
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.assignments.queries import questions_of
from homework.marking.services import mark, return_one
from homework.reports.classes import class_rows
from homework.reports.pupils import pupil_rows
from homework.reports.queries import work_of_class
from homework.reports.work import report_of
from homework.submissions.models import Answer
from library.items.models import ItemKind, ItemVersion
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import (
    enrol,
    make_administrator,
    make_class,
    make_guardian,
    make_hat,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment, make_submission
from tests.statements import statements_of

NAMES = "赵一", "钱二", "孙三", "李四"


class Scene:
    """Four pupils, two questions: A, A, B, and C with a text that is half right."""

    def __init__(self) -> None:
        self.school_class = make_class()
        self.teacher = make_teacher(self.school_class)
        self.office = make_administrator(self.school_class.school)
        kinds = ItemKind.CHOICE, ItemKind.TEXT_ENTRY
        self.assignment = make_assignment(self.teacher, self.school_class, kinds=kinds)
        self.choice, self.text = db.session.scalars(questions_of(self.assignment.id))
        self.pupils = [self.pupil(name, said) for name, said in zip(NAMES, "AABC", strict=True)]
        self.guardian = make_guardian(self.pupils[0])
        self.hats = self.teacher, self.pupils[0], self.guardian, self.office

    def pupil(self, name: str, said: str):  # noqa: ANN201 -- a hat
        hat = make_student(self.school_class)
        hat.person.name = name
        responses = {self.choice.id: {"choices": [said]}}
        if said == "C":
            responses[self.text.id] = {"blanks": ["床前明月光", "疑似地上霜"]}
        submission = make_submission(self.assignment, hat, responses)
        return_one(submission, self.teacher, now=MONDAY)
        return hat


def made(app: Flask) -> Scene:
    with app.app_context():
        with transaction():
            scene = Scene()
        for one in scene.hats:
            db.session.refresh(one)
        for one in (scene.assignment, scene.choice, scene.text, scene.school_class, *scene.pupils):
            db.session.refresh(one)
    return scene


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def test_page_csv_and_api_give_the_same_figures(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser, work = sign_in_as(scene.teacher), scene.assignment.id
    told = browser.get(f"/api/v1/assignments/{work}/report").get_json()
    first, second = told["questions"]
    assert (first["pupils"], first["answered"], first["right"], first["difficulty"]) == (4, 4, 1, 0.25)
    assert [(one["response"], one["pupils"]) for one in first["wrong_answers"]] == [
        ({"choices": ["A"]}, 2),
        ({"choices": ["C"]}, 1),
    ]
    assert (second["pupils"], second["answered"], second["difficulty"]) == (4, 1, 0.12)
    assert first["discrimination"] is None
    sheet = rows_of(browser.get(f"/assignments/{work}/report.csv").get_data(as_text=True))
    for row, question in zip(sheet, told["questions"], strict=True):
        assert [int(one) for one in row[4:7]] == [question[one] for one in ("pupils", "answered", "right")]
        assert float(row[7]) == question["difficulty"]
    page = browser.get(f"/assignments/{work}/report").get_data(as_text=True)
    assert "0.25" in page
    assert "0.12" in page
    inside = browser.get(f"/assignments/{work}/report/{scene.choice.id}?wrong=0").get_data(as_text=True)
    assert all(name in inside for name in NAMES)


def test_a_title_that_looks_like_a_formula_stays_a_text_in_the_sheet(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    with app.app_context(), transaction():
        db.session.get_one(Assignment, scene.assignment.id).title = '=HYPERLINK("x")'
    sheet = sign_in_as(scene.teacher).get(f"/classes/{scene.school_class.id}/homework.csv")
    assert rows_of(sheet.get_data(as_text=True))[0][0] == '\'=HYPERLINK("x")'


def test_work_that_is_not_marked_completely_is_left_out_and_said(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, pupil = make_teacher(school_class), make_student(school_class)
            assignment = make_assignment(teacher, school_class, kinds=(ItemKind.CHOICE, ItemKind.PHOTO))
            submission = make_submission(assignment, pupil)
            work, photo = assignment.id, select(Answer).where(Answer.submission_id == submission.id)
        db.session.refresh(teacher)
        report = report_of(db.session.get_one(type(assignment), work), teacher)
        assert (report.handed_in, report.unmarked, report.rows[0].pupils) == (1, 1, 0)
        with transaction():
            answer = db.session.scalars(photo.order_by(Answer.id.desc())).first()
            mark(answer, db.session.get_one(type(teacher), teacher.id), points=1, version=0, now=MONDAY)
        report = report_of(db.session.get_one(type(assignment), work), teacher)
        assert (report.unmarked, report.rows[0].pupils) == (0, 1)
    assert sign_in_as(teacher).get(f"/assignments/{work}/report").status_code == 200


def test_a_pupil_and_her_guardian_see_her_own_work_over_time_and_nobody_else(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    mine = scene.pupils[0].person_id
    for hat in (scene.pupils[0], scene.guardian):
        browser = sign_in_as(hat)
        page = browser.get(f"/pupils/{mine}/report").get_data(as_text=True)
        told = browser.get(f"/api/v1/pupils/{mine}/report").get_json()
        sheet = rows_of(browser.get(f"/pupils/{mine}/report.csv").get_data(as_text=True))
        assert [(one["points"], one["most_points"], one["to_correct"]) for one in told["items"]] == [
            (0.0, 4.0, 2)
        ]
        assert [float(one) for one in sheet[0][4:7]] == [0.0, 4.0, 0.0]
        assert not any(name in page for name in NAMES[1:])
        assert browser.get(f"/pupils/{scene.pupils[1].person_id}/report").status_code == 404
        assert browser.get(f"/api/v1/pupils/{scene.pupils[1].person_id}/report").status_code == 404


def test_a_class_over_time_is_the_same_for_teacher_and_school_and_every_figure_opens(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    number = scene.school_class.id
    told = [
        sign_in_as(hat).get(f"/api/v1/classes/{number}/report").get_json()
        for hat in (scene.teacher, scene.office)
    ]
    assert told[0] == told[1]
    row = told[0]["items"][0]
    assert (row["pupils"], row["handed_in"], row["returned"]) == (4, 4, 4)
    # 0, 0, 2 and 1 of 4 points
    assert row["share"] == 0.19
    browser = sign_in_as(scene.teacher)
    page = browser.get(f"/classes/{number}/homework").get_data(as_text=True)
    assert f"/assignments/{scene.assignment.id}/report" in page
    sheet = rows_of(browser.get(f"/classes/{number}/homework.csv").get_data(as_text=True))
    assert sheet[0][3:9] == ["4", "4", "0", "0", "4", "0.19"]
    assert sign_in_as(scene.pupils[0]).get(f"/classes/{number}/homework").status_code == 403


def test_the_work_of_a_class_stands_by_its_due_time_not_in_the_order_of_giving(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    number = scene.school_class.id
    with app.app_context(), transaction():
        given = scene.assignment
        for title, days in (("后交", 2), ("先交", -2)):
            due_at = given.due_at + timedelta(days=days)
            times = {"opens_at": due_at - timedelta(days=1), "due_at": due_at, "cut_off_at": due_at}
            make_assignment(scene.teacher, scene.school_class, title=title, **times)
    browser = sign_in_as(scene.teacher)
    page = browser.get(f"/classes/{number}/homework").get_data(as_text=True)
    told = browser.get(f"/api/v1/classes/{number}/report").get_json()
    sheet = rows_of(browser.get(f"/classes/{number}/homework.csv").get_data(as_text=True))
    titles = ["后交", given.title, "先交"]
    assert sorted(titles, key=page.index) == titles
    assert [one["title"] for one in told["items"]] == titles
    assert [row[0] for row in sheet] == titles
    with app.app_context():
        found = work_of_class(scene.teacher, number)
        paged = every_page(found, Assignment.id, size=1, by=Assignment.due_at)
        assert [one.title for page in paged for one in page] == titles, "page by page"


def test_a_wrong_answer_becomes_a_typical_error_with_a_word_to_pupils(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    place = f"/assignments/{scene.assignment.id}/report/{scene.choice.id}/typical"
    form = {"wrong": "0", "answer": "A", "feedback": "移项时没有变号"}
    assert browser.post(place, data={**form, "feedback": " "}).status_code == 422
    assert browser.post(place, data={**form, "answer": "C"}).status_code == 422
    of_class = f"?class_id={scene.school_class.id}"
    made_typical = browser.post(place + of_class, data=form)
    assert made_typical.status_code == 303
    assert made_typical.location.endswith(of_class), "the page stays that of the class"
    assert browser.post(place, data=form).status_code == 422
    with app.app_context():
        question = db.session.get_one(AssignmentItem, scene.choice.id)
        version = db.session.get_one(ItemVersion, question.item_version_id)
        assert version.misconceptions == [{"response": {"choices": ["A"]}, "feedback": "移项时没有变号"}]
        assert version.number == 2
    pupil = sign_in_as(scene.pupils[0]).get("/assignments").status_code
    assert pupil == 200


def test_on_the_report_of_a_class_the_answers_of_that_class_decide_which_becomes_a_typical_error(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    with app.app_context(), transaction():
        teacher = db.session.get_one(Hat, scene.teacher.id)
        work = db.session.get_one(Assignment, scene.assignment.id)
        other = make_class(db.session.get_one(SchoolClass, scene.school_class.id).school)
        enrol(teacher, other, "mathematics")
        db.session.add(AssignmentTarget(assignment_id=work.id, class_id=other.id))
        for said in "CCCD":
            submission = make_submission(work, make_student(other), {scene.choice.id: {"choices": [said]}})
            return_one(submission, teacher, now=MONDAY)
        of_class = f"?class_id={scene.school_class.id}"
    browser = sign_in_as(scene.teacher)
    report = f"/api/v1/assignments/{scene.assignment.id}/report"
    answers = [
        [
            one["response"]["choices"][0]
            for one in browser.get(place).get_json()["questions"][0]["wrong_answers"]
        ]
        for place in (report, report + of_class)
    ]
    assert answers == [["C", "A", "D"], ["A", "C"]], "what most gave in the class is second of all"
    place = f"/assignments/{scene.assignment.id}/report/{scene.choice.id}/typical"
    form = {"wrong": "0", "answer": "A", "feedback": "移项时没有变号"}
    assert browser.post(place, data=form).status_code == 422, "of all, C stands first"
    assert browser.post(place + of_class, data=form).status_code == 303
    with app.app_context():
        question = db.session.get_one(AssignmentItem, scene.choice.id)
        version = db.session.get_one(ItemVersion, question.item_version_id)
        assert [one["response"] for one in version.misconceptions] == [{"choices": ["A"]}]


def test_a_report_of_many_takes_as_many_statements_as_one_of_few(app: Flask) -> None:
    def statements() -> int:
        with statements_of(app) as sent:
            report = report_of(scene.assignment, scene.teacher)
            class_rows(scene.school_class.id, [scene.assignment])
            pupil_rows(scene.pupils[0].person_id, [scene.assignment], MONDAY)
            assert report.rows[0].pupils == report.handed_in
        return len(sent)

    with app.app_context(), transaction():
        scene = Scene()
        few = statements()
        for number in range(12):
            scene.pupil(f"学生{number}", "ABC"[number % 3])
        assert statements() == few


def test_the_pdf_has_the_rows_of_the_csv(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    places = (
        f"/assignments/{scene.assignment.id}/report",
        f"/pupils/{scene.pupils[0].person_id}/report",
        f"/classes/{scene.school_class.id}/homework",
    )
    for place in places:
        answer = browser.get(f"{place}.pdf")
        assert answer.mimetype == "application/pdf"
        document = pypdfium2.PdfDocument(answer.data)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        printed = "".join(text.split())
        for row in rows_of(browser.get(f"{place}.csv").get_data(as_text=True)):
            # Moments are written for people there, and whole points without decimals.
            cells = [one.removesuffix(".0") for one in row if "T" not in one]
            assert all("".join(one.split()) in printed for one in cells), (place, row)
        assert scene.pupils[0].person.name not in str(document.get_metadata_dict())


def test_the_days_of_a_pupils_chart_go_forward_in_whatever_order_work_was_given(
    app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, student = make_teacher(school_class), make_student(school_class)
            for days in (9, 2, 5):
                due = MONDAY + timedelta(days=days)
                work = make_assignment(teacher, school_class, due_at=due, cut_off_at=due + timedelta(days=3))
                return_one(make_submission(work, student), teacher, now=due)
        db.session.refresh(student)
    page = sign_in_as(student).get(f"/pupils/{student.person_id}/report").get_data(as_text=True)
    chart = page[page.index('class="chart-plot"') : page.index('id="rows"')]
    days = [f"{day.month}/{day.day}" for day in (MONDAY + timedelta(days=one) for one in (2, 5, 9))]
    places = [chart.index(f">{day}<") for day in days]
    assert places == sorted(places)


def test_a_teacher_without_a_class_is_told_so_instead_of_a_report(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            newcomer = make_hat(Role.TEACHER)
        db.session.refresh(newcomer)
    assert "还没有班级" in sign_in_as(newcomer).get("/reports").get_data(as_text=True)
