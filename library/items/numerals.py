"""Numbers in Chinese words, as digits: 十二 is 12, 三分之一 is 1/3, 负三点一四 is -3.14, 3.5万 is 35000."""

import re
from decimal import Decimal

_DIGITS = {"〇": "零", "两": "二", "兩": "二"}
_ONES = "零一二三四五六七八九"
_SIZES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
NUMERALS = "".join([*_DIGITS, *_ONES, *_SIZES])
_RUN = re.compile(rf"(?<!\d)(?P<point>[点點.]?)(?P<words>[{NUMERALS}]+)(?!\d)")
_BARE_TEN = re.compile(rf"(?<![{_ONES}])十")
_COUNTED = re.compile(rf"(?<![^\s+\-−－负負正])(\d+(?:[.．]\d+)?)\s*(万亿|亿|万)(?![\d.．{NUMERALS}])")
_ZEROS = {"万": 4, "亿": 8, "万亿": 12}
"""What stands behind digits in newspapers, and so in word problems."""
_ALL = "百分之百"
_PART_OF = re.compile(r"(\d+)\s*分之\s*(\d+(?:\.\d+)?)")


def in_digits(text: str) -> str:
    """*text* with its numerals as digits; what is said carelessly, as 一百五 for 150, stays in words."""
    if not any(one in text for one in NUMERALS):
        return text
    plain = _COUNTED.sub(_counted, text.replace(_ALL, "百分之一百"))
    return _PART_OF.sub(r"\2/\1", _RUN.sub(_run, plain))


def _counted(found: re.Match[str]) -> str:
    return f"{Decimal(found[1].replace('．', '.')).scaleb(_ZEROS[found[2]]):f}"


def _run(found: re.Match[str]) -> str:
    words = found["words"]
    digits = words.replace("〇", "零")
    if all(one in _ONES for one in digits) and (len(digits) > 1 or found["point"]):
        return found["point"] + "".join(str(_ONES.index(one)) for one in digits)
    if found["point"]:
        return found[0]
    plain = _BARE_TEN.sub("一十", "".join(_DIGITS.get(one, one) for one in words))
    value = _value(plain)
    return found[0] if value is None or _spelled(value) != plain else str(value)


def _value(words: str) -> int | None:
    """What *words* come to, however they are put together; nothing if a part is missing."""
    for size, times in _SIZES.items():
        if size in words:
            before, behind = words.split(size, 1)
            above, below = _value(before), _value(behind) if behind else 0
            return None if above is None or below is None else above * times + below
    found = words.lstrip("零") if len(words) > 1 else words
    return _ONES.index(found) if len(found) == 1 else None


def _spelled(value: int) -> str:
    """How *value* is said in full."""
    for size, times in _SIZES.items():
        if value >= times:
            above, below = divmod(value, times)
            rest = ("零" if below < times // 10 else "") + _spelled(below) if below else ""
            return _spelled(above) + size + rest
    return _ONES[value]
