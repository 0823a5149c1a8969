"""A paper that was written here, changed in Word as teachers do, and read again."""

import io
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from library.formats.docx.marks import mark_in, mark_named
from library.formats.reading import Fate, Reading
from library.formats.table import FORMATS
from library.formats.words import sentence
from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord
from tests.factories.questions import picture, question_corpus

CHOICES = [{"id": "A", "text": "three"}, {"id": "B", "text": "four"}, {"id": "C", "text": "five"}]
CHOICE = {
    "identifier": "urn:test:choice",
    "kind": "choice",
    "prompt": "Two and  two?",
    "interaction": {"choices": CHOICES},
    "correct": ["B"],
    "explanation": "Count on your fingers.",
    "difficulty": 0.2,
    "hints": ["Count  it.", "A secret hint."],
    "misconceptions": [{"response": "C", "feedback": "One too many."}],
}
MATCH = {
    "identifier": "urn:test:match",
    "kind": "match",
    "prompt": "Which belong together?",
    "interaction": {
        "left": [{"id": "1", "text": "cat"}, {"id": "2", "text": "dog"}],
        "right": [{"id": "A", "text": "bark"}, {"id": "B", "text": "miaow"}],
    },
    "correct": {"matches": ["B", "A"]},
}
NUMBER = {
    "identifier": "urn:test:number",
    "kind": "numeric",
    "prompt": "How long is it?",
    "interaction": {"unit": "cm"},
    "correct": {"value": 3, "tolerance": 0.5},
}

BOOKMARKS = {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}


def records(*fields: Mapping[str, object]) -> list[ItemRecord]:
    return [ItemRecord.model_validate(one) for one in fields]


def paper(questions: list[ItemRecord], stimuli: list[StimulusRecord] | None = None) -> bytes:
    write = FORMATS["word"].write
    assert write is not None
    return write(questions, stimuli or [], "Test of the unit")


def read(content: bytes) -> Reading:
    reader = FORMATS["word"].read
    assert reader is not None
    return reader(content)


def changed(content: bytes, change: Callable[[Paper], None]) -> bytes:
    document = Document(io.BytesIO(content))
    as_word_keeps_bookmarks(document)
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_word_keeps_bookmarks(document: Paper) -> None:
    """Put each into the paragraph that it stands before, so that the two are moved together."""
    body = document.element.body
    for one in [one for one in body if one.tag in BOOKMARKS]:
        following = next(it for it in one.itersiblings() if it.tag in {qn("w:p"), qn("w:tbl")})
        paragraph = next(following.iter(qn("w:p")))
        first = next((it for it in paragraph if it.tag not in {qn("w:pPr"), *BOOKMARKS}), None)
        paragraph.append(one) if first is None else first.addprevious(one)


def words(element: BaseOxmlElement) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def line(document: Paper, beginning: str) -> BaseOxmlElement:
    """The paragraph, or the table, that begins so."""
    found: BaseOxmlElement = next(one for one in document.element.body if words(one).startswith(beginning))
    return found


def without(*beginnings: str) -> Callable[[Paper], None]:
    """The change that takes paragraphs out."""

    def change(document: Paper) -> None:
        for one in beginnings:
            document.element.body.remove(line(document, one))

    return change


def reworded(old: str, new: str) -> Callable[[Paper], None]:
    """The change of a few letters, wherever they stand."""

    def change(document: Paper) -> None:
        found = [one for one in document.element.body.iter(qn("w:t")) if old in (one.text or "")]
        assert found
        for one in found:
            one.text = one.text.replace(old, new)

    return change


def in_fields(old: str, new: str) -> Callable[[Paper], None]:
    """The change of what is carried."""

    def change(document: Paper) -> None:
        for one in document.element.body.iter(qn("w:instrText")):
            one.text = one.text.replace(old, new)

    return change


def edits(reading: Reading) -> list[str]:
    return [
        note.values["parts"]
        for one in reading.questions
        for note in one.notes
        if (note.fate, note.reason) == (Fate.CHANGED, "edited")
    ]


