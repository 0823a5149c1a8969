"""Embedded answers of Moodle that are more than one question here."""

import base64

from library.formats.errors import DrawsNumbers, UnknownKind
from library.formats.moodle.reading import read
from library.formats.reading import ReadQuestion
from tests.factories.media import picture_bytes
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


def test_pictures_stay_with_the_text_and_the_explanation_that_show_them() -> None:
    def shown(name: str) -> str:
        data = base64.b64encode(picture_bytes(20 + len(name), 10 if name == "map" else 20, "PNG")).decode()
        return f"<file name='{name}.png' encoding='base64'>{data}</file>"

    text = "<img src='@@PLUGINFILE@@/map.png' alt='Map'> {1:MR:=a~=b~c}"
    why = (
        "<generalfeedback format='html'><text>&lt;img src='@@PLUGINFILE@@/why.png' alt='Why'&gt;</text>"
        f"{shown('why')}</generalfeedback>"
    )
    question = moodle_question("cloze", text, why).replace(
        "</questiontext>", f"{shown('map')}</questiontext>"
    )
    found = read(moodle(question))
    assert [one.name for one in found.stimuli[0].pictures] == ["map"]
    assert found.good[0].explanation == "[[picture:why]]"
    assert [one.name for one in found.good[0].pictures] == ["why"]


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


def test_statements_that_are_judged_one_by_one_are_questions_about_their_text() -> None:
    rows = "".join(
        f"<row number='{one}'><optiontext format='html'><text>{text}</text></optiontext>"
        f"<feedbacktext format='html'><text>{why}</text></feedbacktext></row>"
        for one, text, why in ((1, "Ice is cold.", ""), (2, "Fire is cold.", "Touch it not."))
    )
    columns = "".join(
        f"<column number='{one}'><responsetext format='html'><text>{text}</text></responsetext></column>"
        for one, text in ((1, "Right"), (2, "Wrong"))
    )
    weights = "".join(
        f"<weight rownumber='{row}' columnnumber='{column}'><value>{value}</value></weight>"
        for row, column, value in ((1, 1, "1.000"), (1, 2, "0.000"), (2, 1, "0.000"), (2, 2, "1.000"))
    )
    found = read(moodle(moodle_question("mtf", "Judge.", rows + columns + weights)))
    [text] = found.stimuli
    assert text.text == "Judge."
    assert [(one.prompt, one.correct, one.stimulus) for one in found.good] == [
        ("Ice is cold.", ["A"], text.identifier),
        ("Fire is cold.", ["B"], text.identifier),
    ]
    assert found.good[1].explanation == "Touch it not."


def test_choices_that_count_together_are_several_choices_and_their_scoring_is_told() -> None:
    answers = moodle_answer("a", 100) + moodle_answer("b", 100) + moodle_answer("c", 0)
    [found] = read(moodle(moodle_question("multichoiceset", "Which?", answers))).questions
    assert found.record is not None
    assert (found.record.kind.value, found.record.correct) == ("multiple_choice", ["A", "B"])
    assert ("changed", "question", "custom-scoring") in notes(found)
