"""A verdict on a correction is taken back: it waits as before, and nobody is told of it any more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.people.models import Hat
from core.audit.models import AuditEntry
from core.database import db, transaction
from homework.assignments.models import AssignmentItem
from homework.corrections import services
from homework.corrections.errors import (
    CorrectedAgain,
    JudgedMeanwhile,
    NoneChosen,
    NotJudged,
    WaitsForTeacher,
)
from homework.corrections.models import Correction
from homework.corrections.queries import judged_last_by
from homework.corrections.reopening import take_back
from homework.corrections.stages import Stage, Verdict
from homework.notices.models import NewsKind, WorkNotice
from homework.notices.queries import news_for
from homework.submissions.models import Submission
from library.items.models import ItemKind
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_guardian, make_student, make_teacher
from tests.factories.homework import make_picture
from tests.integration.homework.test_corrections import Scene
from tests.turns import at_the_same_moment

LATER = MONDAY + timedelta(minutes=1)
NEXT_DAY = MONDAY + timedelta(days=1)
COMMENT = "写出单位"


@pytest.fixture
def scene(session: Session) -> Scene:
    del session
    return Scene()


def correct(scene: Scene, submission: Submission | None = None, pupil: Hat | None = None) -> Correction:
    """Send the next photographed correction."""
    return services.correct(
        submission or scene.submission, scene.photo, pupil or scene.pupil, photographed(), now=MONDAY
    )


def photographed() -> services.Fix:
    """A photograph like no other."""
    return services.Fix(client_key=uuid4(), response={}, pictures=(make_picture(str(uuid4())),))


def ask_again(scene: Scene, *corrections: Correction) -> dict[int, int]:
    """Ask for them once more; their versions then."""
    versions = {one.id: one.version for one in corrections}
    services.judge(versions, scene.teacher, accept=False, comment=COMMENT, now=MONDAY)
    return {one.id: one.version for one in corrections}


def logged() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "take_verdict_back")))


def kinds_told() -> list[NewsKind]:
    return list(db.session.scalars(select(WorkNotice.kind)))


def test_the_correction_waits_as_before_and_nobody_is_told_of_it_any_more(scene: Scene) -> None:
    guardian = make_guardian(scene.pupil)
    made = correct(scene)
    versions = ask_again(scene, made)
    assert kinds_told() == [NewsKind.CORRECTION_AGAIN]
    take_back(versions, scene.teacher, now=LATER)
    assert scene.stages()[ItemKind.PHOTO] is Stage.WAITING
    assert (made.comment, made.judged_by_id, made.judged_at) == ("", None, None)
    for one in (scene.pupil, guardian):
        assert db.session.scalars(news_for(one, NEXT_DAY)).all() == []
    with pytest.raises(WaitsForTeacher):
        correct(scene)
    (kept,) = logged()
    assert kept.object_id == str(made.id)
    assert kept.details == {"verdict": "again", "comment": COMMENT, "by": scene.teacher.person_id}
    ask_again(scene, made)
    assert kinds_told() == [NewsKind.CORRECTION_AGAIN]  # and is told anew


def test_what_all_was_accepted_with_is_taken_back_too(scene: Scene) -> None:
    for question, response in (
        (scene.choice, {"choices": ["B"]}),
        (scene.text, {"blanks": ["床前明月光", "疑是地上霜"]}),
    ):
        services.correct(scene.submission, question, scene.pupil, scene.fix(response), now=MONDAY)
    made = correct(scene)
    services.judge({made.id: 1}, scene.teacher, accept=True, comment="", now=MONDAY)
    assert kinds_told() == [NewsKind.CORRECTIONS_ACCEPTED]
    take_back({made.id: made.version}, scene.teacher, now=LATER)
    assert kinds_told() == []
    assert scene.stages()[ItemKind.PHOTO] is Stage.WAITING
    services.judge({made.id: made.version}, scene.teacher, accept=True, comment="", now=LATER)
    assert kinds_told() == [NewsKind.CORRECTIONS_ACCEPTED]


def test_of_two_teachers_the_second_is_told_and_what_is_taken_back_twice_is_taken_back_once(
    scene: Scene,
) -> None:
    colleague = make_teacher(scene.school_class)
    made = correct(scene)
    seen = ask_again(scene, made)
    take_back(seen, scene.teacher, now=LATER)
    take_back(seen, colleague, now=LATER)
    assert (
        len(db.session.scalars(select(AuditEntry).where(AuditEntry.object_type == "correction")).all()) == 1
    )
    services.judge({made.id: made.version}, colleague, accept=True, comment="", now=LATER)
    with pytest.raises(JudgedMeanwhile) as refusal:
        take_back(seen, scene.teacher, now=LATER)
    assert colleague.person.name in str(refusal.value)
    assert made.state is Verdict.ACCEPTED


def test_a_verdict_that_the_pupil_has_followed_stays_and_with_it_all_that_were_named(scene: Scene) -> None:
    pupil = make_student(scene.school_class)
    first, other = correct(scene), correct(scene, scene.hand_in(pupil), pupil)
    seen = ask_again(scene, first, other)
    second = correct(scene)
    with pytest.raises(CorrectedAgain) as refusal:
        take_back(seen, scene.teacher, now=LATER)
    assert scene.pupil.person.name in str(refusal.value)
    assert (first.state, other.state, second.state) == (Verdict.AGAIN, Verdict.AGAIN, Verdict.WAITING)
    offered = db.session.scalars(judged_last_by(scene.teacher, scene.assignment.id)).all()
    assert offered == [other]


def test_what_a_key_said_is_nobody_s_to_take_back(scene: Scene) -> None:
    by_key = services.correct(
        scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["C"]}), now=MONDAY
    )
    with pytest.raises(NotJudged):
        take_back({by_key.id: by_key.version}, scene.teacher, now=LATER)
    with pytest.raises(NoneChosen):
        take_back({}, scene.teacher, now=LATER)


def test_only_the_last_verdict_of_the_teacher_herself_is_offered(scene: Scene) -> None:
    pupil, colleague = make_student(scene.school_class), make_teacher(scene.school_class)
    first, other = correct(scene), correct(scene, scene.hand_in(pupil), pupil)
    services.judge({first.id: 1}, scene.teacher, accept=True, comment="", now=MONDAY)
    services.judge({other.id: 1}, scene.teacher, accept=True, comment="", now=LATER)
    assert db.session.scalars(judged_last_by(scene.teacher, scene.assignment.id)).all() == [other]
    assert db.session.scalars(judged_last_by(colleague, scene.assignment.id)).all() == []


def test_a_pupil_who_corrects_again_and_a_teacher_who_takes_it_back_take_turns(app: Flask) -> None:
    with app.app_context(), transaction():
        scene = Scene()
        seen = ask_again(scene, correct(scene))
        work, photo, pupil, teacher = scene.submission.id, scene.photo.id, scene.pupil.id, scene.teacher.id

    def correct_again() -> None:
        question = db.session.get_one(AssignmentItem, photo)
        submission = db.session.get_one(Submission, work)
        services.correct(submission, question, db.session.get_one(Hat, pupil), photographed(), now=LATER)

    def take_it_back() -> None:
        take_back(seen, db.session.get_one(Hat, teacher), now=LATER)

    with pytest.raises(CorrectedAgain):
        at_the_same_moment(app, correct_again, take_it_back)


def test_on_the_pages_the_button_stands_with_the_last_verdict_and_with_the_pupil(
    app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            scene = Scene()
            made = correct(scene)
        work, assignment_id, photo = scene.submission.id, scene.assignment.id, scene.photo.id
        hats = scene.teacher, scene.pupil
        for one in hats:
            db.session.refresh(one)
        correction_id = made.id
    teacher, pupil = map(sign_in_as, hats)
    judging, shown = f"/assignments/{assignment_id}/corrections", f"/submissions/{work}/corrections"
    undo = f"{judging}/undo"

    assert undo not in teacher.get(judging).get_data(as_text=True)
    said = {
        "correction": f"{correction_id}:1",
        "question": str(photo),
        "verdict": "again",
        "comment": COMMENT,
    }
    assert teacher.post(judging, data=said).status_code == 303
    for place in (judging, shown):
        page = teacher.get(place).get_data(as_text=True)
        assert undo in page
        assert f'value="{correction_id}:2"' in page
    assert undo not in pupil.get(shown).get_data(as_text=True)
    back = {"correction": f"{correction_id}:2", "question": str(photo)}
    assert pupil.post(undo, data=back).status_code == 403
    again = teacher.post(undo, data=back, follow_redirects=True).get_data(as_text=True)
    assert f"“{COMMENT}”" in again
    assert f'value="{correction_id}:3"' in again
    assert undo not in again
    assert COMMENT not in pupil.get(shown).get_data(as_text=True)
    assert teacher.post(undo, data={"correction": "x"}).status_code == 422
