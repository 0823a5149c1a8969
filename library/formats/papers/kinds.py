"""Which kind of question the lines of a paper make."""

from library.formats.papers import keys, stems
from library.formats.papers.errors import NoSuchKind
from library.formats.papers.lines import kinds_named
from library.formats.papers.made import Made
from library.formats.papers.vocabulary import Field, Kinds
from library.items.models import ItemKind

LONGEST_SHORT = 30
"""Characters of an answer that is written into a blank, where nothing says what kind of question it is."""


def kind_of(made: Made) -> ItemKind:
    """The kind of a question: as its label says, else as its heading and what it says do.

    Raises:
        NoSuchKind: its label names none.
    """
    if said := made.draft.said(Field.KIND):
        named = kinds_named(said)
        if not named:
            raise NoSuchKind(text=said[:40])
        made.keep("kind")
        return _of_choices(made) if len(named) > 1 else named[0]
    kind = _kind_by_content(made, made.draft.kinds)
    if made.draft.kinds and kind in made.draft.kinds:
        made.keep("kind")
    else:
        made.change("kind", "inferred", kind=kind.value)
    return kind


def _kind_by_content(made: Made, named: Kinds) -> ItemKind:
    if made.choices:
        return named[0] if len(named) == 1 and named[0] in _CHOSEN else _of_choices(made)
    if named and named[0] not in _CHOSEN:
        return named[0]
    if keys.truth_of(made.answer) and len(stems.blank_places(made.stem.text)) <= 1:
        return ItemKind.TRUE_FALSE
    is_short = made.answer and len(made.answer) <= LONGEST_SHORT and "\n" not in made.answer
    if stems.blank_places(made.stem.text) or is_short:
        return ItemKind.TEXT_ENTRY
    return ItemKind.EXTENDED_TEXT


_CHOSEN = (ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE)


def _of_choices(made: Made) -> ItemKind:
    is_said = any(kind is ItemKind.MULTIPLE_CHOICE for kind in kinds_named(made.stem.text)[:1])
    several = len(keys.letters_in(made.answer)) > 1 or is_said
    return ItemKind.MULTIPLE_CHOICE if several else ItemKind.CHOICE
