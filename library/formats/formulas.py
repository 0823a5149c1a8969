"""LaTeX as MathML, for programs that show no LaTeX."""

import re
from copy import deepcopy
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.converter import convert_to_element

MATHML = "http://www.w3.org/1998/Math/MathML"
LONGEST = 2_000
DEEPEST = 24
"""Braces inside braces; the library calls itself for each."""
IN_DOLLARS = re.compile(r"(\$\$.+?\$\$|\$[^$\n]+\$)", re.DOTALL)
"""A formula in our words."""
_NUMBERED = re.compile(r"&#x([0-9A-Fa-f]{1,6});")


def math_of(latex: str, *, is_block: bool = False) -> Element | None:
    """A formula as MathML with the LaTeX beside it, without prefixes; None where it cannot be read."""
    made = _made(latex) if len(latex) <= LONGEST and _depth(latex) <= DEEPEST else None
    if made is None:
        return None
    math = Element("math", xmlns=MATHML, display="block" if is_block else "inline")
    semantics = SubElement(math, "semantics")
    semantics.extend(deepcopy(list(made)))
    SubElement(semantics, "annotation", encoding="application/x-tex").text = latex
    return math


@lru_cache(maxsize=4_096)
def _made(latex: str) -> Element | None:
    try:
        found: Element = convert_to_element(latex)
    except Exception:  # noqa: BLE001 -- what nobody can read ends the library in many ways
        return None
    for one in found.iter():
        # The library writes signs as numbers, and leaves it to a serialiser of its own to let them be.
        one.text, one.tail = _signs(one.text), _signs(one.tail)
    return found


def _signs(text: str | None) -> str | None:
    return None if text is None else _NUMBERED.sub(lambda one: chr(int(one[1], 16)), text)


def _depth(latex: str) -> int:
    depth = deepest = 0
    for letter in latex:
        depth += (letter == "{") - (letter == "}")
        deepest = max(deepest, depth)
    return deepest
