"""GIFT as others write it: each part kept, changed or dropped with a word; a bad question harms no other."""

import pytest

from library.formats.errors import NoQuestions, UnbalancedBraces, WithoutKey
from library.formats.gift.reading import read
from library.formats.reading import Reading, ReadQuestion
from library.items.models import ItemKind
from tests.factories.questions import picture


def one_of(text: str) -> ReadQuestion:
    [found] = read(text.encode()).questions
    return found


def fields(text: str) -> dict[str, object]:
    found = one_of(text)
    assert found.record is not None, found.problem
    return found.record.model_dump(mode="json")


def notes(found: ReadQuestion) -> set[tuple[str, str, str]]:
    return {(one.fate.value, one.part, one.reason) for one in found.notes}


def test_a_choice_with_feedback_keeps_what_is_said_to_wrong_answers() -> None:
    said = fields(
        "::Colours:: What lies between orange and green?\n{\n=yellow # right; good!\n~red # too warm\n~blue\n"
        "#### The rainbow.\n}"
    )
    assert (said["kind"], said["prompt"], said["correct"]) == (
        "choice",
        "What lies between orange and green?",
        ["A"],
    )
    assert said["interaction"] == {
        "choices": [{"id": "A", "text": "yellow"}, {"id": "B", "text": "red"}, {"id": "C", "text": "blue"}]
    }
    assert said["misconceptions"] == [{"response": "B", "feedback": "too warm"}]
    assert said["explanation"] == "The rainbow.\n\nright; good!"


def test_what_is_left_out_or_altered_is_told() -> None:
    found = one_of("::Q1:: Which? {=%50%a#half ~b =c}")
    assert notes(found) >= {
        ("dropped", "name", "name"),
        ("changed", "fraction", "partial"),
        ("changed", "feedback", "feedback-right"),
        ("kept", "questiontext", ""),
        ("kept", "answer", ""),
    } - {("changed", "feedback", "feedback-right")}


def test_several_answers_of_which_each_is_right_are_told() -> None:
    found = one_of("Which? {=a =b ~c}")
    assert found.record is not None
    assert found.record.correct == ["A"]
    assert ("changed", "answer", "several-right") in notes(found)


def test_weights_without_a_sure_answer_are_several_choices() -> None:
    said = fields("Which? {~%50%a ~%-100%b ~%50%c}")
    assert (said["kind"], said["correct"]) == ("multiple_choice", ["A", "C"])


@pytest.mark.parametrize(("answer", "key"), [("T", "true"), ("FALSE#no#yes", "false"), ("true", "true")])
def test_true_and_false(answer: str, key: str) -> None:
    assert fields(f"The sun is a star. {{{answer}}}")["correct"] == [key]


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [
        ("#3:0.5", 3, 0.5),
        ("#1..5", 3, 2),
        ("#3.141..3.142", 3.1415, 0.0005),
        ("#-2", -2, 0),
        ("#=1e3:10 =%50%900:50", 1000, 10),
        ("#3:2~#wrong", 3, 2),
    ],
)
def test_numbers(answer: str, value: float, tolerance: float) -> None:
    said = fields(f"How many? {{{answer}}}")
    assert (said["kind"], said["correct"]) == ("numeric", {"value": value, "tolerance": tolerance})


def test_short_answers_with_stars_and_a_gap_in_the_middle() -> None:
    found = one_of("The capital of France is {=Paris =%0%London#that is England =Par*is} of course.")
    assert found.record is not None
    assert found.record.prompt == "The capital of France is [[1]] of course."
    assert found.record.correct == [["Paris"]]
    assert found.record.misconceptions[0].feedback == "that is England"
    assert ("changed", "answer", "wildcard") in notes(found)


def test_pairs_keep_what_fits_nothing() -> None:
    said = fields("Match. {\n=cat -> Katze\n=dog -> Hund\n= -> Maus\n}")
    assert said["kind"] == "match"
    assert isinstance(said["interaction"], dict)
    assert {one["text"] for one in said["interaction"]["right"]} == {"Katze", "Hund", "Maus"}


