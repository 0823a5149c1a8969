"""Figures by the letters of their corners: which order of these says the same.

∠ABC is ∠CBA, as its corner stays in the middle, and not ∠BAC. △ABC is △BCA: a triangle is its corners; but
△ABC≌△DEF says which goes with which. A segment AB is BA.
"""

import re
from collections.abc import Sequence

ANGLE, TRIANGLE, SEGMENT = "∠", "△", "⎯"
SIGNS = frozenset({ANGLE, TRIANGLE, SEGMENT})
"""With one of them the name of a figure begins."""
MATCHED = "≌"
"""Before the corners of a triangle whose place says with which of the other's they go."""

CORNER = r"[A-Z](?:\s*_\s*(?:\d|\{\s*\d{1,2}\s*\}))?\s*′{0,2}"
_CORNER = re.compile(r"[A-Z](?:_\d+)?′*")
_THREE = rf"(?:{CORNER}\s*){{3}}(?![A-Z_])"


def _braced(name: str, inside: str) -> str:
    return rf"(?P<{name}>\{{)?\s*{inside}(?({name})\}})"


_ANGLE = rf"(?:{_THREE}|[1-9]\d?(?![\d.]))"
PATTERN = (
    rf"{ANGLE}\s*{_braced('angle', _ANGLE)}"
    rf"|[SC]\s*(?:_\s*(?P<index>\{{)?\s*)?{TRIANGLE}\s*{_THREE}(?(index)\}})"
    rf"|{TRIANGLE}\s*{_braced('triangle', _THREE)}"
)
"""The name of a figure: ∠ABC, ∠1, △ABC, and S△ABC for the area of one."""

TOGETHER = (
    # A triangle typed with a letter that looks like one; else this is a difference or a discriminant.
    (re.compile(rf"[∆Δ▵](?=\s*\{{?\s*{_THREE})"), TRIANGLE),
    (re.compile("∆"), "Δ"),
    # ∠A and ∠α are the letters.
    (re.compile(rf"{ANGLE}\s*(?=\{{?\s*(?:[α-ω]|[A-Za-z](?:_(?:\d|\{{\d\}}))?(?!\s*[A-Z_′])))"), " "),
)
"""What signs say before corners."""


def name_of(found: str) -> str:
    """The one name that a figure has, but for △, where the order may be asked for."""
    plain = re.sub(r"[\s{}]", "", found)
    kind, _sign, _behind = plain.partition(TRIANGLE)
    corners = _CORNER.findall(plain.lstrip("SC_") if _sign else plain)
    if plain[0] == ANGLE:
        return f"{ANGLE}{''.join(_either_way(corners))}" if corners else plain
    if plain[0] == TRIANGLE:
        return f"{TRIANGLE}{''.join(corners)}"
    return f"{kind.rstrip('_')}_{TRIANGLE}{''.join(sorted(corners))}"


def atom_of(name: str) -> str:
    """What a *name* stands for: the same for two names of one triangle."""
    return TRIANGLE + "".join(sorted(_CORNER.findall(name))) if name[0] == TRIANGLE else name


def matched(one: str, other: str) -> tuple[str, str] | None:
    """Two triangles of which each corner goes with that in the same place; nothing if they are none."""
    if one[:1] != TRIANGLE or other[:1] != TRIANGLE:
        return None
    pairs = list(zip(_CORNER.findall(one), _CORNER.findall(other), strict=True))
    ways = (sorted(pairs), sorted((there, here) for here, there in pairs))
    left, right = zip(*min(ways), strict=True)
    return MATCHED + "".join(left), MATCHED + "".join(right)


def tell_of_segments(tokens: Sequence[str]) -> bool:
    """Whether capitals stand in pairs only, as they do where AB is a segment; else it is a product."""
    runs = list(_runs(tokens))
    return bool(runs) and all(
        end - begin == len("AB") and all(one[0].isupper() for one in tokens[begin:end]) for begin, end in runs
    )


def may_be_products(tokens: Sequence[str]) -> bool:
    """Whether a power stands behind a pair of capitals: ½CV² is no ½VC², though AB² is BA²."""
    return any(tokens[end : end + 1] == ["^"] for _begin, end in _runs(tokens))


def with_segments(tokens: Sequence[str]) -> list[str]:
    """The same with each pair of capitals as one name."""
    begins = {begin for begin, _end in _runs(tokens)}
    return [
        SEGMENT + "".join(_either_way(tokens[at : at + 2])) if at in begins else one
        for at, one in enumerate(tokens)
        if at - 1 not in begins
    ]


def _runs(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where letters stand beside each other, a capital among them."""
    found: list[tuple[int, int]] = []
    begin = 0
    for at, token in enumerate([*tokens, ""]):
        if not _is_plain_letter(token):
            if any(one[0].isupper() for one in tokens[begin:at]):
                found.append((begin, at))
            begin = at + 1
    return found


def _is_plain_letter(token: str) -> bool:
    return token[:1].isalpha() and (len(token) == 1 or "_" in token) and TRIANGLE not in token


def _either_way(corners: Sequence[str]) -> Sequence[str]:
    """From the end whose letter comes first."""
    return min(list(corners), list(corners)[::-1])
