"""Elements around others: which are read through, which of two is, and which show nothing of their own."""

from xml.etree.ElementTree import Element

from library.formats.docx.names import child, is_on

PASSED = frozenset(
    {"ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "sdt", "sdtContent", "dir", "bdo", "customXml"}
)
"""Elements around runs that are read as if they were not there."""


def waits(control: Element) -> bool:
    """Whether a control shows but what is to be typed into it."""
    return is_on(child(control, "sdtPr"), "showingPlcHdr")


def chosen(alternatives: Element) -> Element:
    """What newer Words read of two ways to say a thing."""
    ways = (child(alternatives, name) for name in ("Choice", "Fallback"))
    return next((one for one in ways if one is not None), Element("none"))