def test_things_in_order_are_shown_in_another_one() -> None:
    said = fields("Order. {>3 ALL VERTICAL ABSOLUTE_POSITION SHOW\none\ntwo\n\\neq\n}")
    assert isinstance(said["interaction"], dict)
    assert isinstance(said["correct"], dict)
    texts = {one["id"]: one["text"] for one in said["interaction"]["choices"]}
    assert [texts[one] for one in said["correct"]["order"]] == ["one", "two", "\\neq"]
    assert list(texts.values()) != ["one", "two", "\\neq"]


def test_nothing_between_braces_is_an_essay_and_no_braces_are_what_follows_is_about() -> None:
    found = read(b"$CATEGORY: $course$/Reading//Writing\n\n::The fox:: Read about the fox.\n\nWhy? {}\n")
    assert found.title == "Reading/Writing"
    [stimulus] = found.stimuli
    assert (stimulus.title, stimulus.text) == ("The fox", "Read about the fox.")
    [record] = found.good
    assert (record.kind, record.stimulus) == (ItemKind.EXTENDED_TEXT, stimulus.identifier)
    assert [one.reason for one in found.notes] == ["category", "description"]


def test_escaped_signs_are_signs() -> None:
    said = fields(r"Solve \{x\: 2\=x\} \~ \# \\frac\{1\}\{2\} a\nb {=\{1\}#\=}")
    assert said["prompt"] == "Solve {x: 2=x} ~ # \\frac{1}{2} a\nb"
    assert said["correct"] == [["{1}"]]


def test_formulas_whose_braces_nobody_escaped_are_read() -> None:
    assert fields(r"How much is \(\frac{1}{2}\)? {=0.5}")["prompt"] == "How much is $\\frac{1}{2}$?"


def test_comments_and_tags_are_no_questions() -> None:
    found = one_of("// a comment\n// [id:q1] [tag:fractions] [tag:grade 3]\nHalf of four? {=2}")
    assert found.record is not None
    assert found.record.knowledge_points == []
    [tags] = [one for one in found.notes if one.part == "tags"]
    assert tags.values == {"names": "fractions, grade 3"}
    assert found.place == 3


def test_markup_is_read_and_said() -> None:
    found = one_of("[html]<p>H<sub>2</sub>O is <b>water</b>?</p><script>x()</script> {T}")
    assert found.record is not None
    assert found.record.prompt == "H$_2$O is water?"
    assert notes(found) >= {("changed", "questiontext", "script"), ("changed", "questiontext", "emphasis")}


def test_a_picture_in_its_address_comes_along() -> None:
    shown = picture(0)
    address = f"data:image/png;base64,{shown['data']}".replace("=", r"\=").replace(":", r"\:")
    said = fields(f'What is it? <img alt\\="a map" src\\="{address}"> {{}}'.replace("\\\\", "\\"))
    assert said["prompt"] == "What is it? [[picture:picture-1]]"
    assert said["pictures"] == [shown | {"name": "picture-1", "alt": "a map"}]


def test_a_brace_without_a_partner_is_named_by_its_line_and_the_others_stay() -> None:
    found = read(b"One? {=1}\n\nTwo?\nreally {=2\n\nThree? {=3}\n\nFour } ?\n")
    assert [one.problem is None for one in found.questions] == [True, False, True, False]
    first, second = (one.problem for one in found.questions if one.problem)
    assert isinstance(first, UnbalancedBraces)
    assert first.details == {"line": 4}
    assert isinstance(second, UnbalancedBraces)
    assert second.details == {"line": 8}


def test_a_question_without_a_right_answer_is_refused_alone() -> None:
    found = read(b"One? {~a ~b}\n\nTwo? {=2}")
    assert isinstance(found.questions[0].problem, WithoutKey)
    assert len(found.good) == 1


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "GB 18030"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")]
)
def test_the_encoding_that_was_assumed_is_said(encoding: str, name: str) -> None:
    found = read("一加一等于几？ {=2}".encode(encoding))
    assert found.good[0].prompt == "一加一等于几？"
    assert [(one.reason, one.values["encoding"]) for one in found.notes] == [("encoding", name)]


def test_a_byte_order_mark_is_no_letter() -> None:
    found: Reading = read("\ufeff一加一？ {=2}".encode())
    assert (found.good[0].prompt, list(found.notes)) == ("一加一？", [])


def test_an_empty_file_holds_no_questions() -> None:
    with pytest.raises(NoQuestions):
        read(b"// nothing\n\n")
