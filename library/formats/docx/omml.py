"""Formulas of Word (OMML, ISO/IEC 29500-1 §22.1) as LaTeX: what school books use.

Fractions, roots, powers and indices, sums and integrals, brackets, matrices, systems of equations, functions,
limits, accents, lines above and below. Anything else is named, never guessed.
"""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from library.formats.docx.names import child, children, is_on, local, value

_SIGNS: Mapping[str, str] = {
    "×": r"\times ", "÷": r"\div ", "·": r"\cdot ", "±": r"\pm ", "∓": r"\mp ", "≤": r"\le ", "≥": r"\ge ",
    "⩽": r"\leqslant ", "⩾": r"\geqslant ", "≠": r"\ne ", "≈": r"\approx ", "≡": r"\equiv ",
    "∼": r"\sim ", "≅": r"\cong ", "∞": r"\infty ", "∈": r"\in ", "∉": r"\notin ", "⊂": r"\subset ",
    "⊆": r"\subseteq ", "∪": r"\cup ", "∩": r"\cap ", "∅": r"\varnothing ", "∠": r"\angle ",
    "⊥": r"\perp ", "∥": r"\parallel ", "△": r"\triangle ", "∵": r"\because ", "∴": r"\therefore ",
    "⊙": r"\odot ", "√": r"\surd ", "∂": r"\partial ", "→": r"\to ", "⇒": r"\Rightarrow ",
    "⇔": r"\Leftrightarrow ", "↔": r"\leftrightarrow ", "∀": r"\forall ", "∃": r"\exists ", "¬": r"\neg ",
    "∧": r"\wedge ", "∨": r"\vee ", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "…": r"\dots ",
    "⋯": r"\cdots ", "°": r"^{\circ}", "′": "'", "″": "''", "−": "-", "－": "-", "＝": "=", "＋": "+",
    "（": "(", "）": ")", "＜": "<", "＞": ">", "｜": "|", "\N{NO-BREAK SPACE}": " ",
    "\N{FUNCTION APPLICATION}": "", "∣": r"\mid ", "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ",
    "δ": r"\delta ", "ε": r"\varepsilon ", "θ": r"\theta ", "λ": r"\lambda ", "μ": r"\mu ", "π": r"\pi ",
    "ρ": r"\rho ", "σ": r"\sigma ", "φ": r"\varphi ", "ω": r"\omega ", "Δ": r"\Delta ", "Ω": r"\Omega ",
    "Σ": r"\Sigma ", "Φ": r"\Phi ", "η": r"\eta ", "τ": r"\tau ", "ξ": r"\xi ", "{": r"\{", "}": r"\}",
    "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "\\": r"\backslash ", "~": r"\sim ",
    "^": r"\hat{}",
}  # fmt: skip
_FUNCTIONS = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "log", "ln", "lg", "lim", "max",
    "min", "exp",
})  # fmt: skip
_SUMS = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint",
    "⋃": r"\bigcup", "⋂": r"\bigcap",
}  # fmt: skip
_ACCENTS = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\overline", "\u0307": r"\dot",
    "\u0308": r"\ddot", "\u20d7": r"\vec", "\u20d6": r"\overleftarrow",
    "\u0306": r"\breve", "\u030c": r"\check",
    "¯": r"\overline", "→": r"\vec",
}  # fmt: skip
_OPENING = {
    "(": "(",
    "[": "[",
    "{": r"\{",
    "|": "|",
    "‖": r"\|",
    "⌊": r"\lfloor",
    "⌈": r"\lceil",
    "〈": r"\langle",
    "": ".",
}
_CLOSING = {
    ")": ")",
    "]": "]",
    "}": r"\}",
    "|": "|",
    "‖": r"\|",
    "⌋": r"\rfloor",
    "⌉": r"\rceil",
    "〉": r"\rangle",
    "": ".",
}
_QUIET = frozenset(
    {"ctrlPr", "rPr", "proofErr", "bookmarkStart", "bookmarkEnd", "argPr", "lastRenderedPageBreak"}
)


class Unread(Exception):
    """A part of a formula that is not read; its name is the argument."""


def latex_of(formula: Element) -> str:
    """The LaTeX of an ``oMath`` or ``oMathPara``, without dollar signs.

    Raises:
        Unread: it holds something that is not read.
    """
    parts = (
        [_all(one) for one in formula.iter() if local(one) == "oMath"]
        if local(formula) == "oMathPara"
        else [_all(formula)]
    )
    return " ".join(r" \quad ".join(parts).split())


def _all(element: Element | None) -> str:
    """Everything inside an element."""
    return "" if element is None else "".join(_one(one) for one in element)


def _one(element: Element) -> str:
    name = local(element)
    if name in _QUIET or name.endswith("Pr"):
        return ""
    if name in {
        "r",
        "ins",
        "e",
        "num",
        "den",
        "sub",
        "sup",
        "deg",
        "lim",
        "fName",
        "oMath",
        "smartTag",
        "hyperlink",
    }:
        return _run(element) if name == "r" else _all(element)
    if name not in _READERS:
        raise Unread(name)
    return _READERS[name](element)


def _run(run: Element) -> str:
    text = "".join(one.text or "" for one in run if local(one) == "t")
    if is_on(child(run, "rPr"), "nor") or any("\u3400" <= letter <= "\u9fff" for letter in text):
        return _in_words(text)
    if text.strip() in _FUNCTIONS:
        return "\\" + text.strip() + " "
    return "".join(_SIGNS.get(letter, letter) for letter in text)


