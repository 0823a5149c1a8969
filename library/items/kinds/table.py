"""All kinds of questions, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from library.items.kinds.blanks import TextEntry
from library.items.kinds.choice import Choice, MultipleChoice, TrueFalse
from library.items.kinds.hotspot import Hotspot
from library.items.kinds.inline import InlineChoice
from library.items.kinds.kind import Asked, Kind
from library.items.kinds.match import Match
from library.items.kinds.numeric import Numeric
from library.items.kinds.order import Order
from library.items.kinds.written import ExtendedText, Photo, Spoken
from library.items.models import ItemKind

KINDS: Mapping[ItemKind, Kind] = MappingProxyType(
    {
        one.name: one
        for one in (
            *(Choice(), MultipleChoice(), TrueFalse()),
            *(TextEntry(), Numeric(), InlineChoice()),
            *(Match(), Order(), Hotspot()),
            *(ExtendedText(), Photo(), Spoken()),
        )
    }
)
MARKED_BY_MACHINE = frozenset(name for name, kind in KINDS.items() if not kind.is_marked_by_person)
"""What a key can judge, and so what can be practised alone."""


def kind_of(asked: Asked) -> Kind:
    """What *asked* is a question of."""
    return KINDS[asked.kind]
