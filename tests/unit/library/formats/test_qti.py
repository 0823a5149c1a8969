"""QTI packages as others write them, 1.2 to 3.0."""

import io
import zipfile
from typing import Any

import pytest

from core.errors import DomainError
from library.formats.errors import (
    AsksNothing,
    BadFile,
    BrokenXml,
    EmptyChoice,
    NotInThePackage,
    UnknownKind,
    WithoutKey,
)
from library.formats.qti.reading import read
from library.formats.reading import ReadQuestion
from library.items.models import ItemKind
from tests.factories.media import picture_bytes
from tests.factories.packages import make_question, make_zip
from tests.factories.papers import qti_item, qti_package, qti_response

TEMPLATE = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"/>'
MATCH, MAP = TEMPLATE.format("match_correct"), TEMPLATE.format("map_response")
CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{}"><prompt>Which?</prompt>'
    '<simpleChoice identifier="a1">one</simpleChoice><simpleChoice identifier="a2">two</simpleChoice>'
    '<simpleChoice identifier="a3">three <feedbackInline identifier="a3" outcomeIdentifier="F">too many'
    "</feedbackInline></simpleChoice></choiceInteraction>"
)


def one_of(item: str, **files: bytes) -> ReadQuestion:
    [found] = read(qti_package({"items/one.xml": item, **files})).questions
    return found


def fields(item: str, **files: bytes) -> dict[str, Any]:
    found = one_of(item, **files)
    assert found.record is not None, found.problem
    return found.record.model_dump(mode="json")


def notes(found: ReadQuestion) -> set[tuple[str, str, str]]:
    return {(one.fate.value, one.part, one.reason) for one in found.notes}


@pytest.mark.parametrize("version", ["2.1", "2.2"])
def test_a_choice_with_its_feedback(version: str) -> None:
    feedback = '<modalFeedback identifier="a1" outcomeIdentifier="FB" showHide="show">too few</modalFeedback>'
    solution = '<modalFeedback identifier="solution" outcomeIdentifier="S" showHide="show"><p>Count.</p></modalFeedback>'
    item = qti_item(
        f"<p>Look.</p>{CHOICES.format(1)}", qti_response("a2"), MATCH, feedback + solution, version=version
    )
    found = read(qti_package({"one.xml": item}, version=version))
    [record] = found.good
    assert (record.kind, record.prompt, record.correct) == (ItemKind.CHOICE, "Look.\n\nWhich?", ["B"])
    assert [(one.response, one.feedback) for one in record.misconceptions] == [
        ("A", "too few"),
        ("C", "too many"),
    ]
    assert record.explanation == "Count."
    assert found.title == "A test"


def test_qti_3_has_other_names_for_the_same() -> None:
    declared = (
        '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">'
        "<qti-correct-response><qti-value>x</qti-value><qti-value>z</qti-value></qti-correct-response>"
        "</qti-response-declaration>"
    )
    body = (
        '<qti-choice-interaction response-identifier="RESPONSE" max-choices="0"><qti-prompt>Which?</qti-prompt>'
        '<qti-simple-choice identifier="x"><m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mfrac><m:mn>1</m:mn>'
        "<m:mn>2</m:mn></m:mfrac></m:math></qti-simple-choice>"
        '<qti-simple-choice identifier="y">1</qti-simple-choice><qti-simple-choice identifier="z">2</qti-simple-choice>'
        "</qti-choice-interaction>"
    )
    [record] = read(qti_package({"one.xml": qti_item(body, declared, version="3.0")}, version="3.0")).good
    assert (record.kind, record.correct) == (ItemKind.MULTIPLE_CHOICE, ["A", "C"])
    assert record.interaction["choices"][0]["text"] == "$\\frac{1}{2}$"


def test_true_and_false_by_their_identifiers() -> None:
    body = (
        '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Is it?</prompt>'
        '<simpleChoice identifier="true">Yes</simpleChoice><simpleChoice identifier="false">No</simpleChoice>'
        "</choiceInteraction>"
    )
    said = fields(qti_item(body, qti_response("false"), MATCH))
    assert (said["kind"], said["correct"]) == ("true_false", ["false"])


