"""QTI items that ask several things, and tests whose sections have a text for all their items."""

from typing import Any

import pytest

from library.formats.errors import SeveralInteractions, UnknownKind
from library.formats.qti.reading import read
from library.formats.reading import Reading
from tests.factories.media import picture_bytes
from tests.factories.papers import qti_item, qti_package, qti_response

CHOICE = (
    '<choiceInteraction responseIdentifier="{0}" maxChoices="1">{1}<simpleChoice identifier="a">yes {0}</simpleChoice>'
    '<simpleChoice identifier="b">no {0}</simpleChoice></choiceInteraction>'
)
ESSAY = '<extendedTextInteraction responseIdentifier="{0}"><prompt>{1}</prompt></extendedTextInteraction>'


def keyed(name: str, right: str | list[str], **more: str) -> str:
    return qti_response(right, **more).replace('"RESPONSE"', f'"{name}"')


def of(body: str, *declared: str, after: str = "", **files: bytes) -> Reading:
    return read(qti_package({"one.xml": qti_item(body, "".join(declared), after=after), **files}))


def asked(found: Reading) -> list[tuple[str, str]]:
    return [(one.kind.value, one.prompt) for one in found.good]


def test_each_thing_becomes_a_question_about_the_same_text() -> None:
    found = of(
        "<p>A ship sails north.</p><p>It is cold.</p>"
        + CHOICE.format("R1", "<prompt>Is it warm?</prompt>")
        + "<p>Look again.</p>"
        + ESSAY.format("R2", "Why?")
        + "<p>After a logbook.</p>",
        keyed("R1", "b"),
        keyed("R2", [], base="string"),
    )
    [text] = found.stimuli
    assert text.text == "A ship sails north.\n\nIt is cold.\n\nAfter a logbook."
    assert asked(found) == [("choice", "Is it warm?"), ("extended_text", "Look again.\n\nWhy?")]
    assert [one.stimulus for one in found.good] == [text.identifier] * 2
    assert found.good[0].correct == ["B"]
    assert [one.place for one in found.questions] == [1, 2]
    for one in found.questions:
        assert ("changed", "itembody", "divided") in {(n.fate.value, n.part, n.reason) for n in one.notes}


def test_blanks_of_one_paragraph_stay_one_question_beside_others() -> None:
    found = of(
        '<p>Read.</p><p>It is <textEntryInteraction responseIdentifier="R1"/> or '
        '<textEntryInteraction responseIdentifier="R2"/>.</p>' + CHOICE.format("R3", "<prompt>So?</prompt>") +
        '<p>And <textEntryInteraction responseIdentifier="R4"/>?</p>',
        *(keyed(name, name.lower(), base="string") for name in ("R1", "R2", "R4")),
        keyed("R3", "a"),
    )  # fmt: skip
    assert asked(found) == [
        ("text_entry", "It is [[1]] or [[2]]."),
        ("choice", "So?"),
        ("text_entry", "And [[1]]?"),
    ]
    assert [one.correct for one in found.good] == [[["r1"], ["r2"]], ["A"], [["r4"]]]


def test_gaps_of_two_texts_are_counted_apart() -> None:
    block = (
        '<gapMatchInteraction responseIdentifier="{0}"><gapText identifier="W">w</gapText><gapText identifier="S">s</gapText>'
        '<p>{0} is <gap identifier="G1"/> and <gap identifier="G2"/>.</p></gapMatchInteraction>'
    )
    key = {"cardinality": "multiple", "base": "directedPair"}
    found = of(
        block.format("R1") + block.format("R2"),
        keyed("R1", ["W G1", "S G2"], **key),
        keyed("R2", ["S G1", "W G2"], **key),
    )
    assert asked(found) == [
        ("inline_choice", "R1 is [[1]] and [[2]]."),
        ("inline_choice", "R2 is [[1]] and [[2]]."),
    ]
    assert [one.correct for one in found.good] == [{"chosen": ["A", "B"]}, {"chosen": ["B", "A"]}]


