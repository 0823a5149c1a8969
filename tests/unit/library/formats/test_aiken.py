"""Aiken: what is read, and the line of what is not."""

from library.formats.aiken import read
from library.formats.errors import UnknownLetter, UnreadableLine, WithoutAnswerLine
from library.items.models import ItemKind

GOOD = "What is two and two?\nA. three\nB) four\nANSWER: B\n"


def test_a_question_with_its_choices() -> None:
    [record] = read(GOOD.encode()).good
    assert (record.prompt, record.correct) == ("What is two and two?", ["B"])
    assert [one["text"] for one in record.interaction["choices"]] == ["three", "four"]


def test_several_letters_are_several_right_choices() -> None:
    [record] = read(b"Which are even?\nA. 2\nB. 3\nC. 4\nanswer: A, C").good
    assert (record.kind, record.correct) == (ItemKind.MULTIPLE_CHOICE, ["A", "C"])


def test_a_question_over_two_lines_and_one_without_an_empty_line_between() -> None:
    found = read(f"Look\nat this:\n{GOOD}{GOOD}".encode())
    assert [one.prompt.split("\n")[0] for one in found.good] == ["Look", "What is two and two?"]


def test_each_bad_question_names_its_line_and_the_good_ones_stay() -> None:
    text = f"{GOOD}\nNo answer?\nA. x\nB. y\n\n{GOOD}\nStray?\nA. x\nwhat\nB. y\nANSWER: A\n\nLetter?\nA. x\nB. y\nANSWER: D\n"
    found = read(text.encode())
    assert len(found.good) == 2
    problems = [one.problem for one in found.questions if one.problem]
    assert [type(one) for one in problems] == [WithoutAnswerLine, UnreadableLine, UnknownLetter]
    assert [one.details["line"] for one in problems] == [6, 17, 24]
