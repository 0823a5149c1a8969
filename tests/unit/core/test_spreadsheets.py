from datetime import date, datetime

import pytest

from core.spreadsheets import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (datetime(2026, 9, 1, 8), "2026-09-01"),  # noqa: DTZ001 -- workbooks know no zones
        (date(2026, 9, 1), "2026-09-01"),
        (7.0, "7"),
        (2.5, "2.5"),
        ("  赵一 ", "赵一"),
    ],
)
def test_a_cell_says_what_a_person_reads_in_it(value: object, text: str) -> None:
    assert cell_text(value) == text