@pytest.mark.parametrize(
    ("before", "prompts", "text"),
    [
        ("<p>Warm?</p>{}<p>Cold?</p>{}", ["Warm?", "Cold?"], []),
        ("<p>Mark what is right.</p>{}{}", ["(1)", "(2)"], ["Mark what is right."]),
    ],
    ids=["each has its words", "one sentence for all"],
)
def test_words_go_where_they_belong(before: str, prompts: list[str], text: list[str]) -> None:
    body = before.format(CHOICE.format("R1", ""), CHOICE.format("R2", ""))
    found = of(body, keyed("R1", "a"), keyed("R2", "b"))
    assert [one.prompt for one in found.good] == prompts
    assert [one.text for one in found.stimuli] == text


def test_one_thing_that_cannot_be_asked_spoils_no_other() -> None:
    drawing = '<drawingInteraction responseIdentifier="R1"/>'
    found = of("<p>Text.</p>" + drawing + CHOICE.format("R2", "<prompt>So?</prompt>"), keyed("R2", "a"))
    assert [type(one.problem) for one in found.questions] == [UnknownKind, type(None)]


def test_a_question_inside_another_is_refused() -> None:
    inner = '<gapMatchInteraction responseIdentifier="R1"><gapText identifier="W">w</gapText><p><gap identifier="G"/> <textEntryInteraction responseIdentifier="R2"/></p></gapMatchInteraction>'
    [one] = of(inner).questions
    assert isinstance(one.problem, SeveralInteractions)
    assert "gapmatch" in str(one.problem)


def test_pictures_solution_and_guidelines_stay_with_what_shows_them() -> None:
    shown = {
        "map.png": picture_bytes(20, 10, "PNG"),
        "spot.png": picture_bytes(30, 10, "PNG"),
        "why.png": picture_bytes(40, 10, "PNG"),
    }
    rubric = '<rubricBlock view="scorer"><p>Two points.</p></rubricBlock>'
    solution = '<modalFeedback identifier="solution">Because <img src="why.png" alt="Why"/></modalFeedback>'
    found = of(
        '<p>See <img src="map.png" alt="Map"/></p>' + rubric + ESSAY.format("R1", "Tell.")
        + CHOICE.format("R2", '<prompt>Is <img src="spot.png" alt="Spot"/> it?</prompt>'),
        keyed("R2", "a"),
        after=solution,
        **shown,
    )  # fmt: skip
    [text] = found.stimuli
    assert [one.name for one in text.pictures] == ["map"]
    assert [[one.name for one in question.pictures] for question in found.good] == [
        [],
        ["spot", "why"],
    ]
    assert [one.explanation for one in found.good] == ["Two points.", "Because [[picture:why]]"]


def test_case_tolerance_and_what_is_too_much_to_choose_from_are_told() -> None:
    mapping = '<mapping><mapEntry mapKey="York" mappedValue="1" caseSensitive="true"/></mapping>'
    near = '<responseProcessing><equal toleranceMode="absolute" tolerance="1"/></responseProcessing>'
    blanks = '<p><textEntryInteraction responseIdentifier="R1"/> <textEntryInteraction responseIdentifier="R2"/></p>'
    ordered = "".join(f'<simpleChoice identifier="c{one}">{one}</simpleChoice>' for one in range(30))
    declared = keyed("R1", "York", base="string", more=mapping) + keyed("R2", "3", base="integer")
    body = f'<p>Order.</p><orderInteraction responseIdentifier="R">{ordered}</orderInteraction>'
    key = keyed("R", [f"c{one}" for one in range(26)], cardinality="ordered")
    found = read(qti_package({"a.xml": qti_item(blanks, declared, near), "b.xml": qti_item(body, key)}))
    said = [{(one.part, one.reason) for one in question.notes} for question in found.questions]
    assert said[0] >= {("textentryinteraction", ""), ("tolerance", "tolerance")}
    [blank, _order] = found.good
    assert blank.interaction == {"blanks": 2, "answers": ["exact", "number"]}
    assert ("simplechoice", "many-choices") in said[1]


