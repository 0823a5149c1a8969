"""Tables of Word files: what stands in their cells as lines, or a small table of figures as a formula."""

import re
from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from library.formats.docx.names import child, is_on, local
from library.formats.papers.lines import folded

MOST_COLUMNS = 8
LONGEST_CELL = 24
_MARKED = re.compile(r"\s*(?:\(?[A-H]\)?\s*[.、:)]|\d{1,3}\s*[.、)]|题号|答案|\[)")
_NOT_IN_FORMULAS = frozenset("\\{}$^_~%#&\n[")


def lines_of_table(table: Element, lines_of: Callable[[Element], list[str]]) -> Iterator[str]:
    """The lines of *table*; *lines_of* reads a cell."""
    rows = [
        [_said(lines_of(cell)) for cell in _parts(row, "tc")]
        for row in _parts(table, "tr")
        if not is_on(child(row, "trPr"), "del")
    ]
    if _is_grid(rows):
        yield _drawn(rows)
        return
    for row in rows:
        cells = [cell for cell in row if cell]
        if any("\n" in cell for cell in cells):
            for cell in cells:
                yield from cell.split("\n")
        elif cells:
            yield "\t".join(cells)


def _parts(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those that a control holds."""
    for one in parent:
        if local(one) == name:
            yield one
        elif local(one) in {"sdt", "sdtContent", "customXml"}:
            yield from _parts(one, name)


def _said(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line.strip()).strip()


def _is_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells are figures or words of a table in a question, and no parts of questions."""
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or not 2 <= max(widths) <= MOST_COLUMNS:  # noqa: PLR2004 -- a row or a column is a list
        return False
    cells = [cell for row in rows for cell in row]
    return all(
        len(cell) <= LONGEST_CELL and not _NOT_IN_FORMULAS & set(cell) and not _MARKED.match(folded(cell))
        for cell in cells
    )


def _drawn(rows: Sequence[Sequence[str]]) -> str:
    columns = "|".join("c" * len(rows[0]))
    lines = [" & ".join(rf"\text{{{cell}}}" if cell else "" for cell in row) for row in rows]
    body = r" \\ \hline ".join(lines)
    return rf"$\begin{{array}}{{|{columns}|}} \hline {body} \\ \hline \end{{array}}$"
