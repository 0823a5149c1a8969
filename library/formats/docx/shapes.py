"""The pictures of drawings, and what was cut off them: the file holds it still, and nobody is to see it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from library.formats.docx.names import child, children, local, value
from library.media.cuts import WHOLE, Cut

_SIDES = ("left", "top", "right", "bottom")
_SIXTEEN_BITS = 65_536
_THOUSANDTHS = 100_000


def pictures_in(drawing: Element) -> Iterator[tuple[str, Cut]]:
    """The relation of each picture of a drawing (DrawingML), and what is cut off it."""
    for holder in drawing.iter():
        cut = child(holder, "srcRect")
        for blip in children(holder, "blip"):
            yield value(blip, "embed"), _cut(*(_thousandths(value(cut, side[0])) for side in _SIDES))


def old_pictures_in(drawing: Element) -> Iterator[tuple[str, Cut]]:
    """The same in VML, as older Words and formula programs write it."""
    for image in drawing.iter():
        if local(image) == "imagedata":
            yield value(image, "id"), _cut(*(_fraction(value(image, f"crop{side}")) for side in _SIDES))


def _cut(left: float, top: float, right: float, bottom: float) -> Cut:
    """Sides that were moved outwards show nothing more; where nothing would be left, nothing is cut."""
    cut = Cut(*(max(one, 0.0) for one in (left, top, right, bottom)))
    return cut if cut.left + cut.right < 1 and cut.top + cut.bottom < 1 else WHOLE


def _thousandths(said: str) -> float:
    """A share in thousandths of a percent, or as ``12.5%``."""
    return _number(said.removesuffix("%")) / (100 if said.endswith("%") else _THOUSANDTHS)


def _fraction(said: str) -> float:
    """A share as a number, or in 65536ths with an f behind them."""
    return _number(said.removesuffix("f")) / (_SIXTEEN_BITS if said.endswith("f") else 1)


def _number(said: str) -> float:
    try:
        return float(said or 0)
    except ValueError:
        return 0.0