# Sections of a test


def sections_of(sections: str, items: dict[str, Any], **files: bytes | str) -> Reading:
    test = f'<assessmentTest identifier="t" title="Paper"><testPart>{sections}</testPart></assessmentTest>'
    more = '<resource identifier="t" type="imsqti_test_xmlv2p1" href="t.qti"><file href="t.qti"/></resource>'
    documents: dict[str, Any] = {name: qti_item(*parts) for name, parts in items.items()}
    return read(qti_package({**documents, "t.qti": test, **files}, more=more))


def listed(*names: str) -> str:
    return "".join(f'<assessmentItemRef identifier="{one[0]}" href="{one}"/>' for one in names)


def essays(*names: str) -> dict[str, Any]:
    return {f"{one}.xml": (ESSAY.format("R", f"{one}?"),) for one in names}


def texts_of(found: Reading) -> dict[str, str]:
    texts = {one.identifier: one.text for one in found.stimuli}
    return {one.prompt: texts.get(one.stimulus, "") for one in found.good}


def test_what_a_section_says_is_the_text_of_its_questions() -> None:
    sections = (
        f'<assessmentSection title="Reading"><rubricBlock view="candidate"><p>Once.</p></rubricBlock>{listed("a.xml")}'
        f'<assessmentSection title="More"><rubricBlock view="candidate"><p>Twice.</p></rubricBlock>{listed("b.xml")}'
        f'</assessmentSection></assessmentSection><assessmentSection title="Rest">{listed("c.xml")}</assessmentSection>'
    )
    found = sections_of(sections, essays("a", "b", "c"))
    assert texts_of(found) == {"a?": "Once.", "b?": "Once.\n\nTwice.", "c?": ""}
    said = {(one.fate.value, one.part, one.reason, one.values.get("name")) for one in found.notes}
    assert said >= {
        ("changed", "rubricBlock", "section-text", "Reading"),
        ("dropped", "assessmentSection", "section", "Rest"),
    }


def test_an_item_that_is_a_text_is_what_the_next_ones_in_its_section_are_about() -> None:
    sections = (
        f'<assessmentSection title="1">{listed("a.xml", "t.xml", "b.xml")}</assessmentSection>'
        f'<assessmentSection title="2">{listed("c.xml")}</assessmentSection>'
    )
    found = sections_of(sections, essays("a", "b", "c") | {"t.xml": ("<p>Once.</p>",)})
    assert texts_of(found) == {"a?": "", "b?": "Once.", "c?": ""}


def test_a_section_of_another_file_is_read_and_one_that_names_itself_ends() -> None:
    inner = f'<assessmentSection title="In">{listed("a.xml")}<assessmentSectionRef href="s.qti"/></assessmentSection>'
    sections = '<assessmentSectionRef href="s.qti"/><assessmentSectionRef href="gone.qti"/>'
    found = sections_of(sections, essays("a"), **{"s.qti": inner})
    assert [one.prompt for one in found.good] == ["a?"]
    reasons = {one.reason for one in found.notes}
    assert reasons >= {"section-missing", "deep-sections"}


def test_a_stimulus_stands_below_what_its_section_says() -> None:
    reference = '<assessmentStimulusRef identifier="s" href="s.qti"/>'
    items: dict[str, Any] = {"a.xml": (ESSAY.format("R", "a?"), reference)}
    section = f'<assessmentSection title="S"><rubricBlock view="candidate"><p>Read.</p></rubricBlock>{listed("a.xml")}</assessmentSection>'
    stimulus = (
        '<assessmentStimulus title="Story"><stimulusBody><p>Once.</p></stimulusBody></assessmentStimulus>'
    )
    found = sections_of(section, items, **{"s.qti": stimulus})
    assert texts_of(found) == {"a?": "Read.\n\nOnce."}
