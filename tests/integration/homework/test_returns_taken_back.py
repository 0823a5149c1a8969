"""A return is taken back: on the pages of teachers, pupils and guardians, and while others act."""

import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentItem
from homework.corrections import services as corrections
from homework.corrections.errors import NotReturned
from homework.marking.services import return_work
from homework.notices.models import NewsKind, WorkNotice
from homework.returns.errors import NotReturnedNow
from homework.returns.queries import Which
from homework.returns.services import take_back
from homework.submissions.models import Submission
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.integration.homework.test_marking import NAMES, Scene, mark_all, scene
from tests.integration.homework.test_regrades import DAY, A, apply
from tests.integration.homework.test_turns import TwoClasses, two
from tests.turns import at_the_same_moment

__all__ = ["scene", "two"]
LATER = MONDAY + 2 * DAY
TOO_EARLY, TAKEN, MEANWHILE = "发还早了", "的作业已收回", "期间已被收回或重新发还"


def undo_of(scene: Scene) -> str:
    return f"/assignments/{scene.assignment_id}/return/undo"


def fields_in(page: str, place: str) -> list[dict[str, str]]:
    """What the forms of the page that are sent to *place* send."""
    forms = re.findall(rf'<form method="post" action="{place}".*?</form>', page, re.DOTALL)
    return [
        {
            name: value
            for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', one)
            if name != "csrf_token"
        }
        for one in forms
    ]


def give_back(teacher: Browser, scene: Scene) -> dict[str, str]:
    """Return what is marked, and see how the page offers to take it back."""
    page = teacher.post(f"/assignments/{scene.assignment_id}/return", follow_redirects=True).text
    assert TOO_EARLY in page
    [offered] = fields_in(page, undo_of(scene))
    return offered


def correct(scene: Scene, pupil: Browser, number: int = 0) -> int:
    work = f"/submissions/{scene.submission_ids[number]}/corrections"
    form = {"client_key": str(uuid4()), f"q{scene.text}-text": "因为它没有朋友了。"}
    return pupil.post(f"{work}/{scene.text}", data=form).status_code


