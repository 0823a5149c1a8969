"""What a corrected key means for what pupils corrected by the wrong one, and for what two teachers read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import SystemRandom
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.database import Model, db, transaction
from core.jobs.services import run_waiting
from homework.assignments.models import AssignmentItem
from homework.assignments.queries import questions_of
from homework.corrections import services as corrections
from homework.corrections.counts import Count, counts_of
from homework.corrections.errors import NothingToCorrect
from homework.corrections.lines import Line, lines_of
from homework.corrections.models import Correction
from homework.corrections.schemas import QuestionToCorrectOut
from homework.corrections.stages import Stage, Verdict
from homework.corrections.telling import tell_of_regrade
from homework.corrections.waiting import waiting_at, waiting_by_question
from homework.marking.models import MarkSource, SecondReading
from homework.marking.services import mark
from homework.marking.states import ReadingState
from homework.notices.models import NewsKind, WorkNotice
from homework.readings import services as readings
from homework.readings.asking import ask_for_second_reading
from homework.readings.models import ReadingMark
from homework.readings.queries import differences, marks_by_reader
from homework.refusals.blanks import refused_in
from homework.refusals.services import accept
from homework.regrades import services as regrades
from homework.regrades.models import Regrade
from homework.regrades.rulings import Policy
from homework.submissions.models import Answer
from homework.workbook.histories import histories_of
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.integration.homework.test_corrections import Scene
from tests.integration.homework.test_regrades import DAY, A, apply, hash_of_rows, loaded, undo


@pytest.fixture
def back(session: Session) -> Scene:
    """Work that came back: the pupil said A where the key says B."""
    del session
    return Scene()


def correct(back: Scene, said: str) -> Correction:
    question = db.session.get_one(AssignmentItem, back.choice.id, populate_existing=True)
    return corrections.correct(
        back.submission, question, back.pupil, back.fix({"choices": [said]}), now=MONDAY + DAY
    )


def line_of(back: Scene, question: AssignmentItem) -> Line:
    db.session.expire_all()
    return next(one for one in lines_of(back.submission) if one.question.id == question.id)


def answer_to_the_choice(back: Scene) -> Answer:
    return db.session.scalars(
        select(Answer).where(
            Answer.submission_id == back.submission.id, Answer.assignment_item_id == back.choice.id
        )
    ).one()


def count(back: Scene) -> Count:
    return counts_of([back.submission.id])[back.submission.id]


def test_a_correction_that_a_wrong_key_refused_is_accepted_with_the_right_one_and_back_with_an_undo(
    back: Scene,
) -> None:
    for said in ("C", "A"):
        assert correct(back, said).state is Verdict.AGAIN
    assert (count(back).again, count(back).accepted) == (1, 0)
    before = hash_of_rows()
    regrade = apply(back.teacher, back.choice, Policy.REMARK, {"choices": ["C"]})
    line = line_of(back, back.choice)
    assert line.stage is Stage.ACCEPTED
    assert [one.verdict for one in line.versions] == [Verdict.ACCEPTED, Verdict.AGAIN]
    assert [one.state for one in QuestionToCorrectOut.of(line).versions] == [Verdict.ACCEPTED, Verdict.AGAIN]
    assert (count(back).again, count(back).accepted) == (0, 1)
    scores = select(Attempt.score).join(Correction, Correction.attempt_id == Attempt.id)
    assert list(db.session.scalars(scores.order_by(Correction.id))) == [1.0, 0.0], "her profile follows"
    with pytest.raises(NothingToCorrect):
        correct(back, "B")
    undo(back.teacher, regrade)
    assert hash_of_rows() == before
    assert line_of(back, back.choice).stage is Stage.AGAIN


def test_who_was_refused_by_a_wrong_key_is_told_that_she_is_right_and_when_it_is_put_back(
    app: Flask, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 2 * DAY)  # at night nobody is told before the morning
    with app.app_context():
        with transaction():
            back = Scene()
            correct(back, "C")
            choice, hats = back.choice.id, (back.teacher, back.pupil, make_guardian(back.pupil))
        for one in hats:
            db.session.refresh(one)
    teacher, pupil, guardian = hats
    with app.app_context():
        with transaction():
            question = db.session.get_one(AssignmentItem, choice)
            regrade_id = apply(teacher, question, Policy.REMARK, {"choices": ["C"]}).id
        run_waiting()
    for hat in (pupil, guardian):
        page = sign_in_as(hat).get("/homework/notices").text
        assert "标准答案已更正，因此有订正通过了" in page
        assert "第 1 题" in page
        assert "答案印错了" in page
    with app.app_context():
        with transaction():
            undo(teacher, db.session.get_one(Regrade, regrade_id))
        run_waiting()
    page = sign_in_as(pupil).get("/homework/notices").text
    assert "标准答案已恢复原样，请再次订正" in page
    assert "因此有订正通过了" not in page, "who has not read it, need not"


def test_nobody_is_told_of_a_correction_that_another_one_has_settled_or_that_is_owed_no_more(
    back: Scene,
) -> None:
    classmate = make_student(back.school_class)
    theirs = back.hand_in(classmate)
    corrections.correct(theirs, back.choice, classmate, back.fix({"choices": ["C"]}), now=MONDAY)
    for said in ("C", "B"):
        correct(back, said)
    regrade = apply(back.teacher, back.choice, Policy.REMARK, {"choices": ["C"]})
    tell_of_regrade(regrade, now=MONDAY + DAY)
    tell_of_regrade(regrade, now=MONDAY + DAY)
    told = select(WorkNotice.person_id).where(WorkNotice.kind == NewsKind.CORRECTION_TAKEN)
    assert list(db.session.scalars(told)) == [classmate.person_id], "the pupil has got B accepted before"
    apply(back.teacher, back.choice, Policy.DROP)
    put_back = db.session.scalars(select(Regrade).order_by(Regrade.id.desc())).first()
    assert put_back is not None
    tell_of_regrade(put_back, now=MONDAY + DAY)
    assert list(db.session.scalars(told)) == [classmate.person_id]


def test_who_was_right_all_along_has_nothing_to_correct_any_more(back: Scene) -> None:
    correct(back, "C")
    regrade = apply(back.teacher, back.choice)
    assert line_of(back, back.choice).stage is Stage.NOT_OWED
    assert (count(back).all, count(back).open) == (2, 2), "the two other questions"
    with pytest.raises(NothingToCorrect):
        correct(back, "B")
    undo(back.teacher, regrade)
    assert line_of(back, back.choice).stage is Stage.AGAIN
    assert count(back).all == 3


def test_where_both_keys_hold_a_correction_may_follow_either_of_them(back: Scene) -> None:
    regrade = apply(back.teacher, back.choice, Policy.ACCEPT_BOTH, {"choices": ["C"]})
    assert correct(back, "B").state is Verdict.ACCEPTED
    undo(back.teacher, regrade)
    assert line_of(back, back.choice).stage is Stage.ACCEPTED


def test_a_text_that_a_teacher_let_count_counts_in_a_correction(back: Scene) -> None:
    said = {"blanks": ["床前明月光", "疑似地上霜"]}
    classmate = make_student(back.school_class)
    make_submission(back.assignment, classmate, {back.text.id: said}, photos=1)
    [place] = refused_in(back.text.item_version, said)
    assert accept(back.text, place, back.teacher, now=MONDAY) == 1
    sent = corrections.correct(back.submission, back.text, back.pupil, back.fix(said), now=MONDAY)
    assert sent.state is Verdict.ACCEPTED


def test_the_page_of_who_was_right_all_along_asks_for_nothing(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            back = Scene()
            correct(back, "C")
            place, choice = f"/submissions/{back.submission.id}/corrections", back.choice.id
        hats = back.pupil, back.teacher
        for one in hats:
            db.session.refresh(one)
    pupil = sign_in_as(hats[0])
    assert "需再订正" in pupil.get(place).text
    with app.app_context(), transaction():
        apply(hats[1], db.session.get_one(AssignmentItem, choice))
    page = pupil.get(place).text
    assert "无需再订正" in page
    assert "需再订正" not in page.replace("无需再订正", "")
    assert f"{place}/{choice}" not in page, "no form"
    late = {"client_key": str(uuid4()), f"q{choice}-choices": "B"}
    assert pupil.post(f"{place}/{choice}", data=late).status_code == 422


def test_what_was_accepted_by_the_wrong_key_stays_accepted(back: Scene) -> None:
    assert correct(back, "B").state is Verdict.ACCEPTED
    apply(back.teacher, back.choice, Policy.REMARK, {"choices": ["C"]})
    assert line_of(back, back.choice).stage is Stage.ACCEPTED


def test_nobody_looks_at_the_correction_of_a_question_that_counts_no_more(back: Scene) -> None:
    corrections.correct(back.submission, back.photo, back.pupil, back.fix({}, photos=1), now=MONDAY)
    assert waiting_by_question(back.assignment.id, back.teacher) == {back.photo.id: 1}
    regrade = apply(back.teacher, back.photo, Policy.DROP)
    assert not waiting_by_question(back.assignment.id, back.teacher)
    assert not waiting_at(back.photo, back.teacher)
    assert line_of(back, back.photo).stage is Stage.NOT_OWED
    undo(back.teacher, regrade)
    assert waiting_by_question(back.assignment.id, back.teacher) == {back.photo.id: 1}


def test_an_answer_that_a_corrected_key_makes_right_may_be_sent_again_where_the_mark_was_kept(
    back: Scene,
) -> None:
    answer = answer_to_the_choice(back)
    mark(answer, back.teacher, points=0.5, version=1, now=MONDAY)
    apply(back.teacher, back.choice)
    assert correct(back, "A").state is Verdict.ACCEPTED


def test_the_history_of_an_answer_tells_what_a_corrected_key_replaced_and_why(back: Scene) -> None:
    answer = answer_to_the_choice(back)
    mark(answer, back.teacher, points=0.5, comment="思路对", version=1, now=MONDAY)
    regrade = apply(back.teacher, back.choice, overwritten=frozenset({answer.id}))
    again = apply(back.teacher, back.choice, Policy.ACCEPT_BOTH, {"choices": ["C"]})
    undo(back.teacher, again)
    steps = histories_of([answer.id])[answer.id]
    told = [(one.points, one.source, one.comment, one.reason) for one in steps]
    assert told == [
        (2.0, MarkSource.REGRADE, "思路对", "答案印错了"),
        (0.5, MarkSource.TEACHER, "思路对", ""),
        (0.0, MarkSource.MACHINE, "", ""),
    ]
    undo(back.teacher, regrade)
    assert [one.points for one in histories_of([answer.id])[answer.id]] == [0.5, 0.0]


class Read:
    """Work that a second teacher reads: A where the key says B, and a text that got one point of two."""

    def __init__(self) -> None:
        school_class = make_class()
        self.teacher, self.reader = make_teacher(school_class), make_teacher(school_class)
        kinds = ItemKind.CHOICE, ItemKind.EXTENDED_TEXT
        assignment = make_assignment(self.teacher, school_class, kinds=kinds)
        self.choice, text = db.session.scalars(questions_of(assignment.id))
        said: dict[int, dict[str, Any]] = {
            self.choice.id: {"choices": ["A"]},
            text.id: {"text": "小鸟飞走了"},
        }
        self.work = make_submission(assignment, make_student(school_class), said)
        by_question = {one.assignment_item_id: one for one in db.session.scalars(select(Answer))}
        self.chosen, self.written = by_question[self.choice.id], by_question[text.id]
        mark(self.written, self.teacher, points=1.0, version=0, now=MONDAY)
        [self.reading] = ask_for_second_reading(
            [self.work],
            self.teacher,
            percent=100,
            reader=self.reader.person,
            random=SystemRandom(),
            now=MONDAY,
        )

    def read(self, points: dict[int, float] | None = None) -> None:
        otherwise = {answer_id: readings.Otherwise(one) for answer_id, one in (points or {}).items()}
        readings.read(self.reading, self.reader, {}, otherwise, note="", now=MONDAY)
        readings.finish_reading(self.reading, self.reader, now=MONDAY)

    def read_anew(self) -> None:
        """Agree with all that stands, as who sends the page does."""
        readings.read(self.reading, self.reader, {}, {}, note="", now=MONDAY + DAY)
        readings.finish_reading(self.reading, self.reader, now=MONDAY + DAY)

    def told(self, *, unread: bool = False) -> list[NewsKind]:
        """What the reader was told about her reading, or what of it she has not read."""
        kinds = NewsKind.SECOND_READING, NewsKind.SECOND_READING_ANEW
        news = select(WorkNotice.kind).where(
            WorkNotice.person_id == self.reader.person_id, WorkNotice.kind.in_(kinds)
        )
        if unread:
            news = news.where(WorkNotice.seen_at.is_(None))
        return list(db.session.scalars(news.order_by(WorkNotice.id)))

    def differing(self) -> set[int]:
        db.session.expire_all()
        return set(differences(self.work.id))


@pytest.fixture
def read(session: Session) -> Read:
    del session
    return Read()


def rows_of(models: Iterable[type[Model]]) -> list[tuple[object, ...]]:
    db.session.expire_all()
    return [tuple(row) for one in models for row in db.session.execute(select(*one.__table__.columns))]


def test_two_who_left_an_answer_to_a_key_still_agree_when_it_is_put_right(read: Read) -> None:
    read.read()
    before = hash_of_rows(), rows_of([SecondReading, ReadingMark])
    regrade = apply(read.teacher, read.choice)
    assert rows_of([SecondReading, ReadingMark]) == before[1], "the work may go back"
    mark(read.written, read.teacher, points=2.0, version=1, now=MONDAY + DAY)
    assert read.reading.settled_at is None
    assert set(marks_by_reader(read.work.id)) == {read.written.id}, "what she reads anew is the text"
    readings.finish_reading(read.reading, read.reader, now=MONDAY + DAY)
    assert read.differing() == {read.written.id}
    mark(read.written, read.teacher, points=1.0, version=2, now=MONDAY + DAY)
    undo(read.teacher, regrade)
    assert not read.differing()


def test_an_undone_correction_of_a_key_leaves_a_second_reading_to_the_letter(read: Read) -> None:
    read.read()
    before = hash_of_rows(), rows_of([SecondReading, ReadingMark])
    undo(read.teacher, apply(read.teacher, read.choice))
    assert (hash_of_rows(), rows_of([SecondReading, ReadingMark])) == before


def test_only_what_the_reader_would_mark_otherwise_is_settled_after_a_key_is_put_right(read: Read) -> None:
    read.read({read.written.id: 2.0})
    apply(read.teacher, read.choice)
    assert read.differing() == {read.written.id}


def test_a_reader_who_gave_other_points_than_the_wrong_key_is_heard_after_it_is_put_right(
    read: Read,
) -> None:
    read.read({read.chosen.id: 1.0})
    apply(read.teacher, read.choice)
    assert read.differing() == {read.chosen.id}


@pytest.mark.parametrize("keys", [("A", "C"), ("A", "C", "A")])
def test_two_who_left_an_answer_to_a_key_agree_however_often_it_is_put_right(
    read: Read, keys: Sequence[str]
) -> None:
    read.read()
    regrades = [apply(read.teacher, read.choice, correct={"choices": [one]}) for one in keys]
    assert not read.differing()
    mark(read.written, read.teacher, points=2.0, version=1, now=MONDAY + DAY)
    read.read_anew()
    for one in reversed(regrades):
        undo(read.teacher, one)
        assert not read.differing(), "also what she read while a key stood that is undone since"


def test_points_that_a_reader_gave_of_her_own_are_no_keys_because_a_key_gave_them_in_between(
    read: Read,
) -> None:
    read.read({read.chosen.id: 2.0})
    apply(read.teacher, read.choice)
    apply(read.teacher, read.choice, correct={"choices": ["C"]})
    assert read.differing() == {read.chosen.id}


def test_a_reading_that_an_undone_key_had_opened_ends_as_it_had_ended(read: Read) -> None:
    mark(read.chosen, read.teacher, points=1.5, version=1, now=MONDAY)
    read.read()
    before = hash_of_rows()
    regrade = apply(read.teacher, read.choice, overwritten=frozenset({read.chosen.id}))
    assert read.told() == [NewsKind.SECOND_READING, NewsKind.SECOND_READING_ANEW]
    undo(read.teacher, regrade)
    assert hash_of_rows() == before
    assert read.told(unread=True) == [NewsKind.SECOND_READING], "there is nothing to read again"


def test_what_a_reader_has_written_since_stays_hers_when_the_key_is_undone(read: Read) -> None:
    mark(read.chosen, read.teacher, points=1.5, version=1, now=MONDAY)
    read.read()
    regrade = apply(read.teacher, read.choice, overwritten=frozenset({read.chosen.id}))
    wanted = {read.written.id: readings.Otherwise(2.0, "两点都说到了")}
    readings.read(read.reading, read.reader, {}, wanted, note="", now=MONDAY + DAY)
    undo(read.teacher, regrade)
    assert read.reading.state is ReadingState.BEGUN
    assert [one.points for one in marks_by_reader(read.work.id).values()] == [2.0]
    regrade = apply(read.teacher, read.choice, overwritten=frozenset({read.chosen.id}))
    read.read_anew()
    assert read.reading.state is ReadingState.DONE
    undo(read.teacher, regrade)
    assert read.reading.state is ReadingState.BEGUN, "she agreed to what the key gave"
    assert read.told().count(NewsKind.SECOND_READING_ANEW) == 2


def test_points_by_hand_that_a_corrected_key_replaces_are_read_anew(read: Read) -> None:
    mark(read.chosen, read.teacher, points=1.5, version=1, now=MONDAY)
    read.read()
    regrade = apply(read.teacher, read.choice, overwritten=frozenset({read.chosen.id}))
    assert (read.reading.done_at, read.reading.settled_at) == (None, None)
    told = select(WorkNotice.kind).where(WorkNotice.person_id == read.reader.person_id)
    assert NewsKind.SECOND_READING_ANEW in set(db.session.scalars(told))
    readings.finish_reading(read.reading, read.reader, now=MONDAY + DAY)
    assert read.differing() == {read.chosen.id}
    undo(read.teacher, regrade)
    assert not read.differing()


def test_when_the_key_is_put_right_as_the_reader_had_said_there_is_nothing_left_to_choose(
    app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            read = Read()
            read.read({read.chosen.id: 2.0})
            work, answer, question = read.work.id, read.chosen.id, read.choice.id
            teacher = read.teacher
        db.session.refresh(teacher)
    browser = sign_in_as(teacher)
    assert f"counts-{answer}" in browser.get(f"/submissions/{work}").text
    with app.app_context(), transaction():
        apply(teacher, db.session.get_one(AssignmentItem, question))
    page = browser.get(f"/submissions/{work}").text
    assert f"counts-{answer}" not in page
    assert "复核时的分歧现已消除" in page
    assert browser.post(f"/submissions/{work}/second-reading/settle").status_code == 303
    assert browser.post(f"/submissions/{work}/return").status_code == 302


def test_who_is_done_while_a_job_replaces_marks_by_hand_reads_anew(read: Read) -> None:
    mark(read.chosen, read.teacher, points=1.5, version=1, now=MONDAY)
    read.read()
    question = loaded(read.teacher, read.choice)
    wish = regrades.Wish(
        policy=Policy.REMARK, correct=A, reason="答案印错了", overwritten=frozenset({read.chosen.id})
    )
    seen = regrades.plan(question, read.teacher, replace(wish, overwritten=frozenset())).digest
    regrade, _is_new = regrades.begin(
        question, read.teacher, wish, seen=seen, client_key=uuid4(), now=MONDAY + DAY
    )
    read.read_anew()
    assert read.reading.settled_at is not None
    regrades.write(regrade, now=MONDAY + DAY)
    regrades.finish(regrade, now=MONDAY + DAY)
    assert read.reading.settled_at is None
