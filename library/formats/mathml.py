"""MathML as LaTeX: what schools write; anything else is said plainly, as the words in it."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from xml.etree.ElementTree import Element

from library.packages.markup import attribute, below, children, kind_of

DEEPEST = 40
_TEX = frozenset({"application/x-tex", "latex", "tex", "application/x-latex"})
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "×": r"\times ", "÷": r"\div ", "±": r"\pm ", "∓": r"\mp ", "·": r"\cdot ", "⋅": r"\cdot ", "−": "-",
        "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "≡": r"\equiv ", "∞": r"\infty ",
        "→": r"\to ", "⇒": r"\Rightarrow ", "⇔": r"\Leftrightarrow ", "∈": r"\in ", "∉": r"\notin ",
        "⊂": r"\subset ", "⊆": r"\subseteq ", "∪": r"\cup ", "∩": r"\cap ", "∅": r"\varnothing ",
        "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "√": r"\surd ", "∠": r"\angle ", "△": r"\triangle ",
        "∥": r"\parallel ", "⊥": r"\perp ", "∽": r"\backsim ", "≅": r"\cong ", "°": r"^\circ ", "′": "'",
        "∴": r"\therefore ", "∵": r"\because ", "…": r"\ldots ", "⋯": r"\cdots ", "∂": r"\partial ",
        "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "δ": r"\delta ", "ε": r"\varepsilon ",
        "θ": r"\theta ", "λ": r"\lambda ", "μ": r"\mu ", "π": r"\pi ", "ρ": r"\rho ", "σ": r"\sigma ",
        "φ": r"\varphi ", "ω": r"\omega ", "Δ": r"\Delta ", "Ω": r"\Omega ", "Σ": r"\Sigma ",
        "%": r"\%", "#": r"\#", "&": r"\&", "$": "", "{": r"\{", "}": r"\}", "_": r"\_", "~": r"\sim ",
        "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "",
        "\N{NO-BREAK SPACE}": r"\ ", "\\": r"\backslash ",
    }
)  # fmt: skip
_ACCENTS = {"¯": "overline", "‾": "overline", "→": "vec", "⃗": "vec", "^": "hat", "ˆ": "hat", "˙": "dot",
            "~": "tilde", "⌢": "overset{\\frown}", "⏞": "overbrace"}  # fmt: skip
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ROWS = ("math", "mrow", "mstyle", "mpadded", "semantics", "menclose", "merror")
_LARGE = frozenset({r"\sum ", r"\prod ", r"\int ", r"\lim ", "lim"})
_FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "ln", "lg", "lim", "max", "min", "cot", "exp", "gcd"})


def latex_of(math: Element) -> tuple[str, bool]:
    """A formula as LaTeX without dollar signs, and whether all of it could be said.

    The LaTeX that it was made of is taken where it stands beside it.
    """
    for one in below(math, "annotation"):
        if attribute(one, "encoding").lower() in _TEX and one.text and "$" not in one.text:
            return _bare(one.text), True
    writer = _Writer()
    said = writer.row(list(math), 0)
    return " ".join(said.split()), writer.is_whole


def _bare(latex: str) -> str:
    """LaTeX on one line, without the brackets that some write around it."""
    plain = " ".join(latex.split("\n")).strip()
    for opens, closes in (("\\[", "\\]"), ("\\(", "\\)")):
        if plain.startswith(opens) and plain.endswith(closes):
            return plain[len(opens) : -len(closes)].strip()
    return plain


class _Writer:
    def __init__(self) -> None:
        self.is_whole = True
        self.writers: dict[str, Callable[[list[Element], int], str]] = {
            "mfrac": lambda parts, deep: self._command("\\frac", parts[:2], deep),
            "msqrt": lambda parts, deep: f"\\sqrt{{{self.row(parts, deep)}}}",
            "mroot": lambda parts, deep: (
                f"\\sqrt[{self.row(parts[1:2], deep)}]{{{self.row(parts[:1], deep)}}}"
            ),
            "msup": lambda parts, deep: self._scripts(parts, ("^",), deep),
            "msub": lambda parts, deep: self._scripts(parts, ("_",), deep),
            "msubsup": lambda parts, deep: self._scripts(parts, ("_", "^"), deep),
            "munder": lambda parts, deep: self._under_over(parts, ("_",), deep),
            "mover": lambda parts, deep: self._under_over(parts, ("^",), deep),
            "munderover": lambda parts, deep: self._under_over(parts, ("_", "^"), deep),
            "mtable": self._table,
            "mphantom": lambda _parts, _deep: "",
            "mspace": lambda _parts, _deep: r"\ ",
            "none": lambda _parts, _deep: "",
            "annotation": lambda _parts, _deep: "",
            "annotation-xml": lambda _parts, _deep: "",
            **dict.fromkeys(_ROWS, self.row),
        }

    def row(self, parts: Sequence[Element], deep: int) -> str:
        return "".join(self.one(part, deep + 1) for part in parts)

    def one(self, element: Element, deep: int) -> str:
        kind = kind_of(element)
        if deep > DEEPEST:
            self.is_whole = False
            return ""
        if kind in _LEAVES:
            text = "".join(element.itertext())
            return _text(text) if kind in {"mtext", "ms"} else _sign(text.strip(), kind)
        if kind == "mfenced":
            return self._fenced(element, deep)
        writer = self.writers.get(kind)
        if writer is None:
            self.is_whole = False
            return _text("".join(element.itertext()))
        return writer(list(element), deep)

    def _fenced(self, element: Element, deep: int) -> str:
        opens, closes = element.get("open", "("), element.get("close", ")")
        inner = ",".join(self.one(part, deep + 1) for part in element)
        return f"\\left{_fence(opens)}{inner}\\right{_fence(closes)}"

    def _command(self, name: str, parts: Sequence[Element], deep: int) -> str:
        return name + "".join(f"{{{self.row([part], deep)}}}" for part in parts)

    def _scripts(self, parts: Sequence[Element], signs: Sequence[str], deep: int) -> str:
        if not parts:
            return ""
        base = self.row(parts[:1], deep)
        base = base if len(base.strip()) <= 1 or base.strip().startswith("\\") else f"{{{base}}}"
        return base + self._raised(parts[1:], signs, deep)

    def _raised(self, parts: Sequence[Element], signs: Sequence[str], deep: int) -> str:
        said = [(sign, self.row([part], deep).strip()) for sign, part in zip(signs, parts, strict=False)]
        return "".join(
            f"^{{{text.removeprefix('^')}}}" if sign == "^" else f"_{{{text}}}" for sign, text in said
        )

    def _under_over(self, parts: Sequence[Element], signs: Sequence[str], deep: int) -> str:
        if not parts:
            return ""
        base = self.row(parts[:1], deep)
        over = "".join(parts[-1].itertext()).strip()
        if signs == ("^",) and over in _ACCENTS:
            return f"\\{_ACCENTS[over]}{{{base}}}"
        if base in _LARGE:
            name = "\\lim " if base == "lim" else base
            return name.strip() + self._raised(parts[1:], signs, deep)
        return f"{{{base}}}" + self._raised(parts[1:], signs, deep)

    def _table(self, parts: list[Element], deep: int) -> str:
        rows = [
            " & ".join(self.row(list(cell), deep) for cell in children(row, "mtd"))
            for row in parts
            if kind_of(row) in {"mtr", "mlabeledtr"}
        ]
        return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


def _sign(text: str, kind: str) -> str:
    if text in _SIGNS:
        return _SIGNS[text]
    if text in _FUNCTIONS:
        return f"\\{text} "
    if kind == "mi" and len(text) > 1 and text.isascii() and text.isalpha():
        return f"\\mathrm{{{text}}}"
    plain = "".join(_SIGNS.get(letter, letter) for letter in text)
    return _text(plain) if any(ord(letter) > 0x2E7F for letter in plain) else plain  # noqa: PLR2004 -- Chinese


def _text(text: str) -> str:
    plain = " ".join(text.replace("$", "").replace("\\", "").replace("{", "").replace("}", "").split())
    return f"\\text{{{plain}}}" if plain else ""


def _fence(sign: str) -> str:
    return {"{": "\\{", "}": "\\}", "": "."}.get(sign, sign if sign in "()[]|/" else ".")