@pytest.mark.parametrize(
    ("old", "new", "part", "value"),
    [
        ("Two and", "Three and", "prompt", "Three and  two?"),
        ("fingers", "hands", "explanation", "Count on your hands."),
        ("Explanation: Count", "【解析】Add", "explanation", "Add on your fingers."),
        ("Answer: B", "Answer: A", "correct", ["A"]),
        ("three", "3", "interaction", {"choices": [CHOICES[0] | {"text": "3"}, *CHOICES[1:]]}),
    ],
)
def test_what_was_changed_in_word_counts_and_nothing_else_is_other(
    old: str, new: str, part: str, value: object
) -> None:
    [before] = records(CHOICE)
    found = read(changed(paper([before]), reworded(old, new)))
    assert found.good == [before.model_copy(update={part: value})]
    assert edits(found) == [part]


def as_programs_save(document: Paper) -> None:
    """Runs and instructions in pieces, all of it inserted under review, each paragraph in a control."""
    body = document.element.body
    for run in list(body.iter(qn("w:r"))):
        match [one for one in run if one.tag != qn("w:rPr")]:
            case [said] if said.tag in {qn("w:t"), qn("w:instrText")}:
                whole, inserted = said.text or "", OxmlElement("w:ins")
                for begin in range(0, len(whole), 7):
                    said.text = whole[begin : begin + 7]
                    said.set(qn("xml:space"), "preserve")
                    inserted.extend([deepcopy(run), OxmlElement("w:proofErr")])
                run.getparent().replace(run, inserted)
    for paragraph in [one for one in body if one.tag == qn("w:p")]:
        control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.extend([OxmlElement("w:sdtPr"), inside])
        paragraph.addprevious(control)
        inside.append(paragraph)


def test_what_programs_do_to_runs_fields_and_paragraphs_when_they_save_changes_nothing() -> None:
    before, stimuli = question_corpus(24)
    found = read(changed(paper(before, stimuli), as_programs_save))
    assert found.good == before
    assert edits(found) == []


def test_room_for_a_number_is_no_part_of_changed_words() -> None:
    [before] = records(NUMBER)
    found = read(changed(paper([before]), reworded("How long", "How wide")))
    assert found.good == [before.model_copy(update={"prompt": "How wide is it?"})]
    [note] = found.questions[0].notes
    assert sentence(note).endswith("its words count (Words of the question).")


def test_words_can_change_in_every_kind_of_question() -> None:
    def change(document: Paper) -> None:
        for one in document.element.body.iter(qn("w:bookmarkStart")):
            if "_asked_" in one.get(qn("w:name")):
                first = next(one.getparent().iter(qn("w:t")))
                first.text = first.text.replace(". ", ". New: ", 1)

    before, stimuli = question_corpus(48)
    found = read(changed(paper(before, stimuli), change))
    assert [one.problem for one in found.questions if one.problem] == []
    assert {one.kind for one in before} == set(ItemKind)
    for old, new in zip(before, found.good, strict=True):
        assert new.prompt.startswith("New: ")
        if not old.stored_parameters():
            assert new == old.model_copy(update={"prompt": new.prompt})


def test_of_a_kind_that_papers_have_no_words_for_other_choices_are_refused_and_said() -> None:
    found = read(changed(paper(records(MATCH, CHOICE)), reworded("bark", "sing")))
    refused = found.questions[0]
    assert "Question 1: what it offers, or its key" in str(refused.problem)
    assert "sing" in refused.source
    assert refused.source.startswith("1. Which belong together?\n")
    assert found.good == records(CHOICE)


def test_a_question_with_drawn_numbers_that_was_changed_is_an_ordinary_one() -> None:
    [drawn] = records(
        CHOICE
        | {
            "prompt": "[[=a]] + 1 = ?",
            "interaction": {"choices": [{"id": "A", "text": "[[=a+1]]"}, {"id": "B", "text": "[[=a]]"}]},
            "correct": ["A"],
            "misconceptions": [],
            "hints": ["Not [[=a]]."],
            "parameters": {"values": [{"name": "a", "least": "2", "most": "9"}]},
        }
    )
    [found] = read(changed(paper([drawn]), reworded(" + 1 ", " plus 1 "))).good
    assert found.stored_parameters() == {}
    assert "plus 1" in found.prompt
    assert "[[" not in found.model_dump_json()
    assert (found.correct, found.difficulty) == (["A"], 0.2)
    assert found.hints == [f"Not {found.interaction['choices'][1]['text']}."]


