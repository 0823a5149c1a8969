r"""The signs of a formula: what is typed and what LaTeX says become the same numbers, letters and signs.

Words between formulas are signs too: 或 is ``∨``, 且 is ``∧``, and 和 a comma.
"""

import re
from fractions import Fraction
from unicodedata import digit, name, normalize

from library.items.algebra import figures, vectors
from library.items.algebra.tree import TooLarge, Unreadable
from library.items.numbers import fold_width

LONGEST = 300
"""Characters."""


MOST_DIGITS = 15
"""Of one number, with its decimals."""


OR, AND = "∨", "∧"
SET, END_OF_SET = "⦃", "⦄"
"""Around a set or a system: braces alone are those of LaTeX, which nobody sees."""
BAR, END_OF_BAR = "⟦", "⟧"
"""Around an absolute value, where it is told which bar is the first one."""


_TYPED_AS = str.maketrans({SET: "{", END_OF_SET: "}", BAR: "|", END_OF_BAR: "|"})


CLOSES = {"(": ")", "[": "]", "{": "}", SET: END_OF_SET, BAR: END_OF_BAR}


_SAME = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "·": "*", "⋅": "*", "∙": "*", "÷": "/",
        "⁄": "/", "∕": "/", "。": ".", "又": " ", "、": ",", ";": ",", "$": " ", "&": " ", "≅": "≌", "∗": "*",
        "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥", "∶": ":", "比": ":", "∣": "|", "⋃": "∪",
        "∼": "∽", "~": "∽", "‖": "∥", "⫽": "∥",
        "'": "′", "’": "′", '"': "′′", "”": "′′", "度": "°",
        # What a Chinese keyboard writes with the keys of [, ], < and >.
        "【": "[", "】": "]", "《": "<", "》": ">",
    }
)  # fmt: skip


_LATEX = {
    r"\cdot": "*", r"\times": "×", r"\div": "/", r"\left": "", r"\right": "", r"\,": "", r"\;": "", r"\:": "",
    r"\!": "", r"\ ": "", r"\quad": "", r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\pi": "π",
    r"\lbrack": "[", r"\rbrack": "]", r"\placeholder": "", r"\{": SET, r"\}": END_OF_SET,
    r"\lbrace": SET, r"\rbrace": END_OF_SET, r"\lor": OR, r"\vee": OR, r"\land": AND, r"\wedge": AND,
    r"\pm": "±", r"\mp": "∓", r"\le": "≤", r"\leq": "≤", r"\leqslant": "≤", r"\ge": "≥", r"\geq": "≥",
    r"\geqslant": "≥", r"\ne": "≠", r"\neq": "≠", r"\lt": "<", r"\gt": ">", "\\\\": ",", r"\%": "%",
    r"\vert": "|", r"\mid": "|", r"\middle": "", r"\lvert": BAR, r"\rvert": END_OF_BAR, r"\infty": "∞",
    r"\cup": "∪", r"\in": "∈", r"\varnothing": "∅", r"\emptyset": "∅", r"\colon": ":", r"\angle": "∠",
    r"\triangle": "△", r"\cong": "≌", r"\sim": "∽", r"\backsim": "∽", r"\parallel": "∥", r"\perp": "⊥",
    r"\bot": "⊥",
    r"\degree": "°", r"\circ": "°", r"\prime": "′", r"\differentialD": "d", r"\exponentialE": "e",
    r"\R": "ℝ", r"\Z": "ℤ", r"\N": "ℕ", r"\Q": "ℚ", r"\ast": "*",
    r"\varepsilon": "ε", r"\varphi": "φ",
}  # fmt: skip


def _command_of(letter: str) -> str:
    """How LaTeX calls a Greek letter."""
    word = name(letter).rpartition(" ")[2].replace("LAMDA", "LAMBDA")
    return "\\" + (word.lower() if letter.islower() else word.capitalize())


_GREEK = {_command_of(one): one for one in "αβγδεζηθλμνξρστφχψωΔΘΛΣΦΨΩ"}


_LOWERED = re.compile("[₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼ]+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵃᵇᵏᵐᵖᵗˣʸ]+")
"""Several beside each other are one index, or one exponent: aₙ₊₁, 2ⁿ⁺¹."""


_TYPED = {"**": "^", "<=": "≤", ">=": "≥", "+/-": "±", "//": "∥"}
"""Signs of several characters."""


_COMMANDS = _LATEX | _GREEK
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|[\\,;:!{}% ])")


def _word(*words: str) -> re.Pattern[str]:
    r"""One of several *words*, by itself or as LaTeX has it: ``\text{or}``."""
    said = "|".join(words)
    bare = "|".join(rf"(?<![A-Za-z\\]){one}(?![A-Za-z])" if one.isascii() else one for one in words)
    return re.compile(rf"\\(?:text|mathrm|operatorname)\s*\{{\s*(?:{said})\s*\}}|{bare}")