def test_blanks_take_what_the_mapping_says() -> None:
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york" mappedValue="0.5"/></mapping>'
    body = '<p>Richard was Duke of <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>'
    found = one_of(qti_item(body, qti_response("York", base="string", more=mapping), MAP))
    assert found.record is not None
    assert (found.record.prompt, found.record.correct) == ("Richard was Duke of [[1]].", [["York", "york"]])
    assert ("changed", "mapping", "partial") in notes(found)


def test_a_number_keeps_tolerance_and_unit() -> None:
    body = '<p>How long? <textEntryInteraction responseIdentifier="RESPONSE"/> cm</p>'
    processing = (
        '<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.1 0.1">'
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal></responseIf></responseCondition>'
        "</responseProcessing>"
    )
    found = one_of(qti_item(body, qti_response("3.5", base="float"), processing))
    assert found.record is not None
    assert found.record.correct == {"value": 3.5, "tolerance": 0.1}
    assert (found.record.prompt, found.record.interaction) == ("How long?", {"unit": "cm"})
    assert ("changed", "responseprocessing", "custom-scoring") in notes(found)


def test_words_to_choose_inside_the_text() -> None:
    body = (
        '<p>It <inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle="false">'
        '<inlineChoice identifier="G">is</inlineChoice><inlineChoice identifier="L">was</inlineChoice>'
        "</inlineChoiceInteraction> so.</p>"
    )
    said = fields(qti_item(body, qti_response("L"), MATCH))
    assert (said["prompt"], said["correct"]) == ("It [[1]] so.", {"chosen": ["B"]})


def test_blanks_to_type_and_to_choose_in_one_item_are_all_typed() -> None:
    choice = '<inlineChoice identifier="G">is</inlineChoice><inlineChoice identifier="L">was</inlineChoice>'
    body = (
        f'<p>It <inlineChoiceInteraction responseIdentifier="RESPONSE">{choice}</inlineChoiceInteraction> '
        '<textEntryInteraction responseIdentifier="T"/>.</p>'
    )
    declared = qti_response("L") + qti_response("so", base="string").replace("RESPONSE", "T")
    found = one_of(qti_item(body, declared, MATCH))
    assert found.record is not None
    assert (found.record.prompt, found.record.correct) == ("It [[1]] (is / was) [[2]].", [["was"], ["so"]])
    assert ("changed", "inlinechoiceinteraction", "choices-typed") in notes(found)


def test_words_to_put_into_gaps() -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false"><gapText identifier="W" matchMax="1">winter'
        '</gapText><gapText identifier="S" matchMax="1">summer</gapText><p>Now is the <gap identifier="G1"/> of our '
        '<gap identifier="G2"/>.</p></gapMatchInteraction>'
    )
    declared = qti_response(["W G1", "S G2"], cardinality="multiple", base="directedPair")
    said = fields(qti_item(body, declared, MAP))
    assert (said["prompt"], said["correct"]) == ("Now is the [[1]] of our [[2]].", {"chosen": ["A", "B"]})
    assert said["interaction"]["once"] is True


def test_pairs_of_two_sides_and_of_one_set() -> None:
    choice = '<simpleAssociableChoice identifier="{0}" matchMax="1">{0}</simpleAssociableChoice>'
    left, right = (("C", "D"), ("M", "R", "X"))
    sets = "".join(
        f"<simpleMatchSet>{''.join(choice.format(one) for one in side)}</simpleMatchSet>"
        for side in (left, right)
    )
    declared = qti_response(["C R", "D M"], cardinality="multiple", base="directedPair")
    body = f'<matchInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Pair.</prompt>{sets}</matchInteraction>'
    said = fields(qti_item(body, declared, MAP))
    assert (said["correct"], said["interaction"]["once"]) == ({"matches": ["B", "A"]}, True)
    one_set = "".join(choice.format(one) for one in "CDMR")
    declared = qti_response(["C R", "D M"], cardinality="multiple", base="pair")
    body = f'<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Pair.</prompt>{one_set}</associateInteraction>'
    found = one_of(qti_item(body, declared, MAP))
    assert found.record is not None
    assert [one["text"] for one in found.record.interaction["left"]] == ["C", "D"]
    assert ("changed", "associateinteraction", "associate") in notes(found)


