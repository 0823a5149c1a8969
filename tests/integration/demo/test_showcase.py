"""What visitors of the demo city should meet is there, where they look for it."""

import pytest
from sqlalchemy import select

from accounts.people.models import Hat, Person
from core.database import db, transaction
from demo.items.every import every_kind
from demo.showcase import (
    blanks,
    both_classes,
    excess,
    kinds,
    layers,
    paper,
    second_reading,
    shared_marking,
    teams,
    wrong_key,
)
from demo.weeks.demo_class import REVISION, WORDS
from homework.annotations.models import PageNote
from homework.annotations.shapes import NoteKind
from homework.annotations.sheets import shown_on
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentException
from homework.assignments.queries import depths_of, questions_of
from homework.comments.queries import kept_by, uses_of
from homework.corrections.counts import counts_of
from homework.corrections.lines import lines_of
from homework.corrections.stages import Verdict
from homework.corrections.waiting import waiting_by_question
from homework.ledger.queries import excesses_for, explained, unseen_by
from homework.markers.queries import names_for, parts_for
from homework.marking.models import Mark, OwnMark
from homework.marking.progress import ready_of
from homework.marking.queries import unmarked_by_question
from homework.notices.models import NewsKind
from homework.notices.queries import news_for
from homework.paper.models import PaperRow
from homework.readings.waiting import number_for, to_read_again
from homework.redpen.queries import sheet_of
from homework.refusals.queries import questions_with_blanks, refusals_of
from homework.refusals.services import accept
from homework.regrades.models import RegradeState
from homework.regrades.queries import undone_by
from homework.regrades.rulings import Policy
from homework.regrades.undoing import begin_undo, finish_undo, write_back
from homework.rubrics.models import RubricChoice
from homework.rubrics.queries import rubric_of
from homework.submissions.models import Answer, Page, Recording, Submission
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from library.sets.queries import item_ids_of, sets_of
from tests.integration.demo.conftest import TUESDAY

pytestmark = pytest.mark.usefixtures("history")


def hat(username: str) -> Hat:
    return db.session.scalars(select(Hat).join(Hat.person).where(Person.username == username)).one()


def work(title: str) -> Assignment:
    return db.session.scalars(select(Assignment).where(Assignment.title == title)).one()


def hand_in(title: str, username: str = "demo-student") -> Submission:
    handed_in = select(Submission).where(Submission.assignment_id == work(title).id)
    return db.session.scalars(handed_in.where(Submission.student_id == hat(username).person_id)).one()


def answers_of(title: str, username: str = "demo-student") -> list[Answer]:
    wanted = select(Answer).where(Answer.submission_id == hand_in(title, username).id)
    return list(db.session.scalars(wanted.order_by(Answer.id)))


def test_every_kind_of_question_is_in_a_set_and_in_homework_that_waits_to_be_marked() -> None:
    given = work(kinds.TITLE)
    asked = db.session.scalars(questions_of(given.id)).all()
    assert [one.item_version.kind for one in asked] == list(every_kind())
    assert set(every_kind()) == set(ItemKind)
    sets = list(db.session.scalars(sets_of(hat("demo-teacher"), is_own=True)))
    assert sorted(len(db.session.scalars(item_ids_of(one.id)).all()) for one in sets) == [1, 1, len(ItemKind)]
    [submission] = db.session.scalars(select(Submission).where(Submission.assignment_id == given.id))
    answered = db.session.scalars(select(Answer).where(Answer.submission_id == submission.id)).all()
    assert len(answered) == len(ItemKind)
    heard = select(Recording).where(Recording.answer_id.in_([one.id for one in answered]))
    assert db.session.scalars(heard).one().seconds > 3


def test_the_demo_pupil_has_a_photograph_back_with_pen_stamp_words_and_voice() -> None:
    submission = hand_in(f"{REVISION} 练习")
    assert submission.returned_at is not None
    page = db.session.scalars(
        select(Page).where(Page.answer_id.in_([one.id for one in answers_of(f"{REVISION} 练习")]))
    ).one()
    notes = db.session.scalars(select(PageNote).where(PageNote.page_id == page.id)).all()
    assert {one.kind for one in notes} == set(NoteKind)


def test_work_is_marked_by_a_rubric_with_comments_of_the_bank_that_know_their_uses() -> None:
    for title in (f"{REVISION} 练习", f"{WORDS} 练习"):
        *_closed, photo = answers_of(title)
        rubric = db.session.scalar(rubric_of(photo.assignment_item_id))
        assert rubric is not None
        choice = db.session.get_one(RubricChoice, photo.id)
        mark = db.session.scalars(select(Mark).where(Mark.answer_id == photo.id)).one()
        assert mark.points == choice.points == rubric.judged_by.points_of(choice.levels)
    used = [uses_of(one) for one in db.session.scalars(kept_by(hat("demo-teacher")))]
    assert any(use.is_returned for one in used for use in one)
    assert any(not use.is_returned for one in used for use in one)


def test_the_demo_pupil_got_a_mark_of_her_own_in_group_work() -> None:
    [answer] = answers_of(teams.TITLE)
    assert db.session.get(OwnMark, answer.id) is not None
    mark = db.session.scalars(select(Mark).where(Mark.answer_id == answer.id)).one()
    assert mark.points == teams.OWN_POINTS
    group = select(Submission).where(Submission.team_hand_in_id == hand_in(teams.TITLE).team_hand_in_id)
    members = db.session.scalars(group).all()
    assert len(members) > 1
    assert all(one.returned_at for one in members)


