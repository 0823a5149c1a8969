"""A thousand questions of every kind leave in each format and come back as they were."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

import pytest

from library.formats.reading import Fate, Reading
from library.formats.rest import read_rest
from library.formats.table import FORMATS, RESTS
from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord
from tests.factories.questions import question_corpus

TITLE = "七年级 / 期末 <复习>"
BOTH_WAYS = ("moodle", "gift", "qti")
"""Formats that other programs read as questions."""
AND_ON_PAPER = (*BOTH_WAYS, "word")


@cache
def corpus() -> tuple[list[ItemRecord], list[StimulusRecord]]:
    return question_corpus()


@cache
def small_corpus() -> tuple[list[ItemRecord], list[StimulusRecord]]:
    return question_corpus(48)


def written(name: str, records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord]) -> bytes:
    write = FORMATS[name].write
    assert write is not None
    return write(records, stimuli, TITLE)


def read(name: str, content: bytes) -> Reading:
    reader = FORMATS[name].read
    assert reader is not None
    return reader(content)


@pytest.mark.parametrize("name", AND_ON_PAPER)
def test_a_thousand_questions_of_every_kind_come_back_identical(name: str) -> None:
    records, stimuli = corpus()
    assert {one.kind for one in records} == set(ItemKind)
    found = read(name, written(name, records, stimuli))
    assert [one.problem for one in found.questions if one.problem] == []
    assert found.good == records
    assert list(found.stimuli) == stimuli
    assert found.title == TITLE


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_the_same_questions_are_the_same_file(name: str) -> None:
    assert written(name, *small_corpus()) == written(name, *small_corpus())


@pytest.mark.parametrize("name", AND_ON_PAPER)
def test_a_file_that_went_out_twice_gives_the_second_half_new_identifiers(name: str) -> None:
    records, _stimuli = small_corpus()
    twice = [*records[:2], *(one.model_copy(update={"identifier": one.identifier}) for one in records[:2])]
    found = read(name, written(name, twice, []))
    assert len({one.identifier for one in found.good}) == len(found.good) == 4
    assert any(note.reason == "taken" for note in found.questions[3].notes)


NATIVE = {
    "moodle": set(ItemKind),
    "gift": {
        ItemKind.CHOICE,
        ItemKind.MULTIPLE_CHOICE,
        ItemKind.TRUE_FALSE,
        ItemKind.NUMERIC,
        ItemKind.MATCH,
        ItemKind.ORDER,
        ItemKind.EXTENDED_TEXT,
    },
    "qti": set(ItemKind),
}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_a_kind_that_the_format_knows_is_that_kind_there(name: str) -> None:
    records, stimuli = small_corpus()
    rests = RESTS[name](records, stimuli)
    plain = [one for one in records if not one.parameters.values and not one.interaction.get("asks_unit")]
    others = {one.kind for one in plain if "kind" in rests[one.identifier].parts}
    assert others & NATIVE[name] == set()


def edited(name: str, content: bytes, change: Callable[[str], str]) -> bytes:
    if name != "qti":
        return change(content.decode()).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            said = old.read(one)
            new.writestr(one, change(said.decode()).encode() if one.startswith("items/") else said)
    return out.getvalue()


def a_question(**fields: object) -> ItemRecord:
    said = {
        "identifier": "urn:test:edited",
        "kind": "choice",
        "prompt": "Two and  two?",
        "interaction": {"choices": [{"id": "A", "text": "three"}, {"id": "B", "text": "four"}]},
        "correct": ["B"],
        "difficulty": 0.2,
        "hints": ["Count  it."],
    }
    return ItemRecord.model_validate(said | fields)


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_what_was_changed_in_another_program_counts(name: str) -> None:
    content = written(name, [a_question()], [])
    found = read(name, edited(name, content, lambda text: text.replace("Two and", "Three and")))
    [record] = found.good
    assert record.prompt == "Three and two?"
    assert (record.difficulty, record.hints) == (0.2, ["Count  it."])
    [note] = [one for one in found.questions[0].notes if one.reason == "edited"]
    assert (note.fate, note.values["parts"]) == (Fate.CHANGED, "prompt")


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_a_variant_that_was_changed_elsewhere_becomes_an_ordinary_question(name: str) -> None:
    drawn = a_question(
        prompt="[[=a]] + 1 = ?",
        interaction={"choices": [{"id": "A", "text": "[[=a+1]]"}, {"id": "B", "text": "[[=a]]"}]},
        correct=["A"],
        parameters={"values": [{"name": "a", "least": "2", "most": "9"}]},
    )
    found = read(
        name, edited(name, written(name, [drawn], []), lambda text: text.replace(" + 1 ", " plus 1 "))
    )
    [record] = found.good
    assert record.parameters.values == []
    assert "plus 1" in record.prompt
    assert "[[" not in record.model_dump_json()


@pytest.mark.parametrize("name", ["moodle", "gift"])
def test_damage_to_our_own_words_leaves_the_question(name: str) -> None:
    content = written(name, [a_question()], [])
    found = read(name, content.replace(b'{"has"', b'{"ha'))
    [record] = found.good
    assert (record.kind, record.correct, record.difficulty) == (ItemKind.CHOICE, ["B"], 0.5)
    assert any(one.reason == "own-damaged" for one in found.questions[0].notes)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": 1}', '{"id": "x", "has": 3}', "[" * 100_000])
def test_what_is_no_rest_is_none(text: str) -> None:
    assert read_rest(text) is None