@pytest.mark.parametrize("right", [["b", "c", "a"], ["a", "b", "c"]])
def test_an_order_that_is_shown_already_is_mixed(right: list[str]) -> None:
    choices = "".join(f'<simpleChoice identifier="{one}">{one}</simpleChoice>' for one in "abc")
    body = (
        f'<orderInteraction responseIdentifier="RESPONSE"><prompt>Order.</prompt>{choices}</orderInteraction>'
    )
    said = fields(qti_item(body, qti_response(right, cardinality="ordered"), MATCH))
    texts = {one["id"]: one["text"] for one in said["interaction"]["choices"]}
    assert [texts[one] for one in said["correct"]["order"]] == right
    assert list(texts.values()) != right


def test_places_in_a_picture_beside_the_item() -> None:
    shown = picture_bytes(200, 100, "PNG")
    area = '<areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="50,40,8" mappedValue="1"/></areaMapping>'
    body = (
        '<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>'
        '<object type="image/png" data="../img/uk.png">The map</object></selectPointInteraction>'
    )
    declared = qti_response([], base="point", more=area)
    said = fields(qti_item(body, declared, TEMPLATE.format("map_response_point")), **{"img/uk.png": shown})
    assert said["correct"]["regions"] == [{"shape": "circle", "coords": [50, 40, 8]}]
    assert (said["pictures"][0]["name"], said["pictures"][0]["alt"]) == ("uk", "The map")


def test_a_place_in_a_picture_that_is_missing_names_the_picture() -> None:
    body = '<selectPointInteraction responseIdentifier="RESPONSE"><object type="image/png" data="gone.png"/></selectPointInteraction>'
    area = '<areaMapping><areaMapEntry shape="circle" coords="5,5,2" mappedValue="1"/></areaMapping>'
    found = one_of(qti_item(f"<p>Where?</p>{body}", qti_response([], base="point", more=area)))
    assert isinstance(found.problem, NotInThePackage)
    assert "gone.png" in str(found.problem)


def test_hot_spots_are_the_right_ones() -> None:
    body = (
        '<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>'
        '<object type="image/png" data="m.png">Map</object><hotspotChoice shape="circle" coords="77,60,8" identifier="A"/>'
        '<hotspotChoice shape="rect" coords="1,1,20,20" identifier="B"/></hotspotInteraction>'
    )
    item = qti_item(body, qti_response("B"), MATCH)
    [found] = read(qti_package({"one.xml": item, "m.png": picture_bytes(200, 100, "PNG")})).questions
    assert found.record is not None
    assert found.record.correct == {"regions": [{"shape": "rect", "coords": [1, 1, 20, 20]}]}
    assert ("changed", "hotspotinteraction", "hotspot") in notes(found)


@pytest.mark.parametrize(
    ("body", "kind", "interaction"),
    [
        (
            '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLength="200"/>',
            "extended_text",
            {"words": 200},
        ),
        ('<uploadInteraction responseIdentifier="RESPONSE" type="image/png"/>', "photo", {}),
        ('<uploadInteraction responseIdentifier="RESPONSE" type="audio/mpeg"/>', "spoken", {}),
    ],
)
def test_what_a_person_marks(body: str, kind: str, interaction: dict[str, int]) -> None:
    rubric = '<rubricBlock view="scorer"><p>Two points.</p></rubricBlock>'
    said = fields(qti_item(f"<p>Do it.</p>{rubric}{body}", qti_response([], base="string")))
    assert (said["kind"], said["interaction"], said["prompt"]) == (kind, interaction, "Do it.")
    assert said["explanation"] == "Two points."


def test_a_text_that_several_items_are_about() -> None:
    reference = '<qti-assessment-stimulus-ref identifier="s" href="../texts/s.xml" title="S"/>'
    body = '<p>Why?</p><qti-extended-text-interaction response-identifier="RESPONSE"/>'
    item = qti_item(body, reference, version="3.0")
    stimulus = (
        '<qti-assessment-stimulus identifier="s" title="Story"><qti-stimulus-body><p>Once.</p><p>Twice.</p>'
        "</qti-stimulus-body></qti-assessment-stimulus>"
    )
    found = read(
        qti_package({"items/1.xml": item, "items/2.xml": item, "texts/s.xml": stimulus}, version="3.0")
    )
    [record] = found.stimuli
    assert (record.title, record.text) == ("Story", "Once.\n\nTwice.")
    assert [one.stimulus for one in found.good] == [record.identifier] * 2