WORDS = {OR: _word("或者", "或", "or"), AND: _word("并且", "且", "and"), ",": _word("以及", "和", "与", "及")}
"""What stands between formulas, by the sign for it."""


_ROWS = r"(?:array|aligned|gathered|matrix)"


_DEGREES = {"∛": "3", "∜": "4"} | {one: str(digit(one)) for one in "²³⁴⁵⁶⁷⁸⁹"}
ROOT_DEGREE = r"(?:(?<![\w)\]}])²|(?<![A-Za-zα-ωΑ-Ω)\]}])[³⁴⁵⁶⁷⁸⁹])"
"""It stands before a root, where no letter stands of which it is the power: a²√b."""
_ROOT = re.compile(rf"([∛∜])|({ROOT_DEGREE})\s*√")


NUMBER_SETS = dict(zip("RZNQ", "ℝℤℕℚ", strict=True))
"""By the letters that textbooks print bold, or with a double stroke."""
_DOUBLE = str.maketrans({sign: rf"\mathbb{{{letter}}}" for letter, sign in NUMBER_SETS.items()})
"""Folded, they would be plain letters."""


REPEATING = re.compile(r"(\d)\s?\u0307")
"""A digit under a dot, as it is typed."""
UNEQUAL_TYPED = re.compile(r"(?<!\d)!=")
"""Of 5!=120 the sign belongs to the number."""


_TOGETHER = (
    (re.compile(r"\\mathbb\s*(\{)?\s*([RZNQ])\s*(?(1)\})"), r"\\\2 "),
    (re.compile(r"(∈|\\in(?![a-z]))\s*\\math(?:bf|rm)\s*(\{)?\s*([RZNQ])\s*(?(2)\})"), r"\1\\\3 "),
    # What repeats stands between ⟨ and ⟩: dots are over its first and its last digit, a line is over all.
    (re.compile(r"\\dot\s*(\{)?\s*(\d)\s*(?(1)\})\s*"), "\\2\u0307"),
    (
        re.compile(r"(\d\.\d*?)(\d)\s?\u0307(?:(\d*)(\d)\s?\u0307)?(?![\d\u0307])"),
        r"\1⟨\2\3\4⟩",
    ),
    (re.compile(r"(\d\.\d*)\\overline\s*\{\s*(\d+)\s*\}(?!\d)"), r"\1⟨\2⟩"),
    (UNEQUAL_TYPED, "≠"),
    # Of x1=1, x2=3 the digits are an index; else x2 is most likely a slip for x².
    (re.compile(r"(?<![A-Za-z\\])(?P<one>[a-zA-Z])1(\s*=[^=]*?)\b(?P=one)2(?=\s*=)"), r"\1_1\2\1_2"),
    (re.compile(r"(?<![A-Za-z\\])pi(?![A-Za-z])"), "π"),
    (re.compile(r"\\begin\s*\{d?cases\}"), SET),
    (re.compile(rf"(?:\\left\s*)?\\(?:\{{|lbrace)\s*\\begin\s*\{{{_ROWS}\}}\s*(?:\{{[lcr]*\}})?"), SET),
    (re.compile(rf"(?:\\\\\s*)?\\end\s*\{{(?:d?cases|{_ROWS})\}}\s*(?:\\right\s*\.)?"), END_OF_SET),
    (re.compile(r"\\middle\s*\{\s*\\vert\s*\}"), "|"),
    (re.compile(r"\\left\s*(?:\||\\l?vert(?![a-z]))"), BAR),
    (re.compile(r"\\right\s*(?:\||\\r?vert(?![a-z]))"), END_OF_BAR),
    (re.compile(r"\^\s*(?:\{\s*(?:\\prime\s*){2}\}|\\doubleprime(?![a-z]))"), "′′"),
    (re.compile(r"\^\s*(\{)?\s*\\prime(?![a-z])\s*(?(1)\})"), "′"),
    (re.compile(r"\^\s*(\{)?\s*(?:\\(?:circ|degree)(?![a-z])|°)\s*(?(1)\})"), "°"),
)
"""What several commands of LaTeX say together."""


# Between the letters of absinC stands a sine.
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*(?:⟨\d+⟩)?)?|\.\d+)"
    r"|(?P<word>\\?(?:sqrt|cbrt|frac|sin|cos|tan|ln|lg|log|abs(?!in)|gcd|lcm|mod|min|max))"
    rf"|(?P<figure>{figures.PATTERN})"
    rf"|(?P<vector>{vectors.PATTERN})"
    r"|(?P<name>[a-zA-Zα-ωΑ-Ω](?:\s*_\s*(?:[0-9a-zA-Z]|\{\s*[0-9a-zA-Z](?:[+-]?[0-9a-zA-Z]){0,2}\s*\}))?)"
    r"|(?P<sign>√(?:⟨\d⟩)?|′′?|[-+*×/^_(){}\[\],=≠<>≤≥∥⊥≌∽±∓∨∧⦃⦄⟦⟧|:∈∪∞∅°%‰!ℝℤℕℚ]))"
)


