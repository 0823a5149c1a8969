"""Moodle XML as Moodle writes it: each kind, each field kept, changed or dropped, and files that are broken."""

import base64
import io
from typing import Any

import pytest
from PIL import Image

from library.formats.errors import (
    BrokenXml,
    CutShort,
    NamesOtherFiles,
    QuestionTooLarge,
    UnknownKind,
    WrongFormat,
)
from library.formats.moodle.reading import read
from library.formats.moodle.writing import rests, write
from library.formats.reading import ReadQuestion
from library.items.models import ItemKind
from library.items.records import ItemRecord
from tests.factories.media import picture_bytes
from tests.factories.papers import moodle, moodle_answer, moodle_question
from tests.factories.questions import picture


def one_of(question: str) -> ReadQuestion:
    [found] = read(moodle(question)).questions
    return found


def fields(question: str) -> dict[str, Any]:
    found = one_of(question)
    assert found.record is not None, found.problem
    return found.record.model_dump(mode="json")


def notes(found: ReadQuestion) -> set[tuple[str, str, str]]:
    return {(one.fate.value, one.part, one.reason) for one in found.notes}


CHOICE = moodle_question(
    "multichoice",
    "<p>Which <b>one</b>?</p>",
    "<generalfeedback format='html'><text>Because.</text></generalfeedback><defaultgrade>2</defaultgrade>"
    "<penalty>0.33</penalty><idnumber>q-1</idnumber><single>true</single><shuffleanswers>1</shuffleanswers>"
    "<correctfeedback format='html'><text>Well done</text></correctfeedback>"
    + moodle_answer("<p>two</p>", 100, "yes")
    + moodle_answer("three", 0, "too many")
    + "<hint format='html'><text>Count.</text></hint><tags><tag><text>numbers</text></tag></tags>",
)


def test_a_choice_with_all_that_moodle_says_of_it() -> None:
    found = one_of(CHOICE)
    assert found.record is not None
    said = found.record
    assert (said.kind, said.prompt, said.correct, said.hints) == (
        ItemKind.CHOICE,
        "Which one?",
        ["A"],
        ["Count."],
    )
    assert said.explanation == "Because.\n\nyes"
    assert [(one.response, one.feedback) for one in said.misconceptions] == [("B", "too many")]
    assert said.knowledge_points == []
    assert notes(found) >= {
        ("kept", "questiontext", ""),
        ("kept", "generalfeedback", ""),
        ("kept", "answer", ""),
        ("kept", "hint", ""),
        ("changed", "questiontext", "emphasis"),
        ("changed", "feedback", "feedback-right"),
        ("dropped", "name", "name"),
        ("dropped", "idnumber", "identifier"),
        ("dropped", "defaultgrade", "grade"),
        ("dropped", "penalty", "setting"),
        ("dropped", "shuffleanswers", "setting"),
        ("dropped", "correctfeedback", "combined-feedback"),
        ("dropped", "tags", "tags"),
    }
    assert found.place == 3


def test_several_choices_by_their_fractions() -> None:
    answers = moodle_answer("2", 50) + moodle_answer("3", -100) + moodle_answer("4", 50)
    said = fields(moodle_question("multichoice", "Even?", f"<single>false</single>{answers}"))
    assert (said["kind"], said["correct"]) == ("multiple_choice", ["A", "C"])


def test_true_or_false_with_what_is_said_to_the_wrong_answer() -> None:
    answers = moodle_answer("true", 0, "Look again") + moodle_answer("false", 100)
    said = fields(moodle_question("truefalse", "It is flat.", answers))
    assert (said["correct"], said["misconceptions"]) == (
        ["false"],
        [{"response": "true", "feedback": "Look again"}],
    )


def test_a_short_answer_says_what_became_of_stars_and_capitals() -> None:
    answers = moodle_answer("*frog*", 100) + moodle_answer("toad", 50) + moodle_answer("*", 0, "no")
    found = one_of(moodle_question("shortanswer", "What jumps?", f"<usecase>1</usecase>{answers}"))
    assert found.record is not None
    assert found.record.correct == [["frog", "toad"]]
    assert found.record.interaction == {"blanks": 1, "answers": ["exact"]}
    assert notes(found) >= {
        ("changed", "answer", "wildcard"),
        ("kept", "usecase", ""),
        ("changed", "fraction", "partial"),
        ("dropped", "feedback", "feedback-any"),
    }