def test_items_stand_in_the_order_of_the_test() -> None:
    body = '<p>{}</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'
    test = (
        '<assessmentTest identifier="t" title="Paper 1"><testPart><assessmentSection><assessmentItemRef identifier="b" '
        'href="b.xml"/><assessmentItemRef identifier="a" href="a.xml"/></assessmentSection></testPart></assessmentTest>'
    )
    more = '<resource identifier="t" type="imsqti_test_xmlv2p1" href="t.xml"><file href="t.xml"/></resource>'
    package = qti_package(
        {"a.xml": qti_item(body.format("A?")), "b.xml": qti_item(body.format("B?"))}, more=more
    )
    with zipfile.ZipFile(out := io.BytesIO(package), "a") as archive:
        archive.writestr("t.xml", test)
    found = read(out.getvalue())
    assert ([one.prompt for one in found.good], found.title) == (["B?", "A?"], "Paper 1")


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (qti_item('<p>Draw.</p><drawingInteraction responseIdentifier="RESPONSE"/>'), UnknownKind),
        (qti_item(CHOICES.format(1), qti_response([])), WithoutKey),
        (qti_item("<p>Once upon a time.</p>"), AsksNothing),
        (qti_item(CHOICES.format(1).replace("two", '<img src="gone.png" alt=""/>'), qti_response("a2")), EmptyChoice),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_reason(item: str, problem: type[DomainError]) -> None:
    refused = one_of(item).problem
    assert isinstance(refused, problem)
    assert str(refused)


def test_an_item_that_is_missing_or_broken_spoils_no_other() -> None:
    body = '<p>Why?</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'
    more = '<resource identifier="x" type="imsqti_item_xmlv2p1" href="gone.xml"/>'
    found = read(qti_package({"a.xml": qti_item(body), "b.xml": "<assessmentItem>\n<p>"}, more=more))
    assert [type(one.problem) for one in found.questions] == [type(None), BrokenXml, NotInThePackage]


def test_qti_1_2_is_read_by_the_reader_of_cartridges() -> None:
    labels = "".join(
        f"<response_label ident='{one}'><material><mattext>{one}</mattext></material></response_label>"
        for one in "xy"
    )
    response = f"<response_lid ident='r' rcardinality='Single'><render_choice>{labels}</render_choice></response_lid>"
    key = "<respcondition><conditionvar><varequal respident='r'>y</varequal></conditionvar><setvar>100</setvar></respcondition>"
    question = make_question("q", "cc.multiple_choice.v0p1", "Which?", response, key)
    document = f"<questestinterop><assessment ident='a' title='Old'><section>{question}</section></assessment></questestinterop>"
    manifest = "<manifest><resources><resource identifier='r' type='imsqti_xmlv1p2'><file href='q.xml'/></resource></resources></manifest>"
    for content in (document.encode(), make_zip({"imsmanifest.xml": manifest, "q.xml": document})):
        found = read(content)
        assert (found.title, [one.correct for one in found.good]) == ("Old", [["B"]])


def hostile() -> list[bytes]:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><manifest>&a;</manifest>'
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        archive.writestr("big.xml", b"\0" * (64 << 20))
    return [
        make_zip({"imsmanifest.xml": entity}),
        make_zip({"../imsmanifest.xml": "<manifest/>"}),
        make_zip({"a.txt": "no manifest"}),
        bomb.getvalue(),
        b"PK\x03\x04 cut",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><assessmentItem>&a;</assessmentItem>",
        b"<html/>",
    ]


@pytest.mark.parametrize(
    "content", hostile(), ids=["xxe", "slip", "no manifest", "bomb", "cut", "entity", "html"]
)
def test_hostile_packages_are_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BadFile) as refusal:
        read(content)
    assert str(refusal.value)


def test_files_outside_the_package_are_never_asked_for() -> None:
    body = '<p>Why? <img src="/etc/passwd" alt="x"/><img src="file:///etc/passwd" alt="y"/></p>'
    found = one_of(qti_item(f'{body}<extendedTextInteraction responseIdentifier="RESPONSE"/>'))
    assert found.record is not None
    assert (found.record.prompt, found.record.pictures) == ("Why? xy", [])