def test_questions_may_be_moved_left_out_and_numbered_anew() -> None:
    def change(document: Paper) -> None:
        end = line(document, "3. How")
        for one in ("C. five", "B. four", "A. three", "1. Two"):
            end.addnext(line(document, one))
        without("2. Which", "①", "2. Answer")(document)
        reworded("1. Two", "2. Two")(document)
        reworded("3. How", "1. How")(document)

    choice, match, number = records(CHOICE, MATCH, NUMBER)
    found = read(changed(paper([choice, match, number]), change))
    assert found.good == [number, choice]
    assert not found.notes


def test_questions_typed_between_others_are_read_with_their_answers() -> None:
    def change(document: Paper) -> None:
        below = line(document, "2. Which")
        answers = line(document, "2. Answer")
        for text in ("2. Which is even?", "A. seven", "B. eight", "3. The earth is flat. (    )"):
            below.addprevious(document.add_paragraph(text)._element)  # noqa: SLF001 -- the library moves nothing
        for text in ("2. Answer: B", "3. Answer: ×"):
            answers.addprevious(document.add_paragraph(text)._element)  # noqa: SLF001 -- as above
        reworded("2. Which belong", "4. Which belong")(document)

    before = records(CHOICE, MATCH)
    found = read(changed(paper(before), change))
    assert [one.problem for one in found.questions] == [None] * 4
    first, typed, judged, last = found.good
    assert [first, last] == before
    assert (typed.kind, typed.prompt, typed.correct) == (ItemKind.CHOICE, "Which is even?", ["B"])
    assert (judged.kind, judged.correct) == (ItemKind.TRUE_FALSE, ["false"])


def test_who_takes_the_key_out_of_a_paper_takes_out_what_it_carries() -> None:
    """So that the rest of the file can be given to a class."""

    def change(document: Paper) -> None:
        heading = line(document, "Answers:")
        for one in [heading, *heading.itersiblings(qn("w:p"))]:
            document.element.body.remove(one)

    text = StimulusRecord(identifier="urn:test:text", text="It sat.")
    written = MATCH | {
        "identifier": "urn:test:written",
        "kind": "extended_text",
        "interaction": {},
        "correct": [],
    }
    hinted, about = CHOICE | {"pictures": [picture(0)]}, written | {"stimulus": text.identifier}
    content = changed(paper(records(hinted, MATCH, about), [text]), change)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(archive.read(one) for one in archive.namelist())
    for secret in (b"secret hint", b"One too many", b"fingers", b"matches", b"correct"):
        assert secret not in everything
    assert b"Two and  two?" in everything
    found = read(content)
    assert "Question 1 has no answer" in str(found.questions[0].problem)
    assert [one.stimulus for one in found.good] == ["", found.stimuli[0].identifier]


def test_pictures_of_hints_stand_hidden_beside_the_key_and_come_back() -> None:
    before = records(CHOICE | {"hints": ["[[picture:map]]"], "pictures": [picture(0)]})
    assert read(paper(before)).good == before


def test_a_picture_that_word_stored_anew_keeps_its_place_and_name() -> None:
    shown = CHOICE | {"prompt": "What is [[picture:map]] there?", "pictures": [picture(0)]}
    before, other = records(shown, shown | {"pictures": [picture(4)]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper([before]))) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            is_picture = one.startswith("word/media/")
            new.writestr(one, other.pictures[0].content() if is_picture else old.read(one))
    found = read(out.getvalue())
    [record] = found.good
    assert record.prompt == before.prompt
    assert (record.pictures[0].name, record.pictures[0].width) == ("map", picture(4)["width"])
    assert edits(found) == ["pictures"]


def test_a_text_that_was_changed_is_still_what_its_questions_are_about() -> None:
    text = StimulusRecord(identifier="urn:test:text", title="A cat", text="It sat.\n\nIt went.")
    about = records(CHOICE | {"stimulus": text.identifier}, MATCH)
    found = read(changed(paper(about, [text]), reworded("It went", "It ran")))
    assert found.good == about
    assert [(one.title, one.text) for one in found.stimuli] == [("A cat", "It sat.\nIt ran.")]
    assert [note.reason for note in found.notes] == ["edited"]


