"""One way to name what QTI 2 calls ``choiceInteraction`` and QTI 3 ``qti-choice-interaction``."""

from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

from library.packages.markup import words


@cache
def _plain(name: str) -> str:
    return name.rpartition("}")[2].lower().removeprefix("qti-").replace("-", "")


def name_of(element: Element) -> str:
    """The element's name as both versions have it, e.g. ``choiceinteraction``."""
    return _plain(str(element.tag))


def given(element: Element, name: str) -> str:
    """The attribute *name*, e.g. ``responseidentifier``; empty where there is none."""
    return next((value.strip() for key, value in element.attrib.items() if _plain(str(key)) == name), "")


def inside(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names."""
    if element is not None:
        yield from (one for one in element if name_of(one) in names)


def anywhere(element: Element | None, *names: str) -> Iterator[Element]:
    """Everything of these names below."""
    if element is not None:
        yield from (one for one in element.iter() if name_of(one) in names)


def first(element: Element | None, *names: str) -> Element | None:
    """The first below of these names."""
    return next(anywhere(element, *names), None)


def values_of(element: Element | None) -> list[str]:
    """The values inside an element."""
    return [words(one) for one in inside(element, "value")]
