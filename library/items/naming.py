"""The kinds of questions (题型), and of what is written into a blank, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import LazyString

from core.i18n import lazy
from library.items.kinds.blanks import AnswerKind
from library.items.models import ItemKind

KIND_NAMES: Mapping[ItemKind, LazyString] = MappingProxyType(
    {
        ItemKind.CHOICE: lazy("Single choice"),
        ItemKind.MULTIPLE_CHOICE: lazy("Multiple choice"),
        ItemKind.TRUE_FALSE: lazy("True or false"),
        ItemKind.TEXT_ENTRY: lazy("Fill in"),
        ItemKind.NUMERIC: lazy("Number"),
        ItemKind.INLINE_CHOICE: lazy("Choose words"),
        ItemKind.MATCH: lazy("Matching pairs"),
        ItemKind.ORDER: lazy("Put in order"),
        ItemKind.HOTSPOT: lazy("Point at a picture"),
        ItemKind.EXTENDED_TEXT: lazy("Written answer"),
        ItemKind.PHOTO: lazy("Photo answer"),
        ItemKind.SPOKEN: lazy("Spoken answer"),
    }
)

ANSWER_NAMES: Mapping[AnswerKind, LazyString] = MappingProxyType(
    {
        AnswerKind.TEXT: lazy("Words"),
        AnswerKind.EXACT: lazy("Words, capitals count"),
        AnswerKind.NUMBER: lazy("A number, however written"),
        AnswerKind.QUANTITY: lazy("A number with its unit"),
        AnswerKind.EXPRESSION: lazy("A formula of the same value"),
        AnswerKind.FORM: lazy("A formula in the same form"),
    }
)


def question_kind_name(kind: ItemKind | str) -> str:
    """The name of a kind."""
    return str(KIND_NAMES[ItemKind(kind)])