def test_a_text_may_be_moved_below_its_question() -> None:
    def change(document: Paper) -> None:
        for beginning in ("It sat.", "Passage"):
            line(document, "C. five").addnext(line(document, beginning))

    text = StimulusRecord(identifier="urn:test:text", text="It sat.")
    about = records(CHOICE | {"stimulus": text.identifier})
    found = read(changed(paper(about, [text]), change))
    assert (found.good, found.stimuli) == (about, [text])


def test_a_text_that_was_taken_out_is_said_to_be_missing() -> None:
    text = StimulusRecord(identifier="urn:test:text", title="", text="It sat.")
    found = read(
        changed(paper(records(CHOICE | {"stimulus": text.identifier}), [text]), without("Passage", "It sat."))
    )
    assert found.good == records(CHOICE)
    assert [note.reason for note in found.questions[0].notes] == ["", "not-in-paper"]


def test_a_key_whose_question_is_gone_is_said_to_be_left_out() -> None:
    found = read(changed(paper(records(CHOICE, MATCH)), without("2. Which", "①")))
    assert found.good == records(CHOICE)
    assert [(note.fate, note.reason, note.values) for note in found.notes] == [
        (Fate.DROPPED, "keys-alone", {"count": 1})
    ]


def test_a_key_pasted_twice_is_read_once() -> None:
    def change(document: Paper) -> None:
        key = line(document, "1. Answer")
        key.addnext(deepcopy(key))

    found = read(changed(paper(records(MATCH, CHOICE)), change))
    assert found.good == records(MATCH, CHOICE)
    assert [note.reason for note in found.notes] == ["keys-alone"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"kind":"choice"', '"kind":"chance"'),
        ('"has":{', '"has":{"extra":1,'),
        ('"has":{', '"has":{"parameters":[],'),
        ('"hints":', '"hints":{},"more":'),
    ],
)
def test_damage_to_our_own_words_leaves_the_question(old: str, new: str) -> None:
    [found] = read(changed(paper(records(CHOICE)), in_fields(old, new))).questions
    assert found.record is not None
    assert (found.record.kind, found.record.correct, found.record.difficulty) == (ItemKind.CHOICE, ["B"], 0.5)
    assert any(one.reason == "own-damaged" for one in found.notes)


@pytest.mark.parametrize(
    "pictures",
    ["3", "[3]", '[{"name":"a"}]', '[{"name":"a","sha256":"b"}]', '[{"name":{},"sha256":[]}]'],
)
def test_pictures_that_a_field_names_and_the_file_lacks_are_left_out(pictures: str) -> None:
    content = changed(paper(records(CHOICE)), in_fields('"has":{', f'"has":{{"pictures":{pictures},'))
    assert read(content).good == records(CHOICE)


@pytest.mark.parametrize(
    "instruction",
    [
        " PAGE ", " ADDIN ZOTERO_ITEM {} ", " ADDIN WEIKE ", " ADDIN WEIKE {} ", " ADDIN WEIKE {nonsense} ",
        ' ADDIN WEIKE {"part":"asked","key":"","has":{},"was":{}} ',
        ' ADDIN WEIKE {"part":"key","key":"","has":[],"was":{}} ',
        ' ADDIN WEIKE {"part":"key","key":"","has":{},"was":[1]} ',
        ' ADDIN WEIKE {"part":"key","key":"","has":{},"was":{"key":3}} ',
        f' ADDIN WEIKE {{"part":{"[" * 100_000} ',
    ],
)  # fmt: skip
def test_a_field_that_was_not_written_here_is_none_of_ours(instruction: str) -> None:
    assert mark_in(instruction) is None


@pytest.mark.parametrize("name", ["_Toc123", "_weike_asked_", "_weike_key_0123456789ab", "weike"])
def test_a_bookmark_that_was_not_written_here_is_none_of_ours(name: str) -> None:
    assert mark_named(name) is None
