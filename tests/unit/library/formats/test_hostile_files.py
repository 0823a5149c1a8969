"""Whatever bytes arrive: a reading or a sentence, in bounded time, and nothing else."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from library.formats.errors import BadFile
from library.formats.reading import Reading
from library.formats.table import FORMATS, format_for
from tests.factories.question_files import SAMPLES
from tests.factories.questions import question_corpus

READERS = {name: one.read for name, one in FORMATS.items() if one.read is not None}


@cache
def good(name: str) -> bytes:
    return SAMPLES[name]()


def outcome(read: Callable[[bytes], Reading], content: bytes) -> Reading | None:
    """A reading whose problems are sentences; None for a file that is refused."""
    try:
        found = read(content)
    except BadFile as error:
        refusal = str(error)
    else:
        refusal = ""
        _check(found)
        return found
    assert refusal
    return None


def _check(found: Reading) -> None:
    for one in found.questions:
        assert (one.record is None) != (one.problem is None)
        assert one.problem is None or (isinstance(one.problem, DomainError) and str(one.problem))
        assert one.place > 0


@pytest.mark.parametrize("name", READERS)
@given(content=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    outcome(READERS[name], content)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_good_files_that_were_damaged_are_read_or_refused(name: str, data: st.DataObject) -> None:
    content = _unpacked(name)
    at = data.draw(st.integers(0, len(content) - 1))
    to = data.draw(st.integers(at, min(at + 40, len(content))))
    between = data.draw(
        st.one_of(
            st.binary(max_size=8), st.sampled_from([b"{", b"}", b"<", b"]]>", b"&", b"=", b"\\", b"\xff"])
        )
    )
    outcome(READERS[name], _packed(name, content[:at] + between + content[to:]))


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_packages_whose_archive_was_damaged_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(good("qti"))
    for _number in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcome(READERS["qti"], bytes(content[: data.draw(st.integers(1, len(content)))]))


def _unpacked(name: str) -> bytes:
    if name != "qti":
        return good(name)
    with zipfile.ZipFile(io.BytesIO(good(name))) as archive:
        return archive.read("i0.xml")


def _packed(name: str, content: bytes) -> bytes:
    if name != "qti":
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good(name))) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == "i0.xml" else old.read(one))
    return out.getvalue()


def _long(text: str, megabytes: int = 1) -> bytes:
    return (text * ((megabytes << 20) // len(text.encode()) + 1)).encode()


TOWERS = {
    "braces": ("gift", _long("{")),
    "answers": ("gift", b"Q {" + _long("=a ~b ", 1) + b"}"),
    "blocks": ("gift", _long("a\n\n")),
    "names": ("gift", _long("::a")),
    "tags": ("gift", b"[html]" + _long("<div>", 1) + b" {}"),
    "pictures": ("gift", b"[html]" + b"".join(b"<img src\\=%d.png>" % one for one in range(40_000)) + b" {}"),
    "stars": ("moodle", b"<quiz><question type='shortanswer'>" + b"".join(b"<answer fraction='100'><text>*%d*</text></answer>" % one for one in range(40_000)) + b"</question></quiz>"),
    "lines": ("aiken", _long("A. x\n")),
    "questions": ("moodle", b"<quiz>" + _long("<question")),
    "comments": ("moodle", b"<quiz>" + _long("<!--")),
    "cdata": ("moodle", b"<quiz>" + _long("<![CDATA[")),
    "depth": ("moodle", b"<quiz><question type='essay'>" + _long("<a>", 1) + b"</question></quiz>"),
    "cloze": ("moodle", b"<quiz><question type='cloze'><questiontext><text>" + _long("{1:SA:=", 1) + b"</text></questiontext></question></quiz>"),
    "formulas": ("moodle", b"<quiz><question type='essay'><questiontext><text>" + _long("\\(", 1) + b"</text></questiontext></question></quiz>"),
}  # fmt: skip


@pytest.mark.parametrize("tower", TOWERS)
def test_towers_of_anything_end_soon(tower: str) -> None:
    """Here a second each; a reading that grows with the square of the file would take hours and be named."""
    name, content = TOWERS[tower]
    outcome(READERS[name], content)


@pytest.mark.parametrize("name", ["gift", "moodle"])
@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_file_that_stops_in_the_middle_gives_what_came_before(name: str, cut: float) -> None:
    records, stimuli = question_corpus(24)
    write = FORMATS[name].write
    assert write is not None
    content = write(records, stimuli, "")
    found = outcome(READERS[name], content[: int(len(content) * cut)])
    assert found is not None
    whole = [one for one in found.good if one in records]
    assert len(whole) >= int(24 * cut) - 6
    assert whole == records[: len(whole)]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("q.gift", "gift"),
        ("q.txt", "gift"),
        ("Q.XML", "moodle"),
        ("a.txt", "aiken"),
        ("papier.txt", "paper"),
        ("a.docx", "word"),
        ("a.xlsx", "workbook"),
        ("a.csv", "csv"),
        ("p.zip", "qti"),
        ("p.imscc", "qti"),
    ],
)
def test_the_format_of_a_file_is_found_by_its_content(file: str, name: str) -> None:
    found = format_for(file, good(name)[:4_096])
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("file", "head"), [("q.exe", b"just words"), ("q.xml", b"<html/>"), ("q.odt", b"PK"), ("q", b"")]
)
def test_what_is_none_of_these_has_no_format(file: str, head: bytes) -> None:
    assert format_for(file, head) is None


def test_one_item_of_qti_is_an_xml_file_too() -> None:
    found = format_for("item.xml", b'<?xml version="1.0"?><qti-assessment-item xmlns="x">')
    assert found is not None
    assert found.name == "qti"