_FINALLY = (
    # Before a word a comma says nothing: x≥1，且x≠2.
    (re.compile(r",\s*(?=[∨∧])"), ""),
    # Between intervals the letter that looks like it stands for a union.
    (re.compile(r"(?<=[)\]])\s*U\s*(?=[(\[][^()\[\]]*,)"), "∪"),
)
"""What the signs say together, once they are the same."""


_NAME = r"[a-zA-Z](?:_(?:\w|\{\w\}))?"
_SIDE_BY_SIDE = re.compile(rf"(?<![^,{{⦃∨∧])(?:{_NAME}\s*=\s*[^=,\s]*[\w)}}]\s+)+(?={_NAME}\s*=)")
"""Solutions with nothing but spaces between them: x=1 y=2."""
_BETWEEN = re.compile(rf"\s+(?={_NAME}\s*=|$)")


_SPACES_AND_BRACES = re.compile(r"[\s{}]")


_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:(?:,|\{,\})\d{3})+(?![\d,])")


def tokens_of(text: str) -> list[str]:
    """The numbers, letters and signs of *text*, typed forms and those of LaTeX alike.

    Raises:
        Unreadable: it is longer than any formula at school, or something in it belongs to none.
    """
    if len(text) > LONGEST:
        raise TooLarge(f"> {LONGEST}")
    plain = _plain(text)
    found, end = [], 0
    while end < len(plain):
        token = _TOKEN.match(plain, end)
        if token is None:
            raise Unreadable(plain[end : end + 10].strip())
        if token["number"] and len(token["number"].strip("⟩").replace("⟨", "")) > MOST_DIGITS + 1:
            raise Unreadable(token["number"][:10])
        found.append(_name_of(token))
        end = token.end()
    return found


def _name_of(token: re.Match[str]) -> str:
    """What a token is called, however it was written."""
    if token["figure"]:
        return figures.name_of(token["figure"])
    if token["vector"]:
        return vectors.name_of(token["vector"])
    return _SPACES_AND_BRACES.sub("", token[0]) if token["name"] else token[0].strip().removeprefix("\\")


def _plain(text: str) -> str:
    plain = text.replace("º", "°").translate(_DOUBLE)
    plain = _ROOT.sub(lambda found: f"√⟨{_DEGREES[found[1] or found[2]]}⟩", plain)
    plain = _LOWERED.sub(lambda run: f"_{{{normalize('NFKC', run[0])}}}", plain)
    plain = fold_width(_RAISED.sub(lambda run: f"^{{{normalize('NFKC', run[0])}}}", plain))
    for sign, word in WORDS.items():
        plain = word.sub(sign, plain)
    for told, sign in (*_TOGETHER, *vectors.TOGETHER):
        plain = told.sub(sign, plain)
    plain = _COMMAND.sub(
        lambda found: _COMMANDS.get(found[0], found[0]) + " ", plain.translate(_SAME)
    ).rstrip()
    for typed, sign in _TYPED.items():
        plain = plain.replace(typed, sign)
    plain = _SIDE_BY_SIDE.sub(lambda found: _BETWEEN.sub(",", found[0]), plain)
    for said, sign in (*figures.TOGETHER, *_FINALLY):
        plain = said.sub(sign, plain)
    return plain.rstrip(" .,")


def number_in(token: str) -> Fraction:
    """The number that *token* is: 0.1⟨428⟩ is 0.1 and, behind that, 428 again and again."""
    told, _sign, repeated = token.rstrip("⟩").partition("⟨")
    if not repeated:
        return Fraction(told)
    below = (10 ** len(repeated) - 1) * 10 ** len(told.partition(".")[2])
    return Fraction(told.rstrip(".")) + Fraction(int(repeated), below)


def is_letter(token: str) -> bool:
    """Whether it is one, with an index or without, or the name of a figure; functions have longer names."""
    if token in NUMBER_SETS.values():
        return False
    return token[:1] in {*figures.SIGNS, vectors.ARROW} or (
        token[:1].isalpha() and (len(token) == 1 or "_" in token)
    )


def as_typed(signs: str) -> str:
    """*signs* for a person: as they are typed."""
    return signs.translate(_TYPED_AS)


def without_thousands(text: str) -> str:
    """*text* with 1,000 as 1000. In brackets a comma parts: (1,200) is a pair."""
    folded = fold_width(text)
    joined = _THOUSANDS.sub(
        lambda found: found[0] if _level(folded[: found.start()]) else re.sub(r"[,{}]", "", found[0]), folded
    )
    return text if joined == folded else joined


def _level(before: str) -> int:
    """In how many brackets one stands behind this."""
    return sum(before.count(one) for one in "([{") - sum(before.count(one) for one in ")]}")
