"""What the document says of each part of each format is what the readers say."""

import re
from pathlib import Path

from library.formats.reading import Fate
from library.formats.table import FORMATS
from library.formats.words import FORMAT_NAMES, REASONS, sentence
from tests.factories.question_files import SAMPLES

DOCUMENT = Path(__file__).parents[4] / "docs" / "question-formats.md"
PROGRAMS = ("gift", "aiken", "moodle", "qti")
"""Papers, Word files and tables are described in a document of their own."""
ROW = re.compile(r"^\| (.+?) \| `(.+?)` \| (kept|changed|dropped) \|(?: (.+?))? \|$", re.MULTILINE)


def told() -> set[tuple[str, str, str, str]]:
    rows = set()
    for name in PROGRAMS:
        sample = SAMPLES[name]
        read = FORMATS[name].read
        assert read is not None
        found = read(sample())
        assert [one.problem for one in found.questions if one.problem] == []
        for note in [*found.notes, *(note for one in found.questions for note in one.notes)]:
            assert sentence(note)
            reason = str(REASONS[note.reason]) if note.reason else ""
            rows.add((str(FORMAT_NAMES[name]), note.part, note.fate.value, reason))
    return rows


def test_the_table_has_a_row_for_each_part_and_no_other() -> None:
    documented = {
        (one[0], one[1], one[2], one[3] or "") for one in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    }
    assert documented == told()


def test_what_is_changed_or_dropped_has_its_reason() -> None:
    for name, part, fate, reason in told():
        assert (fate == Fate.KEPT) == (not reason), (name, part)
