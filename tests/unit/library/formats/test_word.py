"""The paper in Word: readable, complete, with the key on pages of its own."""

import io
import re
import zipfile

from docx import Document

from library.formats.table import FORMATS
from library.formats.word.omml import omml_of
from library.formats.word.writing import left_as_latex
from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord
from tests.factories.questions import picture, question_corpus


def paper(records: list[ItemRecord], stimuli: list[StimulusRecord], title: str = "单元测试") -> bytes:
    write = FORMATS["word"].write
    assert write is not None
    return write(records, stimuli, title)


def lines(content: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(content)).paragraphs]


def question(**fields: object) -> ItemRecord:
    said = {
        "identifier": "q",
        "kind": "choice",
        "prompt": "Which is $\\frac{1}{2}$?\nLook: [[picture:map]]",
        "interaction": {"choices": [{"id": "A", "text": "0.5"}, {"id": "B", "text": "2"}]},
        "correct": ["A"],
        "explanation": "Half of one.",
        "pictures": [picture(0)],
    }
    return ItemRecord.model_validate(said | fields)


def test_a_paper_has_title_numbers_letters_pictures_and_its_key_at_the_end() -> None:
    content = paper([question()], [])
    said = lines(content)
    assert said[:5] == ["单元测试", "1. Which is ?", "Look: ", "A. 0.5", "B. 2"]
    assert said[-3:] == ["Answers:", "1. Answer: A", "Explanation: Half of one."]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
        assert [one for one in archive.namelist() if one.startswith("word/media/")]
    assert body.index('<w:br w:type="page"/>') < body.index("Answers:")
    assert "<m:f><m:num>" in body
    assert 'descr="图：“云溪市”"' in body


def test_every_kind_and_what_it_is_about_stand_on_the_paper() -> None:
    records, stimuli = question_corpus(36)
    said = lines(paper(records, stimuli))
    numbers = [int(found[1]) for one in said if (found := re.match(r"(\d+)\. ", one))]
    assert set(range(1, 37)) <= set(numbers)
    assert {one.kind for one in records} == set(ItemKind)


def test_pairs_stand_in_two_columns_and_blanks_are_lines() -> None:
    records, stimuli = question_corpus(48)
    document = Document(io.BytesIO(paper([one for one in records if one.kind is ItemKind.MATCH], stimuli)))
    assert document.tables
    assert all(len(one.columns) == 2 for one in document.tables)
    blank = question(
        kind="text_entry", prompt="A [[1]] b [[2]].", interaction={"blanks": 2}, correct=[["x", "X"], ["y"]]
    )
    assert lines(paper([blank], []))[1] == "1. A ______ b ______."
    assert "1. Answer: x / X; y" in lines(paper([blank], []))


def test_formulas_are_words_own_and_those_that_cannot_be_stay_latex() -> None:
    made = omml_of("\\sqrt[3]{x_1^2}\\le\\sum_{i=1}^{n}\\frac{a}{b}")
    assert made is not None
    assert made.count("<m:") > 10
    assert omml_of("\\frac{") is None
    asked = question(prompt="What is $\\frac{$?").asked
    assert left_as_latex(asked) == ["$\\frac{$"]
