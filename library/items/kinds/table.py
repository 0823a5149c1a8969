"""All kinds of questions, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from library.items.kinds.blanks import TextEntry
from library.items.kinds.choice import Choice, MultipleChoice
from library.items.kinds.kind import Asked, Kind
from library.items.kinds.numeric import Numeric
from library.items.kinds.written import Photo
from library.items.models import ItemKind

KINDS: Mapping[ItemKind, Kind] = MappingProxyType(
    {one.name: one for one in (Choice(), MultipleChoice(), TextEntry(), Numeric(), Photo())}
)
MARKED_BY_MACHINE = frozenset(name for name, kind in KINDS.items() if not kind.is_marked_by_person)
"""What a key can judge, and so what can be practised alone."""


def kind_of(asked: Asked) -> Kind:
    """What *asked* is a question of."""
    return KINDS[asked.kind]