def test_right_after_returning_it_can_be_taken_back_and_pupils_and_guardians_see_nothing_of_it(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, pupil, guardian = map(sign_in_as, (scene.teacher, scene.student, scene.guardian))
    work = f"/submissions/{scene.submission_ids[0]}"
    mark_all(teacher, scene, points="1")
    offered = give_back(teacher, scene)
    assert all("1 分（满分 2 分）" in one.get(work).text for one in (pupil, guardian))
    page = teacher.post(undo_of(scene), data=offered, follow_redirects=True).text
    assert f"5 名学生{TAKEN}" in page
    assert TOO_EARLY not in page
    assert "发还 5 份" in page
    for reader in (pupil, guardian):
        seen = reader.get(work).text
        assert "作业已提交" in seen
        assert "1 分（满分 2 分）" not in seen
        assert "已发还" not in reader.get(f"/assignments/{scene.assignment_id}").text
        corrections_page = reader.get(f"{work}/corrections")
        assert corrections_page.headers["Location"] == work
    assert correct(scene, pupil) == HTTPStatus.FORBIDDEN
    again = give_back(teacher, scene)
    assert again["at"] > offered["at"]
    assert "1 分（满分 2 分）" in pupil.get(work).text
    assert correct(scene, pupil) == HTTPStatus.SEE_OTHER


def test_the_teacher_reads_whose_work_stays_returned(scene: Scene, sign_in_as: SignInAs) -> None:
    teacher, pupil = sign_in_as(scene.teacher), sign_in_as(scene.student)
    mark_all(teacher, scene, points="1")
    offered = give_back(teacher, scene)
    assert correct(scene, pupil) == HTTPStatus.SEE_OTHER
    page = teacher.post(undo_of(scene), data=offered, follow_redirects=True).text
    assert f"4 名学生{TAKEN}" in page
    assert f"1 名学生已经开始订正，其作业仍为已发还：{NAMES[0]}。" in page
    assert f"{TAKEN}" not in teacher.post(undo_of(scene), data=offered, follow_redirects=True).text


def test_of_two_tabs_or_two_teachers_the_second_reads_that_it_is_done(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    mark_all(teacher, scene)
    offered = give_back(teacher, scene)
    [beside] = fields_in(colleague.get(f"{undo_of(scene)}?place=desk").text, undo_of(scene))
    assert beside == {**offered, "place": "desk"}
    done = colleague.post(undo_of(scene), data=beside)
    assert done.headers["Location"] == scene.desk
    assert MEANWHILE in teacher.post(undo_of(scene), data=offered, follow_redirects=True).text
    give_back(colleague, scene)
    assert MEANWHILE in teacher.post(undo_of(scene), data=offered, follow_redirects=True).text
    with app.app_context():
        assert None not in db.session.scalars(select(Submission.returned_at)).all()


def test_the_marking_page_offers_it_quietly_as_long_as_something_is_returned(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    place = f"{undo_of(scene)}?place=desk"
    mark_all(teacher, scene)
    assert undo_of(scene) not in teacher.get(scene.desk).text
    assert teacher.get(place).text.strip() == ""
    give_back(teacher, scene)
    assert place in teacher.get(scene.desk).text
    fragment = teacher.get(place).text
    assert "5 名学生" in fragment
    assert "已经看过的人" in fragment


def test_one_pupils_work_is_taken_back_on_its_own_page(scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    work = f"/submissions/{scene.submission_ids[1]}"
    mark_all(teacher, scene)
    give_back(teacher, scene)
    assert f"{work}/return/undo" in teacher.get(work).text
    [offered] = fields_in(teacher.get(f"{work}/return/undo").text, f"{work}/return/undo")
    page = teacher.post(f"{work}/return/undo", data=offered, follow_redirects=True).text
    assert f"1 名学生{TAKEN}" in page
    assert f"{work}/return/undo" not in page
    assert MEANWHILE in teacher.post(f"{work}/return/undo", data=offered, follow_redirects=True).text
    assert f"{work}/return/undo" not in sign_in_as(scene.student).get(work).text


def test_what_no_page_offers_is_refused(scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, scene)
    at = give_back(teacher, scene)["at"]
    for form in ({}, {"at": at}, {"at": "gestern", "by": "1"}, {"at": at[:19], "by": "1"}):
        assert teacher.post(undo_of(scene), data=form).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    one = f"/submissions/{scene.submission_ids[0]}/return/undo"
    assert teacher.post(one).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    foreign = {"at": at, "class_id": "99999"}
    assert teacher.post(undo_of(scene), data=foreign).status_code == HTTPStatus.NOT_FOUND
    assert teacher.get(f"/assignments/{scene.assignment_id}?returned=gestern").status_code == HTTPStatus.OK


def returned(two: TwoClasses) -> tuple[int, Which]:
    """Work of the second class, wrong and returned."""
    work = two.hand_in(A)
    return_work(db.session.get_one(Assignment, two.works[1]), two.teacher(1), now=MONDAY)
    return work, Which(MONDAY, by_id=two.teacher(1).person_id)


def taken_back(two: TwoClasses, which: Which) -> tuple[int, int, int]:
    """How much was taken back, how much is being corrected, and how much was marked anew."""
    done = take_back(two.works[1], two.teacher(1), which, now=LATER)
    return len(done.taken), len(done.corrected_by), len(done.marked_anew)


def corrected(two: TwoClasses, work: int) -> None:
    question = db.session.get_one(AssignmentItem, two.questions[1])
    fix = corrections.Fix(client_key=uuid4(), response={"choices": ["C"]})
    pupil = db.session.get_one(Hat, two.pupils[1])
    corrections.correct(db.session.get_one(Submission, work), question, pupil, fix, now=LATER)


def test_work_that_a_pupil_corrects_at_that_moment_stays_returned(app: Flask, two: TwoClasses) -> None:
    with app.app_context(), transaction():
        work, which = returned(two)
    done = at_the_same_moment(app, lambda: corrected(two, work), lambda: taken_back(two, which))
    assert done == (0, 1, 0)


def test_a_pupil_does_not_correct_what_is_taken_back_at_that_moment(app: Flask, two: TwoClasses) -> None:
    with app.app_context(), transaction():
        work, which = returned(two)
    with pytest.raises(NotReturned):
        at_the_same_moment(app, lambda: taken_back(two, which), lambda: corrected(two, work))


def test_of_two_who_take_it_back_at_once_the_second_is_told(app: Flask, two: TwoClasses) -> None:
    with app.app_context(), transaction():
        _work, which = returned(two)
    with pytest.raises(NotReturnedNow):
        at_the_same_moment(app, lambda: taken_back(two, which), lambda: taken_back(two, which))


def put_right(two: TwoClasses) -> None:
    apply(two.teacher(1), db.session.get_one(AssignmentItem, two.questions[1]))


def test_work_whose_key_is_put_right_at_that_moment_stays_returned(app: Flask, two: TwoClasses) -> None:
    with app.app_context(), transaction():
        _work, which = returned(two)
    assert at_the_same_moment(app, lambda: put_right(two), lambda: taken_back(two, which)) == (0, 0, 1)


def test_nobody_is_told_of_a_key_that_is_put_right_for_work_taken_back_at_that_moment(
    app: Flask, two: TwoClasses
) -> None:
    with app.app_context(), transaction():
        _work, which = returned(two)
    at_the_same_moment(app, lambda: taken_back(two, which), lambda: put_right(two))
    with app.app_context():
        assert NewsKind.MARKED_ANEW not in db.session.scalars(select(WorkNotice.kind)).all()
