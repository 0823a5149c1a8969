"""Embedded answers of Moodle that are more than one question here."""

from library.formats.errors import DrawsNumbers, UnknownKind
from library.formats.moodle.reading import read
from library.formats.reading import ReadQuestion
from tests.factories.papers import moodle, moodle_answer, moodle_question


def notes(found: ReadQuestion) -> set[tuple[str, str, str]]:
    return {(one.fate.value, one.part, one.reason) for one in found.notes}


def test_blanks_with_several_right_choices_make_each_place_a_question_about_the_text() -> None:
    text = "Warm: {1:MRV:=tea~=soup~ice#no}. Two: {2:NM:=2:0.1}. Bird: {1:SA:=owl}. Sea: {1:MC:=wet~dry#no}."
    more = (
        "<generalfeedback format='html'><text>Because.</text></generalfeedback><penalty>0.3</penalty>"
        "<hint format='html'><text>Think.</text></hint>"
    )
    found = read(moodle(moodle_question("cloze", text.replace("MRV", "MR"), more)))
    [passage] = found.stimuli
    assert passage.text == "Warm: (1) ____. Two: (2) ____. Bird: (3) ____. Sea: (4) ____."
    assert [(one.kind.value, one.prompt) for one in found.good] == [
        ("multiple_choice", "(1)"),
        ("numeric", "(2)"),
        ("text_entry", "(3)"),
        ("choice", "(4)"),
    ]
    assert {one.stimulus for one in found.good} == {passage.identifier}
    assert found.good[0].correct == ["A", "B"]
    assert found.good[1].correct == {"value": 2.0, "tolerance": 0.1}
    assert found.good[3].misconceptions[0].feedback == "no"
    assert (found.good[3].explanation, found.good[3].hints) == ("Because.", ["Think."])
    assert notes(found.questions[0]) >= {
        ("changed", "questiontext", "divided"),
        ("dropped", "penalty", "setting"),
        ("dropped", "weight", "grade"),
        ("kept", "generalfeedback", ""),
    }


def test_a_text_with_more_blanks_than_a_question_has_becomes_several() -> None:
    found = read(moodle(moodle_question("cloze", " ".join(f"{{1:SA:=w{one}}}" for one in range(25)))))
    assert [one.correct for one in found.good] == [[[f"w{one}"]] for one in range(25)]


def test_one_place_that_cannot_be_asked_spoils_no_other() -> None:
    found = read(moodle(moodle_question("cloze", "{1:MR:=a~=b~c} {1:REGEXP:=a.*}")))
    assert [type(one.problem) for one in found.questions] == [type(None), UnknownKind]


def test_no_part_of_a_question_is_passed_over_without_a_word() -> None:
    parts = ("minwordlimit", "attachmentsrequired", "maxbytes", "layouttype", "numberingstyle", "some_plugin")
    more = moodle_answer("a", 100) + "".join(f"<{one}>1</{one}>" for one in parts)
    [found] = read(moodle(moodle_question("shortanswer", "Q", more))).questions
    assert notes(found) >= {("dropped", one, "setting") for one in parts}


def test_numbers_that_moodle_draws_are_refused_with_a_way_out() -> None:
    [found] = read(
        moodle(moodle_question("calculated", "{a} + {b}?", moodle_answer("{a}+{b}", 100)))
    ).questions
    assert isinstance(found.problem, DrawsNumbers)
    assert "variants" in str(found.problem)
