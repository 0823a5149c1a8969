"""Questions of other formats as lines of a paper: read again they are the same questions, or none are offered."""

import pytest

from library.formats.papers.paper import read_text
from library.formats.papers.vocabulary import KIND_NAMES
from library.formats.papers.writing import completed, lines_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, Slip
from tests.factories.questions import question_corpus

CHOICE = ItemRecord(
    identifier="one",
    kind=ItemKind.CHOICE,
    prompt="负数是哪个？",
    interaction={"choices": [{"id": "A", "text": "-2"}, {"id": "B", "text": "3"}, {"id": "C", "text": "0"}]},
    correct=["A"],
    hints=["看符号。", "小于 0。"],
    misconceptions=[Slip(response="C", feedback="0 不是负数。")],
    difficulty=0.2,
    licence="CC-BY-4.0",
)


def read_again(text: str, old: ItemRecord) -> ItemRecord:
    [found] = read_text(text, {one.name: one for one in old.pictures}).questions
    assert found.record, found.problem
    return completed(found.record, old)


def test_lines_that_are_offered_say_the_same_question() -> None:
    offered = [(one, text) for one in question_corpus()[0] if (text := lines_of(one, 7))]
    assert {one.kind for one, _text in offered} == set(KIND_NAMES)
    for one, text in offered:
        assert read_again(text, one).model_copy(update={"identifier": one.identifier}) == one


def test_what_lines_do_not_say_stays() -> None:
    text = lines_of(CHOICE, 1)
    assert "提示" not in text
    again = read_again(text.replace("负数是哪个", "下列各数中，负数是哪个"), CHOICE)
    assert again.prompt == "下列各数中，负数是哪个？"
    assert (again.hints, again.difficulty, again.licence) == (CHOICE.hints, 0.2, "CC-BY-4.0")
    assert again.misconceptions == CHOICE.misconceptions


def test_lines_say_whether_capitals_count_and_can_change_it() -> None:
    kinds = ["exact", "quantity", "text"]
    old = ItemRecord(
        identifier="case",
        kind=ItemKind.TEXT_ENTRY,
        prompt="镁是[[1]]，重[[2]]，[[3]]色。",
        interaction={"blanks": 3, "answers": kinds},
        correct=[["Mg"], ["5 g"], ["白"]],
    )
    text = lines_of(old, 1)
    assert "Mg（区分大小写）；5 g；白" in text
    assert read_again(text, old).interaction == old.interaction
    without = read_again(text.replace("（区分大小写）", ""), old)
    assert without.interaction["answers"] == ["text", "quantity", "text"]


def test_what_is_told_about_a_choice_goes_with_it() -> None:
    moved = read_again("1. 负数是哪个？\nA. 0\nB. 3\nC. -2\n答案：C", CHOICE)
    assert moved.stored_misconceptions() == [{"response": {"choices": ["A"]}, "feedback": "0 不是负数。"}]
    gone = read_again("1. 负数是哪个？\nA. -2\nB. 3\n答案：A", CHOICE)
    assert gone.misconceptions == []


@pytest.mark.parametrize("kind", sorted(set(ItemKind) - set(KIND_NAMES)))
def test_no_lines_are_offered_for_kinds_that_papers_have_no_words_for(kind: ItemKind) -> None:
    assert not [one for one in question_corpus()[0] if one.kind is kind and lines_of(one, 1)]
