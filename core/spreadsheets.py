"""Texts that go into spreadsheets."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """*cell* so that a spreadsheet takes it for text: no name becomes a formula (OWASP CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