def test_capitals_count_in_those_blanks_of_a_text_that_say_so() -> None:
    said = fields(moodle_question("cloze", "Magnesium {1:SAC:=Mg} burns {1:SA:=brightly} at {1:NM:=650}"))
    assert said["interaction"] == {"blanks": 3, "answers": ["exact", "text", "number"]}
    assert said["correct"] == [["Mg"], ["brightly"], ["650"]]


@pytest.mark.parametrize(
    ("prompt", "kinds", "written"),
    [
        ("Magnesium", ["exact"], b"<usecase>1</usecase>"),
        ("[[1]] and [[2]]", ["exact", "text"], b"{1:SHORTANSWER_C:=Mg} and {1:SHORTANSWER:=Mg}"),
    ],
)
def test_that_capitals_count_is_said_to_moodle(prompt: str, kinds: list[str], written: bytes) -> None:
    record = ItemRecord.model_validate(
        {
            "identifier": "urn:test:case",
            "kind": "text_entry",
            "prompt": prompt,
            "interaction": {"blanks": len(kinds), "answers": kinds},
            "correct": [["Mg"]] * len(kinds),
        }
    )
    assert written in write([record], [], "")
    assert "interaction" not in rests([record], [])[record.identifier].parts


def test_a_number_with_tolerance_and_unit() -> None:
    answers = moodle_answer("3.5", 100, more="<tolerance>0.1</tolerance>") + moodle_answer("*", 0, "no")
    units = "<units><unit><multiplier>1</multiplier><unit_name>cm</unit_name></unit></units>"
    said = fields(moodle_question("numerical", "How long?", answers + units))
    assert (said["correct"], said["interaction"]) == ({"value": 3.5, "tolerance": 0.1}, {"unit": "cm"})
    asked = fields(
        moodle_question("numerical", "How long?", f"{answers}{units}<unitgradingtype>1</unitgradingtype>")
    )
    assert (asked["interaction"], asked["correct"]["unit"]) == ({"asks_unit": True}, "cm")


def test_pairs_and_what_fits_nothing() -> None:
    inner = "".join(
        f"<subquestion format='html'><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("cat", "Katze"), ("dog", "Hund"), ("", "Maus"))
    )
    said = fields(moodle_question("matching", "Match.", inner))
    texts = {one["id"]: one["text"] for one in said["interaction"]["right"]}
    assert [texts[one] for one in said["correct"]["matches"]] == ["Katze", "Hund"]
    assert set(texts.values()) == {"Katze", "Hund", "Maus"}


def test_things_in_order() -> None:
    answers = "".join(moodle_answer(one, 1) for one in ("one", "two", "three"))
    said = fields(moodle_question("ordering", "Order.", f"<selectcount>3</selectcount>{answers}"))
    texts = {one["id"]: one["text"] for one in said["interaction"]["choices"]}
    assert [texts[one] for one in said["correct"]["order"]] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("kind", "tag", "once"), [("gapselect", "selectoption", False), ("ddwtos", "dragbox", True)]
)
def test_missing_words_are_a_bank_of_choices(kind: str, tag: str, once: bool) -> None:  # noqa: FBT001 -- a case
    inner = "".join(f"<{tag}><text>{one}</text><group>1</group></{tag}>" for one in ("cat", "mat", "dog"))
    said = fields(moodle_question(kind, "The [[1]] sat on the [[2]].", inner))
    assert said["prompt"] == "The [[1]] sat on the [[2]]."
    assert said["correct"] == {"chosen": ["A", "B"]}
    assert said["interaction"].get("once", False) is once
    assert len(said["interaction"]["choices"]) == 3


def test_missing_words_of_two_groups_are_own_choices_at_each_blank() -> None:
    options = (("cat", 1), ("sat", 2), ("dog", 1), ("ran", 2))
    inner = "".join(
        f"<selectoption><text>{one}</text><group>{of}</group></selectoption>" for one, of in options
    )
    said = fields(moodle_question("gapselect", "The [[1]] [[4]].", inner))
    assert [[one["text"] for one in own] for own in said["interaction"]["own"]] == [
        ["cat", "dog"],
        ["sat", "ran"],
    ]
    assert said["correct"] == {"chosen": ["A", "D"]}


def test_embedded_answers_of_one_sort() -> None:
    said = fields(
        moodle_question("cloze", r"a) {1:SHORTANSWER:=Paris#yes~%0%Lyon#no~=paris\}} b) {2:SA:=1\#2}")
    )
    assert said["prompt"] == "a) [[1]] b) [[2]]"
    assert said["correct"] == [["Paris", "paris}"], ["1#2"]]
    assert said["misconceptions"] == [{"response": {"blanks": ["Lyon"]}, "feedback": "no"}]
    chosen = fields(moodle_question("multianswer", "It {1:MC:is~=was~%50%will} so."))
    assert (chosen["kind"], chosen["correct"]) == ("inline_choice", {"chosen": ["B"]})


