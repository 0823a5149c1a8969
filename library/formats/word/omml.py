"""Formulas as Word has them (OMML), out of MathML: what is written at school."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from xml.etree.ElementTree import Element

from library.formats.formulas import math_of
from library.packages.markup import children, kind_of

OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DEEPEST = 60
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_LARGE = frozenset("∑∏∫∮⋃⋂∐")
_ACCENTS = {
    "¯": "\u0305",
    "‾": "\u0305",
    "―": "\u0305",
    "→": "\u20d7",
    "^": "\u0302",
    "˙": "\u0307",
    "~": "\u0303",
}


def omml_of(latex: str) -> str | None:
    """A formula as an ``m:oMath`` element; None where the LaTeX cannot be read."""
    math = math_of(latex)
    if math is None:
        return None
    semantics = next(children(math, "semantics"), math)
    parts = [one for one in semantics if kind_of(one) != "annotation"]
    inner = _row(parts, 0)
    return f'<m:oMath xmlns:m="{OMML}">{inner}</m:oMath>' if inner else None


def _row(parts: Sequence[Element], deep: int) -> str:
    out, at = [], 0
    while at < len(parts):
        one = parts[at]
        if _is_upright(one):
            # A unit or a name of several letters is one word, not so many variables.
            end = next(
                (place for place in range(at, len(parts)) if not _is_upright(parts[place])), len(parts)
            )
            out.append(_run("".join(_text(part) for part in parts[at:end]), is_upright=True))
            at = end
        elif _is_large(one):
            # A sum stands over what follows it: alone it would leave an empty box.
            following = _one(parts[at + 1], deep + 1) if at + 1 < len(parts) else _run("\u200b")
            out.append(_nary(one, following, deep))
            at += 2
        else:
            out.append(_one(one, deep + 1))
            at += 1
    return "".join(out)


def _one(element: Element, deep: int) -> str:
    kind = kind_of(element)
    if deep > DEEPEST:
        return ""
    if kind in _LEAVES:
        return _run(_text(element), is_upright=kind in {"mtext", "ms"} or _is_upright(element))
    parts = list(element)
    write = _WRITERS.get(kind)
    return write(parts, deep) if write and parts else _row(parts, deep)


def _run(text: str, *, is_upright: bool = False) -> str:
    if not text:
        return ""
    plain = "<m:rPr><m:nor/></m:rPr>" if is_upright else ""
    return f'<m:r>{plain}<m:t xml:space="preserve">{escape(text, quote=False)}</m:t></m:r>'


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _is_upright(element: Element) -> bool:
    return kind_of(element) == "mi" and element.get("mathvariant") == "normal"


def _part(name: str, parts: Sequence[Element], deep: int) -> str:
    return f"<m:{name}>{_row(parts, deep)}</m:{name}>"


def _fraction(parts: list[Element], deep: int) -> str:
    return f"<m:f>{_part('num', parts[:1], deep)}{_part('den', parts[1:2], deep)}</m:f>"


def _root(parts: list[Element], deep: int) -> str:
    hidden = '<m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>'
    return f"<m:rad>{hidden}{_part('e', parts, deep)}</m:rad>"


def _nth_root(parts: list[Element], deep: int) -> str:
    return f"<m:rad>{_part('deg', parts[1:2], deep)}{_part('e', parts[:1], deep)}</m:rad>"


def _super(parts: list[Element], deep: int) -> str:
    return f"<m:sSup>{_part('e', parts[:1], deep)}{_part('sup', parts[1:2], deep)}</m:sSup>"


def _sub(parts: list[Element], deep: int) -> str:
    return f"<m:sSub>{_part('e', parts[:1], deep)}{_part('sub', parts[1:2], deep)}</m:sSub>"


def _both(parts: list[Element], deep: int) -> str:
    return (
        f"<m:sSubSup>{_part('e', parts[:1], deep)}{_part('sub', parts[1:2], deep)}"
        f"{_part('sup', parts[2:3], deep)}</m:sSubSup>"
    )


def _under(parts: list[Element], deep: int) -> str:
    return f"<m:limLow>{_part('e', parts[:1], deep)}{_part('lim', parts[1:2], deep)}</m:limLow>"


def _over(parts: list[Element], deep: int) -> str:
    sign = _text(parts[1]).strip() if len(parts) > 1 else ""
    if sign in _ACCENTS:
        properties = f'<m:accPr><m:chr m:val="{_ACCENTS[sign]}"/></m:accPr>'
        return f"<m:acc>{properties}{_part('e', parts[:1], deep)}</m:acc>"
    return f"<m:limUpp>{_part('e', parts[:1], deep)}{_part('lim', parts[1:2], deep)}</m:limUpp>"


def _under_over(parts: list[Element], deep: int) -> str:
    below = f"<m:limLow>{_part('e', parts[:1], deep)}{_part('lim', parts[1:2], deep)}</m:limLow>"
    return f"<m:limUpp><m:e>{below}</m:e>{_part('lim', parts[2:3], deep)}</m:limUpp>"


def _table(parts: list[Element], deep: int) -> str:
    rows = [
        f"<m:mr>{''.join(_part('e', list(cell), deep) for cell in children(row, 'mtd'))}</m:mr>"
        for row in parts
        if kind_of(row) == "mtr"
    ]
    return f"<m:m>{''.join(rows)}</m:m>"


def _is_large(element: Element) -> bool:
    if kind_of(element) not in {"msub", "msup", "msubsup", "munder", "mover", "munderover"}:
        return False
    return bool(len(element)) and _text(element[0]).strip() in _LARGE


def _nary(element: Element, following: str, deep: int) -> str:
    parts, kind = list(element), kind_of(element)
    sign = _text(parts[0]).strip()
    below = parts[1:2] if kind in {"msub", "munder", "msubsup", "munderover"} else []
    above = parts[2:3] if kind in {"msubsup", "munderover"} else ([] if below else parts[1:2])
    hidden = ("" if below else '<m:subHide m:val="1"/>') + ("" if above else '<m:supHide m:val="1"/>')
    properties = f'<m:naryPr><m:chr m:val="{sign}"/><m:limLoc m:val="undOvr"/>{hidden}</m:naryPr>'
    limits = f"{_part('sub', below, deep)}{_part('sup', above, deep)}"
    return f"<m:nary>{properties}{limits}<m:e>{following}</m:e></m:nary>"


_WRITERS: Mapping[str, Callable[[list[Element], int], str]] = MappingProxyType(
    {
        "mfrac": _fraction,
        "msqrt": _root,
        "mroot": _nth_root,
        "msup": _super,
        "msub": _sub,
        "msubsup": _both,
        "munder": _under,
        "mover": _over,
        "munderover": _under_over,
        "mtable": _table,
    }
)
