"""Say in the text of a question what kind it is."""

from library.formats.papers.lines import Mark, folded, pieces
from library.formats.papers.vocabulary import KIND_NAMES, LABELS, Field
from library.items.models import ItemKind

WRITABLE = tuple(KIND_NAMES)
"""The kinds that a paper has words for."""


def with_kind(source: str, kind: ItemKind, *, is_part: bool = False) -> str:
    """The lines of a question with a line that names its *kind*, in place of one that did.

    *is_part* says that it is a part of a larger question, whose own number stands above.
    """
    lines = [line for line in source.split("\n") if not _names_kind(line)]
    marks = [next(iter(pieces(line))).mark for line in lines]
    wanted = Mark.PART if is_part and Mark.PART in marks else Mark.QUESTION
    if wanted in marks:
        at = marks.index(wanted)
    else:
        at = next((place for place, mark in enumerate(marks) if mark is not Mark.EMPTY), 0)
    return "\n".join([*lines[: at + 1], f"{LABELS[Field.KIND][0]}：{KIND_NAMES[kind]}", *lines[at + 1 :]])


def _names_kind(line: str) -> bool:
    found = list(pieces(line)) if folded(line).strip() else []
    return len(found) == 1 and found[0].mark is Mark.FIELD and found[0].name == Field.KIND