def test_embedded_answers_of_several_sorts_are_typed_and_said() -> None:
    found = one_of(moodle_question("cloze", "{1:NUMERICAL:=3:0.1} and {1:MULTICHOICE:=a~b}"))
    assert found.record is not None
    assert found.record.prompt == "[[1]] and [[2]] (a / b)"
    assert found.record.correct == [["3"], ["a"]]
    assert found.record.interaction["answers"] == ["number", "text"]
    assert notes(found) >= {
        ("changed", "tolerance", "tolerance"),
        ("changed", "questiontext", "choices-typed"),
    }


def test_one_embedded_number_keeps_its_tolerance() -> None:
    assert fields(moodle_question("cloze", "{1:NM:=3:0.1}, please"))["correct"] == {
        "value": 3,
        "tolerance": 0.1,
    }


@pytest.mark.parametrize(
    ("inner", "kind", "interaction"),
    [
        ("<responsefieldlines>10</responsefieldlines>", "extended_text", {"lines": 10}),
        ("<responseformat>noinline</responseformat><attachments>2</attachments>", "photo", {"photos": 2}),
        ("<responseformat>noinline</responseformat><filetypeslist>.mp3</filetypeslist>", "spoken", {}),
    ],
)
def test_essays_by_what_is_handed_in(inner: str, kind: str, interaction: dict[str, int]) -> None:
    grader = "<graderinfo format='html'><text>Look for three reasons.</text></graderinfo>"
    said = fields(moodle_question("essay", "Why?", inner + grader))
    assert (said["kind"], said["interaction"]) == (kind, interaction)
    assert said["explanation"] == "Look for three reasons."


def test_a_description_is_what_the_next_questions_are_about_and_a_category_ends_it() -> None:
    category = "<question type='category'><category><text>$course$/top/Unit 3</text></category></question>"
    essay = moodle_question("essay", "Why?")
    found = read(moodle(moodle_question("description", "A story.", name="Story"), essay, category, essay))
    [stimulus] = found.stimuli
    assert (stimulus.title, stimulus.text) == ("Story", "A story.")
    assert [one.stimulus for one in found.good] == [stimulus.identifier, ""]
    assert found.title == "Unit 3"


def drop(number: int, shape: str, coords: str, choice: int = 1) -> str:
    return f"<drop><no>{number}</no><shape>{shape}</shape><coords>{coords}</coords><choice>{choice}</choice></drop>"


def test_one_marker_is_a_place_in_a_picture() -> None:
    shown = picture(0)
    file = f"<file name='map.png' encoding='base64'>{shown['data']}</file><drag><no>1</no><text>Here</text></drag>"
    places = (
        drop(1, "circle", "10,8;3") + drop(2, "rectangle", "1,2;11,12") + drop(3, "polygon", "0,0;20,0;10,15")
    )
    said = fields(moodle_question("ddmarker", "Where?", file + places))
    assert said["pictures"] == [shown | {"alt": "Here"}]
    assert said["correct"]["regions"] == [
        {"shape": "circle", "coords": [10, 8, 3]},
        {"shape": "rect", "coords": [1, 2, 12, 14]},
        {"shape": "poly", "coords": [0, 0, 20, 0, 10, 15]},
    ]
    several = one_of(
        moodle_question(
            "ddmarker", "Where?", file + drop(1, "circle", "10,8;3") + drop(2, "circle", "4,4;2", 2)
        )
    )
    assert isinstance(several.problem, UnknownKind)


@pytest.mark.parametrize("kind", ["calculated", "randomsamatch", "ddimageortext", "something"])
def test_kinds_that_do_not_exist_here_are_refused_by_name(kind: str) -> None:
    found = one_of(moodle_question(kind, "What?"))
    assert isinstance(found.problem, UnknownKind)
    assert kind in str(found.problem)


