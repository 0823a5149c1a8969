"""Letters of fonts of signs that papers use, as letters."""

from collections.abc import Mapping
from types import MappingProxyType

SYMBOLS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "Wingdings": {"FC": "√", "FB": "×", "A8": "□", "6F": "□", "6C": "●"},
    "Wingdings 2": {"50": "√", "4F": "×", "A3": "□"},
    "Symbol": {
        "B4": "×", "B8": "÷", "D7": "·", "61": "α", "62": "β", "70": "π", "71": "θ", "44": "Δ", "D0": "∠",
        "A3": "≤", "B3": "≥", "B9": "≠",
    },
})  # fmt: skip
"""Letters of fonts of signs, by the font and the end of their code."""
PRIVATE = frozenset(map(chr, range(0xF020, 0xF100)))
"""As which Word writes letters of such fonts: with any other font they say nothing."""
