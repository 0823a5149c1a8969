"""Plan and assign through the form, and look at the lists."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text

from accounts.classes.models import SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.people.models import Hat, Role
from core import clock
from core.clock import SCHOOL_ZONE
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.schedule import usual_due
from homework.load.models import Excess
from library.items.models import ItemKind
from library.resources.models import ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.factories.accounts import (
    added,
    make_administrator,
    make_class,
    make_guardian,
    make_hat,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_item, make_point, make_resource, make_subject

SignInAs = Callable[[Hat], Browser]


@dataclass(frozen=True)
class Scene:
    """A teacher with a class, and two questions of the library about one point."""

    class_id: int
    subject_id: int
    versions: tuple[int, int]
    resource_id: int
    teacher: Hat
    student: Hat

    def fields(self, **changes: object) -> dict[str, object]:
        return {
            "client_key": str(uuid4()),
            "class_ids": self.class_id,
            "subject_id": self.subject_id,
            "due_at": f"{usual_due(clock.now()):%Y-%m-%dT%H:%M}",
            "row_version": [str(self.versions[0]), ""],
            "row_points": ["2", "5"],
            "row_prompt": ["", "写出解题过程"],
            "row_minutes": ["1", "6"],
        } | changes


def freed(*hats: Hat) -> None:
    db.session.flush()
    for hat in hats:
        db.session.refresh(hat)
    db.session.expunge_all()


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        point = make_point("一元一次方程")
        items = [make_item(kind, points=[point]) for kind in (ItemKind.CHOICE, ItemKind.NUMERIC)]
        noise = make_item(points=[make_point("光合作用")])
        resource = make_resource("方程练习", kind=ResourceKind.PRACTICE, items=items)
        make_resource("光合作用练习", kind=ResourceKind.PRACTICE, items=[noise])
        first, second = (one.current_version_id or 0 for one in items)
        made = Scene(school_class.id, make_subject().id, (first, second), resource.id, teacher, student)
        freed(teacher, student)
    return made


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_teacher_assigns_and_a_double_click_assigns_once(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser, fields = sign_in_as(scene.teacher), scene.fields()
    first, second = (browser.post("/assignments", data=fields) for _twice in range(2))
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert (count(app, Assignment), count(app, AssignmentItem)) == (1, 2)
    page = sign_in_as(scene.student).get("/assignments").text
    assert "一元一次方程" in page


def test_questions_are_added_moved_and_removed_without_storing_anything(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    page = browser.post("/assignments/new", data=scene.fields(add=str(scene.versions[1]))).text
    order = [part.split('"')[0] for part in page.split('name="row_version" value="')[1:]]
    assert order == [str(scene.versions[0]), "", str(scene.versions[1])]
    page = browser.post("/assignments/new", data=scene.fields(up="1")).text
    assert [part.split('"')[0] for part in page.split('name="row_version" value="')[1:]] == [
        "",
        str(scene.versions[0]),
    ]
    page = browser.post("/assignments/new", data=scene.fields(remove="0")).text
    assert "写出解题过程" in page
    assert f'name="row_version" value="{scene.versions[0]}"' not in page
    assert count(app, Assignment) == 0


def test_the_library_is_searched_by_knowledge_point_and_by_title(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    for words in ("一元一次", "方程练习"):
        found = browser.get(f"/assignments/questions?q={words}&subject_id={scene.subject_id}").text
        assert found.count('name="add"') == 2
    assert 'name="add"' not in browser.get("/assignments/questions?q=%25").text


def foreign_versions(app: Flask, scene: Scene) -> list[int]:
    """Questions of another school, of a colleague's draft, of another teacher's own paper, and none."""
    with app.app_context(), transaction():
        school = db.session.get_one(SchoolClass, scene.class_id).school
        abroad, draft, paper = (make_item(prompt="别人的题") for _ in range(3))
        paper.created_by_id = make_teacher().person_id
        make_resource(
            kind=ResourceKind.PRACTICE, tier=Tier.SCHOOL, organisation=make_school(), items=[abroad]
        )
        make_resource(
            kind=ResourceKind.PRACTICE,
            tier=Tier.SCHOOL,
            organisation=school,
            review_state=ReviewState.DRAFT,
            items=[draft],
        )
        return [one.current_version_id or 0 for one in (abroad, draft, paper)] + [10**6]


def test_foreign_questions_are_not_there_and_what_was_typed_stays(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    for version_id in foreign_versions(app, scene):
        fields = scene.fields(row_version=[str(version_id), ""], title="周末作业")
        for address in ("/assignments", "/assignments/new"):
            answer = browser.post(address, data=fields)
            assert answer.status_code == 404
            assert "别人的题" not in answer.text
            assert f'name="row_version" value="{version_id}"' not in answer.text
            assert "有一道题无法使用" in answer.text
            assert "写出解题过程" in answer.text
            assert "周末作业" in answer.text
        added = browser.post("/assignments/new", data=scene.fields(add=str(version_id)))
        assert added.status_code == 404
        assert "别人的题" not in added.text
    assert count(app, Assignment) == count(app, AssignmentItem) == 0


def test_a_teacher_gives_a_question_of_her_own_paper_again(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        own = make_item(ItemKind.PHOTO)
        own.created_by_id = db.session.get_one(Hat, scene.teacher.id).person_id
        version_id = own.current_version_id
    browser = sign_in_as(scene.teacher)
    assert (
        browser.post("/assignments", data=scene.fields(row_version=[str(version_id), ""])).status_code == 302
    )


def test_a_practice_can_be_assigned_as_it_is(scene: Scene, sign_in_as: SignInAs) -> None:
    page = sign_in_as(scene.teacher).get(f"/assignments/new?resource={scene.resource_id}").text
    assert page.count('name="row_version"') == 2


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [(-48, "截止时间已过"), (None, "请填写截止时间")],
)
def test_a_time_that_cannot_be_is_told_beside_its_field(
    app: Flask, scene: Scene, sign_in_as: SignInAs, hours: int | None, sentence: str
) -> None:
    due = "" if hours is None else f"{usual_due(clock.now()) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"
    answer = sign_in_as(scene.teacher).post("/assignments", data=scene.fields(due_at=due))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "写出解题过程" in answer.text
    assert count(app, Assignment) == 0


def test_a_due_time_at_night_needs_a_word(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    night = usual_due(clock.now()).astimezone(SCHOOL_ZONE).replace(hour=22)
    fields = scene.fields(due_at=f"{night:%Y-%m-%dT%H:%M}")
    browser = sign_in_as(scene.teacher)
    refused = browser.post("/assignments", data=fields)
    assert refused.status_code == 422
    assert "is_night_meant" in refused.text
    assert browser.post("/assignments", data=fields | {"is_night_meant": "y"}).status_code == 302
    assert count(app, Assignment) == 1


def test_a_guardian_reads_each_childs_work_by_the_api_as_on_the_page(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        student = db.session.get_one(Hat, scene.student.id)
        sister = make_student(make_class(name="八年级(2)班", grade=8), "陈小雪")
        stranger = make_student(name="王小明")
        guardian, childless = make_guardian(student), make_hat(Role.GUARDIAN, student.organisation)
        added(
            GuardianLink(
                guardian_id=guardian.person_id,
                student_id=sister.person_id,
                relationship="father",
                started_at=clock.now(),
            )
        )
        pupil_id, sister_id, stranger_id = student.person_id, sister.person_id, stranger.person_id
        freed(guardian, childless)
    sign_in_as(scene.teacher).post("/assignments", data=scene.fields(title="周末作业"))
    own = sign_in_as(scene.student).get("/api/v1/assignments").get_json()
    browser = sign_in_as(guardian)
    told = browser.get("/api/v1/assignments").get_json()
    assert [one["id"] for one in told["children"]] == [pupil_id, sister_id]
    assert (told["student"], told["items"]) == (pupil_id, own["items"])
    assert own["items"][0]["title"] == "周末作业"
    assert own["children"] == []
    other = browser.get(f"/api/v1/assignments?child={sister_id}").get_json()
    assert (other["student"], other["items"]) == (sister_id, [])
    assert browser.get(f"/api/v1/assignments?child={stranger_id}").status_code == 404
    nobody = sign_in_as(childless)
    assert nobody.get("/api/v1/assignments").get_json()["items"] == []
    assert nobody.get(f"/api/v1/assignments?child={pupil_id}").status_code == 404


def test_withdrawn_work_can_be_given_again_until_someone_hands_in(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, student = sign_in_as(scene.teacher), sign_in_as(scene.student)
    address = teacher.post("/assignments", data=scene.fields()).location
    assert teacher.post(f"{address}/withdraw").status_code == 302
    assert student.get(address).status_code == 404
    assert teacher.post(f"{address}/give-again").status_code == 302
    assert student.get(address).status_code == 200
    with app.app_context(), transaction():
        assignment = db.session.scalars(select(Assignment)).one()
        make_submission(assignment, db.session.get_one(Hat, scene.student.id), now=clock.now())
    assert teacher.post(f"{address}/withdraw").status_code == 409


def test_work_is_given_again_on_a_day_that_is_full_with_a_reason(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    long = scene.fields(row_minutes=["1", "70"])
    address = browser.post("/assignments", data=long).location
    browser.post(f"{address}/withdraw")
    assert 'name="reason"' not in browser.get(address).text
    browser.post("/assignments", data=long | {"client_key": str(uuid4())})
    page = browser.post(f"{address}/give-again", follow_redirects=True).text
    assert "上限是 90 分钟" in page
    assert 'name="reason"' in page
    page = browser.post(f"{address}/give-again", data={"reason": "运动会"}, follow_redirects=True).text
    assert "学生又能看到" in page
    with app.app_context():
        assert db.session.scalars(select(Excess.reason)).one() == "运动会"


def test_two_teachers_who_mark_at_once_both_learn_what_stands(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        teacher = db.session.get_one(Hat, scene.teacher.id)
        assignment = make_assignment(teacher, school_class, kinds=(ItemKind.PHOTO,))
        make_submission(assignment, db.session.get_one(Hat, scene.student.id))
        colleague = make_teacher(school_class, name="周老师")
        address = f"/assignments/{assignment.id}/marking"
        freed(colleague)
    first, second = sign_in_as(colleague), sign_in_as(scene.teacher)
    answer = second.get(address).text.split('name="answer" value="')[1].split('"')[0]
    json = {"Accept": "application/json"}
    assert first.post(address, data={"answer": answer, "points": "2"}, headers=json).status_code == 200
    refused = second.post(address, data={"answer": answer, "points": "1"}, headers=json)
    assert refused.status_code == 409
    details = refused.get_json()["error"]["details"]
    assert (details["by"], details["points"], details["version"]) == ("周老师", "2", 1)
    again = second.post(address, data={"answer": f"{details['answer_id']}:1", "points": "1"}, headers=json)
    assert again.status_code == 200


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_lists_and_details_ask_the_database_as_often_for_many_as_for_few(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    """Twelve answers, then seven hundred."""
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        guardian = make_guardian(db.session.get_one(Hat, scene.student.id))
        head = make_administrator(school_class.school)
        freed(guardian, head)
    kinds = (ItemKind.CHOICE, ItemKind.NUMERIC, ItemKind.PHOTO)

    def grow(pupils: int, assignments: int) -> int:
        with app.app_context(), transaction():
            school_class = db.session.get_one(SchoolClass, scene.class_id)
            teacher = db.session.get_one(Hat, scene.teacher.id)
            students = [make_student(school_class) for _ in range(pupils)]
            students.append(db.session.get_one(Hat, scene.student.id))
            now = clock.now()
            made = [
                make_assignment(
                    teacher,
                    school_class,
                    kinds=kinds,
                    opens_at=now - timedelta(hours=1),
                    due_at=now + timedelta(hours=1),
                    cut_off_at=now + timedelta(days=1),
                )
                for _ in range(assignments)
            ]
            for one in made:
                for student in students:
                    make_submission(one, student, now=now)
            # As a database does by itself after a while: without, PostgreSQL may plan for a few rows.
            db.session.execute(text("ANALYZE"))
            return made[-1].id

    def queries(assignment_id: int) -> list[int]:
        pages = [
            (scene.teacher, "/assignments"),
            (scene.teacher, "/assignments?view=to_mark"),
            (scene.teacher, f"/assignments/{assignment_id}"),
            (scene.teacher, f"/assignments/{assignment_id}/marking"),
            (scene.teacher, "/api/v1/assignments"),
            (scene.student, "/assignments?view=done"),
            (scene.student, "/api/v1/assignments"),
            (guardian, "/assignments?view=done"),
            (guardian, "/api/v1/assignments"),
            (head, "/api/v1/assignments"),
            (head, "/assignments"),
        ]
        counts = []
        for hat, address in pages:
            browser = sign_in_as(hat)
            with counted(app) as statements:
                assert browser.get(address).status_code == 200
            counts.append(len(statements))
        return counts

    few = queries(grow(2, 2))
    assert queries(grow(30, 8)) == few