def test_pictures_come_along_and_those_that_cannot_are_told() -> None:
    kept = base64.b64encode(picture_bytes(40, 30)).decode()
    text = '<p>See <img src="@@PLUGINFILE@@/a%20b.jpg" alt=""> and <img src="https://x.example/c.png" alt="far"></p>'
    inner = "<answer fraction='100'><text>x</text></answer><file name='none'/>"
    question = moodle_question("shortanswer", text, inner).replace(
        "</questiontext>", f"<file name='a b.jpg' encoding='base64'>{kept}</file></questiontext>"
    )
    found = one_of(question)
    assert found.record is not None
    assert found.record.prompt == "See [[picture:a-b]] and far"
    [shown] = found.record.pictures
    assert (shown.width, shown.height, shown.alt) == (40, 30, "a b")
    assert notes(found) >= {
        ("changed", "questiontext", "alt"),
        ("changed", "questiontext", "redrawn"),
        ("dropped", "questiontext", "picture"),
    }


def test_a_picture_of_ten_megabytes_is_drawn_smaller_and_said() -> None:
    out = io.BytesIO()
    Image.effect_noise((2_500, 3_000), 90).convert("RGB").save(out, "JPEG", quality=98)
    assert out.tell() > 9 << 20
    data = base64.b64encode(out.getvalue()).decode()
    found = one_of(moodle_question("essay", f'Look: <img alt="noise" src="data:image/jpeg;base64,{data}">'))
    assert found.record is not None
    [shown] = found.record.pictures
    assert len(shown.content()) <= 1_050_000
    assert ("changed", "questiontext", "redrawn") in notes(found)


def test_a_question_of_more_megabytes_than_are_parsed_is_refused_alone() -> None:
    found = read(moodle(moodle_question("essay", "x" * (17 << 20)), moodle_question("essay", "Two?")))
    assert isinstance(found.questions[0].problem, QuestionTooLarge)
    assert [one.prompt for one in found.good] == ["Two?"]


def test_the_picture_beside_the_words_of_old_files_comes_along() -> None:
    inner = f"<image>old.png</image><image_base64>\n{picture(1)['data']}\n</image_base64>"
    said = fields(moodle_question("essay", "What is it?", inner))
    assert said["prompt"] == "What is it?\n[[picture:old]]"
    assert said["pictures"][0]["alt"] == "old"


def test_a_picture_that_is_none_is_left_out_and_the_question_stays() -> None:
    text = '<img src="data:image/png;base64,AAAA" alt="broken"> What?'
    found = one_of(moodle_question("essay", text))
    assert found.record is not None
    assert found.record.prompt == "broken What?"
    assert any(one.reason == "bad-picture" for one in found.notes)


def test_a_broken_question_is_named_by_its_line_and_spoils_no_other() -> None:
    broken = '<question type="essay">\n<questiontext><text>What <b>now</text></questiontext>\n</question>'
    found = read(moodle(moodle_question("essay", "One?"), broken, moodle_question("essay", "Two?")))
    assert [one.prompt for one in found.good] == ["One?", "Two?"]
    [bad] = [one for one in found.questions if one.problem]
    assert isinstance(bad.problem, BrokenXml)
    assert (bad.place, bad.problem.details) == (8, {"line": 9})


def test_a_file_that_stops_in_the_middle_keeps_what_was_whole() -> None:
    content = moodle(moodle_question("essay", "One?"), moodle_question("essay", "Two?"))
    found = read(content[: content.index(b"Two?")])
    assert [one.prompt for one in found.good] == ["One?"]
    assert isinstance(found.questions[1].problem, CutShort)
    assert found.questions[1].place == 8


@pytest.mark.parametrize("declared", ["UTF-8", "GB2312", "nonsense"])
def test_chinese_in_another_encoding_than_declared_is_read_and_said(declared: str) -> None:
    text = moodle(moodle_question("essay", "为什么？")).decode().replace("UTF-8", declared)
    found = read(text.encode("gb18030"))
    assert found.good[0].prompt == "为什么？"
    assert [one.reason for one in found.notes] == ([] if declared == "GB2312" else ["encoding"])


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE quiz SYSTEM "http://x.example/quiz.dtd">',
        '<!doctype quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_files_that_declare_entities_are_not_read(head: str) -> None:
    content = moodle(moodle_question("essay", "&x;")).replace(b"<quiz>", head.encode() + b"<quiz>")
    with pytest.raises(NamesOtherFiles):
        read(content)


def test_an_entity_that_nobody_declared_breaks_its_question_only() -> None:
    found = read(
        moodle(
            "<question type='essay'><name><text>&x;</text></name></question>", moodle_question("essay", "B?")
        )
    )
    assert isinstance(found.questions[0].problem, BrokenXml)
    assert len(found.good) == 1


def test_what_is_no_moodle_xml_is_said_to_be_none() -> None:
    with pytest.raises(WrongFormat):
        read(b"<html><body>no</body></html>")
