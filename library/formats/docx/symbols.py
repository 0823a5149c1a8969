"""Letters of fonts of signs that papers use, as letters."""

from collections.abc import Mapping
from types import MappingProxyType

_IN_A_ROW = {
    0x22: "∀", 0x24: "∃", 0x2D: "−", 0x40: "≅", 0x44: "Δ", 0x46: "ΦΓ", 0x4C: "Λ", 0x50: "ΠΘ", 0x53: "Σ",
    0x57: "ΩΞΨ", 0x5C: "∴", 0x5E: "⊥", 0x61: "αβχδεφγηιϕκλμν", 0x70: "πθρστ", 0x77: "ωξψζ", 0x7E: "∼",
    0xA2: "′≤⁄∞", 0xAB: "↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xC5: "⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇", 0xD6: "√·¬∧∨⇔⇐⇑⇒⇓", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
"""Of the font Symbol, by the code of the first of several."""
_AS_ELSEWHERE = {f"{ord(one):02X}": one for one in "0123456789 !#%&()+,./:;<=>?[]_{|}ABEHIKMNOTZ"}

SYMBOLS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "Wingdings": {"FC": "√", "FB": "×", "A8": "□", "6F": "□", "6C": "●"},
    "Wingdings 2": {"50": "√", "4F": "×", "A3": "□"},
    "Symbol": _AS_ELSEWHERE | {
        f"{first + place:02X}": sign for first, signs in _IN_A_ROW.items() for place, sign in enumerate(signs)
    },
})  # fmt: skip
"""Letters of fonts of signs, by the font and the end of their code."""
PRIVATE = frozenset(map(chr, range(0xF020, 0xF100)))
"""As which Word writes letters of such fonts: with any other font they say nothing."""
