"""Texts that go into spreadsheets, and that come out of them."""

from datetime import date, datetime

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a cell must not begin; programs in Chinese take the wide signs for formulas as well."""


def neutral(cell: str) -> str:
    """*cell* so that a spreadsheet takes it for text: no name becomes a formula (OWASP CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def cell_text(value: object) -> str:
    """What a cell of a workbook says: days as 2026-09-01, whole numbers without a point, nothing as ""."""
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
