"""Formulas as they were typed, for the eye: as LaTeX between dollar signs."""

import re

from library.items.algebra.reading import OR_WORDS

_SIGNS = {"<=": r"\le ", ">=": r"\ge ", "!=": r"\ne ", "+/-": r"\pm "}
_SET = re.compile(r"(?<![\\\w^}\]])\{((?:[^{}]|\{[^{}]*\})*)\}")
"""Braces that belong to no command, which LaTeX would not show."""


def in_dollars(formula: str) -> str:
    """A formula as it was typed, to be shown as one."""
    if "$" in formula:
        return formula
    shown = OR_WORDS.sub(
        lambda found: found[0] if found[0].startswith("\\") else rf"\text{{ {found[0]} }}", formula
    )
    for typed, latex in _SIGNS.items():
        shown = shown.replace(typed, latex)
    shown = _SET.sub(r"\\{\1\\}", shown)
    return f"${shown}$"
