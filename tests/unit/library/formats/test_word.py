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


def test_a_paper_that_was_written_here_is_read_here_as_it_was() -> None:
    """Of kinds that a paper can say; formulas come back from Word's own, answers from the end."""
    offered = [
        {"id": letter, "text": text} for letter, text in zip("ABC", ("$\\sqrt{2}$", "甲", "0"), strict=True)
    ]
    plain = {"pictures": [], "explanation": "", "interaction": {}}
    records = [
        question(prompt="下列最大的是（  ）", interaction={"choices": offered}, pictures=[], explanation="因为 $\\sqrt{2}>1$。"),
        question(prompt="哪些对？", kind="multiple_choice", interaction={"choices": offered}, correct=["A", "C"], pictures=[]),
        question(**plain | {"prompt": "0 是自然数。", "kind": "true_false", "correct": ["true"]}),
        question(**plain | {"prompt": "首都是[[1]]，最大的是[[2]]。", "kind": "text_entry", "correct": [["北京"], ["上海", "上海市"]]}),
        question(**plain | {"prompt": "说明 $x^{2}+1>0$。", "kind": "extended_text", "correct": [], "explanation": "平方非负。"}),
        question(**plain | {"prompt": "谁来了？", "kind": "extended_text", "correct": [], "stimulus": "s"}),
    ]  # fmt: skip
    passage = StimulusRecord(identifier="s", title="春", text="盼望着，盼望着，东风来了。\n春天的脚步近了。")
    read = FORMATS["word"].read
    assert read is not None
    found = read(paper(records, [passage]))
    assert [one.problem for one in found.questions] == [None] * len(records)
    for one, other in zip(records, found.good, strict=True):
        assert (other.kind, other.prompt, other.explanation) == (one.kind, one.prompt, one.explanation)
        assert (other.correct, other.interaction.get("choices")) == (
            one.correct,
            one.interaction.get("choices"),
        )
    assert [(one.title, one.text) for one in found.stimuli] == [(passage.title, passage.text)]
    assert [bool(one.stimulus) for one in found.good] == [False] * 5 + [True]