def test_a_class_on_paper_is_entered_by_seat() -> None:
    given = work(paper.TITLE)
    rows = db.session.scalars(select(PaperRow).where(PaperRow.assignment_id == given.id)).all()
    entered = db.session.scalars(select(Submission).where(Submission.assignment_id == given.id)).all()
    assert {one.student_id for one in entered} == {one.student_id for one in rows if one.is_taken}
    assert {one.entered_by_id for one in entered} == {hat("demo-teacher").person_id}


def test_what_a_class_wrote_into_ten_blanks_is_judged_in_fewer_than_ten_strokes() -> None:
    """Whoever reads the page lets count all that is no typical error; then nothing is left to put right."""
    given, teacher = work(blanks.TITLE), hat("demo-teacher")
    wrong = [texts for _before, _key, texts in blanks.BLANKS]
    strokes = 0
    for one in refusals_of(questions_with_blanks(given.id), teacher):
        if one.text not in wrong[one.blank]:
            with transaction():
                accept(one.question, (one.blank, one.folded), teacher, now=TUESDAY)
            strokes += 1
    assert strokes < 10
    [question] = db.session.scalars(questions_of(given.id))
    rows = db.session.execute(
        select(Mark.points, Attempt.response)
        .join(Answer, Answer.id == Mark.answer_id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Answer.assignment_item_id == question.id)
    ).all()
    assert rows
    for points, response in rows:
        texts = enumerate(response["blanks"])
        assert points == sum(bool(text) and text not in wrong[blank] for blank, text in texts)


def test_work_of_two_classes_waits_to_be_returned_class_by_class() -> None:
    ready = ready_of(work(both_classes.TITLE).id, hat("demo-teacher"))
    assert len(ready.by_class) == 2
    assert ready.number == sum(number for _class, number in ready.by_class)


def test_the_demo_pupil_must_do_the_challenge_and_has_more_time_for_it() -> None:
    given, pupil = work(layers.TITLE), hat("demo-student").person_id
    assert depths_of(pupil, [given.id]) == {given.id: Layer.CHALLENGE}
    assert {one.layer for one in db.session.scalars(questions_of(given.id))} == set(Layer)
    said = {
        one.student_id == pupil: one
        for one in db.session.scalars(
            select(AssignmentException).where(AssignmentException.assignment_id == given.id)
        )
    }
    assert said[True].due_at is not None
    assert said[False].is_excused


def test_the_head_of_the_grade_is_told_why_a_day_has_more_than_the_law_allows() -> None:
    teacher = hat("demo-teacher")
    [told] = explained(list(db.session.scalars(excesses_for(teacher))))
    assert db.session.scalar(unseen_by(teacher)) == 1
    assert told.assignment.title == excess.TITLE
    assert told.teacher.id != teacher.person_id
    assert told.excess.minutes > told.excess.cap


def test_the_demo_pupils_correction_came_back_with_red_ink_and_the_next_one_was_accepted() -> None:
    submission = hand_in(f"{REVISION} 练习")
    [photographed] = [one for one in lines_of(submission) if one.versions and one.versions[0].pages]
    states = [one.correction.state for one in photographed.versions]
    assert states == [Verdict.AGAIN, Verdict.ACCEPTED]
    [page] = photographed.versions[0].pages
    drawn = db.session.scalars(shown_on(sheet_of(page.id))).all()
    assert {NoteKind.PEN, NoteKind.TEXT} <= {one.kind for one in drawn}
    count = counts_of([submission.id])[submission.id]
    assert count.accepted == count.all
    assert waiting_by_question(submission.assignment_id, hat("demo-teacher")) == {photographed.question.id: 1}


def test_a_wrong_key_was_put_right_its_pupils_know_and_it_can_be_undone() -> None:
    pupil, teacher = hat("demo-student"), hat("demo-teacher")
    [regrade] = db.session.scalars(undone_by(teacher))
    assert (regrade.state, regrade.policy) == (RegradeState.APPLIED, Policy.ACCEPT_BOTH)
    given, [answer] = work(wrong_key.TITLE), answers_of(wrong_key.TITLE)
    assert hand_in(wrong_key.TITLE).returned_at is not None
    mark = db.session.scalars(select(Mark).where(Mark.answer_id == answer.id)).one()
    assert mark.points == wrong_key.POINTS
    told = [one.kind for one in db.session.scalars(news_for(pupil, TUESDAY, given.id))]
    assert told == [NewsKind.MARKED_ANEW]
    with transaction():
        assert begin_undo(regrade, teacher, now=TUESDAY)
        write_back(regrade, now=TUESDAY)
        finish_undo(regrade, now=TUESDAY)
    db.session.refresh(mark)
    assert mark.points == 0


def test_a_colleague_asks_the_demo_teacher_to_read_marked_work_a_second_time() -> None:
    teacher = hat("demo-teacher")
    [(submission, reading, *_turn)] = db.session.execute(to_read_again(teacher)).all()
    assert submission.assignment_id == work(second_reading.TITLE).id
    assert reading.asked_by_id == submission.assignment.teacher_id != teacher.person_id
    assert number_for(teacher).to_do == 1


def test_two_teachers_mark_a_question_each_without_seeing_whose_work_it_is() -> None:
    given, teacher = work(shared_marking.TITLE), hat("demo-teacher")
    drawing, text = db.session.scalars(questions_of(given.id))
    parts = parts_for(given.id, teacher)
    assert (parts.is_my_question(drawing.id), parts.is_my_question(text.id)) == (True, False)
    handed_in = db.session.scalars(select(Submission).where(Submission.assignment_id == given.id)).all()
    assert names_for(given.id, teacher).is_blind
    rows = {row[0]: row[1:] for row in db.session.execute(unmarked_by_question(teacher, given.id))}
    assert rows == {drawing.id: (len(handed_in), len(handed_in)), text.id: (len(handed_in), 0)}
