"""The names of elements and attributes in Word files (ISO/IEC 29500)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a *path* of names, whatever their namespaces; None where there is none."""
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children called *name*."""
    if element is not None:
        yield from (one for one in element if local(one) == name)


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """An attribute, whatever its namespace; *default* where there is none."""
    if element is None:
        return default
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), default)


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property such as bold is set, and not set to nothing."""
    found = child(properties, name)
    return found is not None and value(found, default="1") not in {"0", "false", "none", "off"}
