"""XML of QTI 3 as text: elements with their attributes, words with their formulas and pictures."""

from collections.abc import Callable, Mapping
from html import escape
from xml.etree.ElementTree import tostring
from xml.sax.saxutils import quoteattr

from library.formats.formulas import math_of
from library.formats.writing import bracketed, html_of
from library.items.records import PictureRecord


def el(name: str, *inner: str, **attributes: str | float) -> str:
    """An element; ``base_type`` becomes ``base-type``, ``lang`` is XML's."""
    said = "".join(
        f" {'xml:lang' if key == 'lang' else key.rstrip('_').replace('_', '-')}={quoteattr(str(value))}"
        for key, value in attributes.items()
    )
    content = "".join(inner)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def qti(name: str, *inner: str, **attributes: str | float) -> str:
    """An element of QTI 3."""
    return el(f"qti-{name}", *inner, **attributes)


def value(text: object) -> str:
    """A value of a declaration."""
    return qti("value", escape(str(text), quote=False))


class Words:
    """Says the texts of one question; *folder* leads to the package's pictures."""

    def __init__(self, pictures: Mapping[str, PictureRecord], paths: Mapping[str, str]) -> None:
        self.pictures, self.paths = pictures, paths

    def inline(self, text: str, blank: Callable[[int], str] = lambda _number: "____") -> str:
        """A text inside a line, or in paragraphs where it has some."""
        return html_of(text, self.picture, blank, _formula, "<br/>")

    def block(self, text: str, blank: Callable[[int], str] = lambda _number: "____") -> str:
        """A text that stands by itself."""
        said = self.inline(text, blank)
        return said if said.startswith("<p>") and "\n\n" in text else el("p", said)

    def picture(self, name: str) -> str:
        """A picture in its place."""
        one = self.pictures.get(name)
        if one is None:
            return ""
        return el("img", src=f"../{self.paths[name]}", alt=one.alt, width=one.width, height=one.height)


def _formula(formula: str) -> str:
    latex = formula.strip("$")
    math = math_of(latex, is_block=formula.startswith("$$"))
    return bracketed(formula) if math is None else tostring(math, encoding="unicode")
