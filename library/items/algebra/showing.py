"""Formulas as they were typed, for the eye: as LaTeX between dollar signs."""

import re

from library.items.algebra import vectors
from library.items.algebra.tokens import REPEATING, ROOT_DEGREE, UNEQUAL_TYPED, WORDS

_SIGNS = {
    "<=": r"\le ",
    ">=": r"\ge ",
    "+/-": r"\pm ",
    "∶": ":",
    "′": "'",
    "″": "''",
    "∅": r"\varnothing ",
    "//": r"\parallel ",
    "≌": r"\cong ",
    "∽": r"\backsim ",
}
_SET = re.compile(r"(?<![\\\w^}\]])\{((?:[^{}]|\{[^{}]*\})*)\}")
"""Braces that belong to no command, which LaTeX would not show."""
_PERCENT = re.compile(r"(?<!\\)%")
"""It begins a comment in LaTeX."""
_SET_OF_NUMBERS = re.compile(r"\\([RZNQ])(?![a-zA-Z])")
"""Short commands that not every program knows."""
_ROOT = re.compile(
    rf"(?P<degree>{ROOT_DEGREE}?)\s*(?P<sign>[√∛∜])\s*"
    r"(?:\((?P<inside>[^()]*)\)|(?P<alone>\d+(?:\.\d+)?|[a-zA-Zα-ω](?![a-zA-Z]*\{)))"
)
_VECTOR = re.compile(vectors.PATTERN)
_DEGREES = dict(zip("²³⁴⁵⁶⁷⁸⁹∛∜", ("", *"3456789", "3", "4"), strict=True))


def in_dollars(formula: str) -> str:
    """A formula as it was typed, to be shown as one."""
    if "$" in formula:
        return formula
    shown = formula
    for word in WORDS.values():
        shown = word.sub(
            lambda found: found[0] if found[0].startswith("\\") else rf"\text{{ {found[0]} }}", shown
        )
    shown = UNEQUAL_TYPED.sub(r"\\ne ", REPEATING.sub(r"\\dot{\1}", shown.replace("˙", "\u0307")))
    for told, arrow in vectors.TYPED:
        shown = told.sub(arrow, shown)
    shown = _VECTOR.sub(lambda found: _vector(vectors.name_of(found[0])), shown)
    for typed, latex in _SIGNS.items():
        shown = shown.replace(typed, latex)
    shown = _SET_OF_NUMBERS.sub(r"\\mathbb{\1}", shown)
    shown = _SET.sub(r"\\{\1\\}", _PERCENT.sub(r"\\%", shown))
    return f"${_ROOT.sub(_root, shown)}$"


def _vector(name: str) -> str:
    """A vector under the arrow that is as long as its name."""
    ends = re.sub(r"_(\w+)", r"_{\1}", name.removeprefix(vectors.ARROW)).split(" ")
    return rf"\overrightarrow{{{''.join(ends)}}}" if len(ends) > 1 else rf"\vec{{{ends[0]}}}"


def _root(found: re.Match[str]) -> str:
    degree = _DEGREES.get(found["degree"] or found["sign"], "")
    inside = found["alone"] if found["inside"] is None else found["inside"]
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{inside}}}"
