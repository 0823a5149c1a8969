"""What a cell of the grid says: letters, points, and answers after an equals sign."""

import pytest
from sqlalchemy.orm import Session

from core.errors import DomainError
from homework.assignments.queries import questions_of
from homework.paper.cells import all_right, read_cell, read_row
from homework.paper.errors import AnswerUnreadable, NotAChoice, NotPoints, NotSomeChoices, NotTrueOrFalse
from homework.submissions.questions import Question
from library.items.kinds.table import KINDS
from library.items.models import ItemKind
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment


@pytest.fixture
def questions(session: Session) -> dict[ItemKind, Question]:
    """One of each kind, worth two points."""
    school_class = make_class()
    student, teacher = make_student(school_class), make_teacher(school_class)
    work = make_assignment(teacher, school_class, kinds=list(ItemKind))
    asked = session.scalars(questions_of(work.id))
    return {one.item_version.kind: Question.of(one, student.person_id) for one in asked}


@pytest.mark.parametrize(
    ("kind", "typed", "response"),
    [
        (ItemKind.CHOICE, "b", {"choices": ["B"]}),
        (ItemKind.CHOICE, " Ｂ ", {"choices": ["B"]}),
        (ItemKind.MULTIPLE_CHOICE, "ca", {"choices": ["A", "C"]}),
        (ItemKind.MULTIPLE_CHOICE, "A、C", {"choices": ["A", "C"]}),
        (ItemKind.TRUE_FALSE, "√", {"choices": ["true"]}),
        (ItemKind.TRUE_FALSE, "f", {"choices": ["false"]}),
        (ItemKind.TEXT_ENTRY, "=床前明月光；疑是地上霜", {"blanks": ["床前明月光", "疑是地上霜"]}),
        (ItemKind.NUMERIC, "=3.5", {"value": "3.5"}),
    ],
)
def test_what_the_pupil_wrote_becomes_her_answer(
    questions: dict[ItemKind, Question], kind: ItemKind, typed: str, response: dict[str, object]
) -> None:
    entry = read_cell(questions[kind], typed)
    assert (entry.response, entry.points) == (response, None)


@pytest.mark.parametrize(("typed", "points"), [("1", 1), ("1.5", 1.5), ("0,5", 0.5), ("２", 2), ("0", 0)])
def test_what_the_teacher_read_is_told_in_points(
    questions: dict[ItemKind, Question], typed: str, points: float
) -> None:
    entry = read_cell(questions[ItemKind.EXTENDED_TEXT], typed)
    assert (entry.response, entry.points) == (None, points)


@pytest.mark.parametrize(("typed", "points"), [("r", 2), ("√", 2), ("w", 0), ("×", 0), ("对", 2), ("错", 0)])
def test_a_sign_gives_all_points_or_none(
    questions: dict[ItemKind, Question], typed: str, points: float
) -> None:
    assert read_cell(questions[ItemKind.MATCH], typed).points == points


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        (ItemKind.CHOICE, "E", NotAChoice),
        (ItemKind.CHOICE, "AB", NotAChoice),
        (ItemKind.CHOICE, "1", NotAChoice),
        (ItemKind.MULTIPLE_CHOICE, "AZ", NotSomeChoices),
        (ItemKind.MULTIPLE_CHOICE, "、", NotSomeChoices),
        (ItemKind.TRUE_FALSE, "maybe", NotTrueOrFalse),
        (ItemKind.ORDER, "2.5", NotPoints),
        (ItemKind.ORDER, "-1", NotPoints),
        (ItemKind.ORDER, "nan", NotPoints),
        (ItemKind.ORDER, "1e0", NotPoints),
        (ItemKind.ORDER, "1.999", NotPoints),
        (ItemKind.PHOTO, "=1+1", NotPoints),
        (ItemKind.NUMERIC, "=" + "9" * 600, AnswerUnreadable),
    ],
)
def test_what_fits_no_question_is_refused_in_words(
    questions: dict[ItemKind, Question], kind: ItemKind, typed: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal) as caught:
        read_cell(questions[kind], typed)
    assert "%(" not in str(caught.value)


@pytest.mark.parametrize("kind", list(ItemKind))
def test_all_right_earns_every_point_and_nothing_typed_is_left_out(
    questions: dict[ItemKind, Question], kind: ItemKind
) -> None:
    question = questions[kind]
    assert read_cell(question, all_right(question)).judged(question).score == 1
    assert read_cell(question, "  ").is_empty


def test_a_line_tells_what_is_wrong_and_keeps_what_is_right(questions: dict[ItemKind, Question]) -> None:
    choice, number = questions[ItemKind.CHOICE], questions[ItemKind.NUMERIC]
    entries, wrong = read_row([choice, number], {str(choice.id): "B", str(number.id): "lots"})
    assert entries.keys() == {choice.id}
    assert isinstance(wrong[number.id], NotPoints)


@pytest.mark.parametrize("kind", list(ItemKind))
def test_an_answer_that_stands_on_paper_can_be_shown_for_every_kind(
    questions: dict[ItemKind, Question], kind: ItemKind
) -> None:
    assert not KINDS[kind].is_answered({})
    assert not any(KINDS[kind].said(questions[kind].asked, {}))