def _in_words(text: str) -> str:
    if text.strip() in _FUNCTIONS:
        return "\\" + text.strip() + " "
    kept = "".join(_SIGNS[one] if one in "{}%#&$_" else one for one in text if one not in "\\^~")
    return rf"\text{{{kept}}}" if kept.strip() else kept


def _part(element: Element, name: str) -> str:
    return _all(child(element, name)).strip()


def _fraction(element: Element) -> str:
    over, under = _part(element, "num"), _part(element, "den")
    kind = value(child(element, "fPr", "type"))
    if kind in {"lin", "skw"}:
        return f"{{{over}}}/{{{under}}}"
    return rf"\binom{{{over}}}{{{under}}}" if kind == "noBar" else rf"\frac{{{over}}}{{{under}}}"


def _root(element: Element) -> str:
    degree, inside = _part(element, "deg"), _part(element, "e")
    hidden = is_on(child(element, "radPr"), "degHide")
    return rf"\sqrt{{{inside}}}" if hidden or not degree else rf"\sqrt[{degree}]{{{inside}}}"


def _power(element: Element) -> str:
    base = _part(element, "e")
    low, high = _part(element, "sub"), _part(element, "sup")
    below = f"_{{{low}}}" if child(element, "sub") is not None else ""
    above = f"^{{{high}}}" if child(element, "sup") is not None else ""
    return f"{_atom(base)}{below}{above}"


def _before(element: Element) -> str:
    return f"{{}}_{{{_part(element, 'sub')}}}^{{{_part(element, 'sup')}}}{_part(element, 'e')}"


def _atom(base: str) -> str:
    """A base that a power binds to as a whole."""
    return base if len(base) == 1 or base.startswith((r"\left", r"\sum")) else f"{{{base}}}"


def _sum(element: Element) -> str:
    properties = child(element, "naryPr")
    sign = _SUMS.get(value(child(properties, "chr"), default="∫"))
    if sign is None:
        raise Unread("nary")
    low = "" if is_on(properties, "subHide") else _part(element, "sub")
    high = "" if is_on(properties, "supHide") else _part(element, "sup")
    return f"{sign}{f'_{{{low}}}' if low else ''}{f'^{{{high}}}' if high else ''} {_part(element, 'e')}"


def _brackets(element: Element) -> str:
    properties = child(element, "dPr")
    begin, end = (
        value(child(properties, "begChr"), default="("),
        value(child(properties, "endChr"), default=")"),
    )
    if begin not in _OPENING and begin not in _CLOSING:
        raise Unread(begin)
    between = value(child(properties, "sepChr"), default="|")
    inside = rf"\middle{between} ".join(_all(one).strip() for one in children(element, "e"))
    left = _OPENING.get(begin, _CLOSING.get(begin, "."))
    right = _CLOSING.get(end, _OPENING.get(end, "."))
    return rf"\left{left} {inside} \right{right}"


def _matrix(element: Element) -> str:
    rows = [" & ".join(_all(one).strip() for one in children(row, "e")) for row in children(element, "mr")]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


def _equations(element: Element) -> str:
    # The sign of alignment is a plain & in a run.
    rows = [_all(one).strip().replace(r"\&", "&") for one in children(element, "e")]
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _limit(place: str) -> Callable[[Element], str]:
    def read(element: Element) -> str:
        base, beside = _part(element, "e"), _part(element, "lim")
        if base.strip() in {r"\lim", r"\max", r"\min"}:
            return f"{base.strip()}{place}{{{beside}}}"
        return rf"\{'under' if place == '_' else 'over'}set{{{beside}}}{{{base}}}"

    return read


def _accent(element: Element) -> str:
    sign = _ACCENTS.get(value(child(element, "accPr", "chr"), default="\u0302"))
    if sign is None:
        raise Unread("acc")
    return f"{sign}{{{_part(element, 'e')}}}"


def _line(element: Element) -> str:
    is_above = value(child(element, "barPr", "pos"), default="bot") == "top"
    return rf"\{'over' if is_above else 'under'}line{{{_part(element, 'e')}}}"


def _grouped(element: Element) -> str:
    sign = value(child(element, "groupChrPr", "chr"), default="⏟")
    name = {"⏟": "underbrace", "⏞": "overbrace", "→": "overrightarrow", "⌒": "overset{\\frown}"}.get(sign)
    if name is None:
        raise Unread("groupChr")
    return rf"\{name}{{{_part(element, 'e')}}}"


def _boxed(element: Element) -> str:
    return rf"\boxed{{{_part(element, 'e')}}}"


def _inside(element: Element) -> str:
    return _part(element, "e")


def _phantom(element: Element) -> str:
    return rf"\phantom{{{_part(element, 'e')}}}"


_READERS: Mapping[str, Callable[[Element], str]] = {
    "f": _fraction,
    "rad": _root,
    "sSup": _power,
    "sSub": _power,
    "sSubSup": _power,
    "sPre": _before,
    "nary": _sum,
    "d": _brackets,
    "m": _matrix,
    "eqArr": _equations,
    "func": _function,
    "limLow": _limit("_"),
    "limUpp": _limit("^"),
    "acc": _accent,
    "bar": _line,
    "groupChr": _grouped,
    "borderBox": _boxed,
    "box": _inside,
    "phant": _phantom,
}
