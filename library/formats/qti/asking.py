"""What is known of an item while its questions are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from xml.etree.ElementTree import Element

from library.formats.drafts import Told
from library.formats.pictures import Gallery
from library.formats.qti.body import Body, BodyReader
from library.formats.qti.declarations import Response
from library.formats.qti.names import given, inside

MOST = 26
"""Things to choose from, as there are letters."""


@dataclass(frozen=True, slots=True)
class Asking:
    """An item on the way to one of our questions."""

    item: Element
    body: Body
    reader: BodyReader
    responses: Mapping[str, Response]
    feedback: Mapping[str, str]
    """What is said to whom: by the identifier of a choice, or a name that the item gives."""
    told: Told
    gallery: Gallery
    key: str
    """By which things are mixed."""

    def response(self, interaction: Element) -> Response:
        """What is declared for an interaction."""
        name = given(interaction, "responseidentifier")
        return self.responses.get(name, Response(name))

    def offered(self, element: Element, name: str) -> list[Element]:
        """What is offered to choose from, as many as there are letters."""
        found = list(inside(element, name))
        if len(found) > MOST:
            self.told.dropped(name, "many-choices", limit=MOST)
        return found[:MOST]


def letters_of(options: list[Element]) -> dict[str, str]:
    """A letter for each identifier."""
    return {given(one, "identifier"): letter for one, letter in zip(options, ascii_uppercase, strict=False)}
