import io
import re
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.people.models import Hat, Person, Role
from core.audit.models import AuditEntry
from core.database import db, transaction
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_school, make_student, make_term

HEADINGS = "身份,用户名,姓名,班级,年级,座号,学科,孩子用户名,关系"
ROSTER = (
    HEADINGS,
    "学生,chenxiaoyu,陈小雨,七年级(1)班,7,1,,,",
    "学生,wangfang,王芳,七年级(1)班,7,2,,,",
    "教师,liming,李明,七年级(1)班,,,数学,,",
    "家长,chenjianguo,陈建国,,,,,chenxiaoyu,父亲",
)


@pytest.fixture
def administrator(app: Flask) -> Hat:
    """Of a school that has nobody yet."""
    with app.app_context(), transaction():
        make_term()
        hat = make_administrator(make_school())
        db.session.expunge_all()
        return hat


@pytest.fixture
def office(administrator: Hat, sign_in_as: SignInAs) -> Browser:
    return sign_in_as(administrator)


def look(office: Browser, lines: Sequence[str]) -> tuple[int, str]:
    """Upload a file; the status and the page."""
    content = "\n".join(lines).encode("gb18030")
    response = office.post("/roster/preview", data={"file": (io.BytesIO(content), "roster.csv")})
    return response.status_code, response.get_data(as_text=True)


def import_all(office: Browser, lines: Sequence[str] = ROSTER) -> str:
    """Look at the file and confirm; the page at the end."""
    status, page = look(office, lines)
    assert status == HTTPStatus.OK, page
    response = office.post("/roster/import", data={"key": key_in(page)})
    assert response.status_code == HTTPStatus.OK
    return response.get_data(as_text=True)


def key_in(page: str) -> str:
    found = re.search(r'name="key"[^>]*value="([0-9a-f]{64})"', page)
    return found[1] if found else ""


def figures(page: str) -> list[int]:
    """New, changed, unchanged, new classes."""
    return [int(one) for one in re.findall(r'class="stat-value">(\d+)<', page)]


def count(app: Flask, model: type[Person | Enrolment | GuardianLink | SchoolClass]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_looking_at_a_file_changes_nothing(app: Flask, office: Browser) -> None:
    before = count(app, Person)
    status, page = look(office, ROSTER)
    assert (status, figures(page)) == (HTTPStatus.OK, [4, 0, 0, 1])
    assert (count(app, Person), count(app, SchoolClass)) == (before, 0)


def test_an_import_makes_people_classes_enrolments_and_links(app: Flask, office: Browser) -> None:
    page = import_all(office)
    assert figures(page) == [4, 0, 0, 1]
    with app.app_context():
        roles = dict(db.session.execute(select(Person.username, Hat.role).join(Hat.person)).all())
        seats = dict(
            db.session.execute(
                select(Person.username, Enrolment.seat_number).join(
                    Enrolment, Enrolment.person_id == Person.id
                )
            ).all()
        )
        link = db.session.scalars(select(GuardianLink)).one()
        verbs = set(db.session.scalars(select(AuditEntry.verb)))
        people = {one.username: one.id for one in db.session.scalars(select(Person))}
    assert roles["chenxiaoyu"] is Role.STUDENT
    assert roles["chenjianguo"] is Role.GUARDIAN
    assert seats == {"chenxiaoyu": 1, "wangfang": 2, "liming": None}
    assert (link.guardian_id, link.student_id) == (people["chenjianguo"], people["chenxiaoyu"])
    assert "roster_imported" in verbs


def test_a_new_person_signs_in_with_the_password_on_the_list_and_must_change_it(
    app: Flask, office: Browser, client: Browser
) -> None:
    page = import_all(office)
    password = re.search(r"chenxiaoyu.*?data-label=\"[^\"]*\">\s*([a-z2-9]{10})\s*<", page, re.DOTALL)
    assert password
    client.post("/sign-in", data={"username": "chenxiaoyu", "password": password[1]})
    assert "/account/password" in client.get("/account").location


def test_the_same_file_again_changes_nothing(app: Flask, office: Browser) -> None:
    import_all(office)
    status, page = look(office, ROSTER)
    assert (status, figures(page)) == (HTTPStatus.OK, [0, 0, 4, 0])


def test_a_changed_line_changes_one_person_and_moves_her(app: Flask, office: Browser) -> None:
    import_all(office)
    moved = [HEADINGS, "学生,wangfang,王芳芳,七年级（2）班,7,9,,,"]
    assert figures(import_all(office, moved)) == [0, 1, 0, 1]
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.username == "wangfang")).one()
        enrolments = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person.id)).all()
    assert person.name == "王芳芳"
    assert [(one.ends_on is None) for one in enrolments] == [False, True]


def test_wrong_lines_are_named_and_nothing_is_imported(app: Flask, office: Browser) -> None:
    before = count(app, Person)
    status, page = look(
        office,
        [
            *ROSTER,
            "学生,zhaolei,赵磊,八年级(1)班,,,,,",
            "家长,zhaoqiang,赵强,,,,,nobody1,",
            "学生,qianduo,=1+1,七年级(1)班,7,,,,",
        ],
    )
    assert status == HTTPStatus.UNPROCESSABLE_ENTITY
    lines = re.findall(r'data-label="[^"]*" class="is-number">\s*(\d+)\s*<', page)
    assert lines == ["6", "7", "8"]
    assert key_in(page) == ""
    assert count(app, Person) == before


def test_somebody_of_another_school_cannot_be_taken_over(app: Flask, office: Browser) -> None:
    with app.app_context(), transaction():
        stranger = make_student().person.username
    status, page = look(office, [HEADINGS, f"教师,{stranger},王芳,,,,,,"])
    assert status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert key_in(page) == ""


def test_a_file_is_imported_once(office: Browser) -> None:
    _status, page = look(office, ROSTER)
    key = key_in(page)
    assert office.post("/roster/import", data={"key": key}).status_code == HTTPStatus.OK
    assert office.post("/roster/import", data={"key": key}).status_code == HTTPStatus.CONFLICT
    assert office.post("/roster/import", data={"key": "../../weike"}).status_code == HTTPStatus.CONFLICT


def test_the_command_line_imports_too_and_writes_the_passwords_for_the_owner_only(
    app: Flask, administrator: Hat, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("\n".join(ROSTER), "utf-8-sig")
    arguments = ["roster", "import", str(file), "--school", administrator.organisation.code]
    run = app.test_cli_runner().invoke
    before = count(app, Person)
    assert "4 created" in run(args=[*arguments, "--dry-run"]).output
    assert count(app, Person) == before
    assert run(args=arguments).exit_code == 0
    passwords = tmp_path / "roster.passwords.csv"
    assert passwords.stat().st_mode & 0o777 == 0o600
    assert len(passwords.read_text("utf-8-sig").splitlines()) == 5
    assert "4 unchanged" in run(args=arguments).output


def test_the_command_line_names_wrong_lines_and_unknown_schools(
    app: Flask, administrator: Hat, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(f"{HEADINGS}\n学生,陈,陈小雨,,,,,,\n")
    run = app.test_cli_runner().invoke
    wrong = run(args=["roster", "import", str(file), "--school", administrator.organisation.code])
    assert wrong.exit_code == 1
    assert "line 2" in wrong.output
    assert run(args=["roster", "import", str(file), "--school", "none"]).exit_code == 1
