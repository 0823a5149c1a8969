"""What an item declares of its responses: the key, the marks of answers, the marks of places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from library.formats.qti.names import anywhere, first, given, inside, values_of

NUMBERS = frozenset({"float", "integer"})
_TEMPLATES = ("match_correct", "map_response", "map_response_point", "cc2_match", "cc2_map_response")


@dataclass(frozen=True, slots=True)
class Area:
    """A place in a picture, and what it earns."""

    shape: str
    coords: str
    value: float


@dataclass(frozen=True, slots=True)
class Response:
    """One response of an item."""

    identifier: str
    cardinality: str = "single"
    base: str = "identifier"
    right: list[str] = field(default_factory=list)
    mapped: Mapping[str, float] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    minds_case: bool = False
    """Whether upper and lower case make a difference."""

    @property
    def key(self) -> list[str]:
        """What is right: as it is declared, or whatever earns something."""
        return self.right or [text for text, value in self.mapped.items() if value > 0]

    @property
    def accepted(self) -> list[str]:
        """All texts that are right: the declared one first."""
        return list(dict.fromkeys([*self.right, *(text for text, value in self.mapped.items() if value > 0)]))

    @property
    def is_uneven(self) -> bool:
        """Whether right answers earn differently, or some earn a part."""
        earned = {value for value in self.mapped.values() if value > 0}
        return len(earned) > 1 or any(text not in self.right for text in self.mapped if self.right and earned)


def responses_of(item: Element) -> dict[str, Response]:
    """The responses of an item by identifier."""
    return {
        one.identifier: one
        for one in (_response(element) for element in inside(item, "responsedeclaration"))
        if one.identifier
    }


def _response(element: Element) -> Response:
    mapping = next(inside(element, "mapping"), None)
    areas = next(inside(element, "areamapping"), None)
    return Response(
        identifier=given(element, "identifier"),
        cardinality=given(element, "cardinality") or "single",
        base=given(element, "basetype") or "identifier",
        right=values_of(next(inside(element, "correctresponse"), None)),
        mapped={
            given(one, "mapkey"): number(given(one, "mappedvalue")) for one in inside(mapping, "mapentry")
        },
        minds_case=any(given(one, "casesensitive") == "true" for one in inside(mapping, "mapentry")),
        areas=[
            Area(given(one, "shape"), given(one, "coords"), number(given(one, "mappedvalue")))
            for one in inside(areas, "areamapentry")
        ],
    )


def number(text: str) -> float:
    """A number of the document; nothing where it is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def processing_of(item: Element) -> str:
    """How responses are scored: the name of a known template, ``custom``, or nothing."""
    element = next(inside(item, "responseprocessing"), None)
    if element is None:
        return ""
    template = given(element, "template").rpartition("/")[2].removesuffix(".xml").lower()
    if template in _TEMPLATES:
        return template
    return "custom" if len(element) or template else ""


def tolerance_of(item: Element) -> tuple[float, bool]:
    """How far off a number may be, and whether that is a share of it."""
    equal = first(next(inside(item, "responseprocessing"), None), "equal")
    if equal is None or given(equal, "tolerancemode") not in {"absolute", "relative"}:
        return 0.0, False
    said = [abs(number(one)) for one in given(equal, "tolerance").split()]
    is_relative = given(equal, "tolerancemode") == "relative"
    most = max(said, default=0.0)
    return (most / 100 if is_relative else most), is_relative


def feedback_of(item: Element) -> list[Element]:
    """What is said after an answer."""
    return list(anywhere(item, "modalfeedback"))
