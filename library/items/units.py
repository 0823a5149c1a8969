"""Quantities as pupils write them: a number with a unit, compared across units.

A table of the units that schools use, with exact factors: see ``docs/decisions/0021``. A unit is a product
of powers (``m/s^2``, 千米/时, ``kg·m⁻³``). Some words mean two units (度, 分): whichever fits is meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from library.items.numbers import LONGEST, fold_width, read_number

Dimension = tuple[int, ...]

_BASES = ("m", "kg", "s", "A", "K", "mol", "元", "b", "°")
_NOTHING: Dimension = (0,) * len(_BASES)
HIGHEST_POWER = 6
MOST_PARTS = 6

_SAME = str.maketrans(
    {
        "·": "*",
        "×": "*",
        "⋅": "*",
        "∙": "*",
        "÷": "/",
        "⁄": "/",
        "每": "/",
        "−": "-",
        "µ": "μ",
        "Ω": "Ω",
        "㎡": "m^2",
    }
)
_STEP = re.compile(r"(\s*[*/]\s*|\s+|)([^\s*/^\d-]+)(?:\s*\^?\s*\(?\s*(-?\d)\s*\)?)?")
_SEGMENT = re.compile(r"\s*([+-]?\d[\d.,/]*(?:\s*(?:\*|×)\s*10\s*\^\s*-?\d+)?)\s*([^\d+\s][^\d+]*)")

_UPRIGHT = re.compile(r"\\(?:mathrm|text|operatorname)\s*\{\s*([^{}]*)\}|\\[ ,;]|~")
"""Units as LaTeX has them: not slanted, as letters of formulas are."""
_WORD = re.compile("[a-zA-Z]{2}|(?!度)[一-鿿]")
"""Of one letter it may be a letter's name; 30度 is an angle in a formula too."""


@dataclass(frozen=True, slots=True)
class Unit:
    """So many of the base units of its dimension, counted from *zero*."""

    factor: Fraction
    dimension: Dimension
    zero: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a text says, in base units; a unit that the table does not know is a word of its own."""

    value: Fraction
    dimension: Dimension
    word: str = ""
    step: Fraction = Fraction(1)
    """How many base units its unit is."""


def _dimension(**powers: int) -> Dimension:
    return tuple(powers.get({"元": "yuan", "°": "degree"}.get(base, base), 0) for base in _BASES)


_LENGTH = _dimension(m=1)
_AREA = _dimension(m=2)
_VOLUME = _dimension(m=3)
_MASS = _dimension(kg=1)
_TIME = _dimension(s=1)
_CURRENT = _dimension(A=1)
_FORCE = _dimension(kg=1, m=1, s=-2)
_ENERGY = _dimension(kg=1, m=2, s=-2)
_POWER = _dimension(kg=1, m=2, s=-3)
_VOLTAGE = _dimension(kg=1, m=2, s=-3, A=-1)
_RESISTANCE = _dimension(kg=1, m=2, s=-3, A=-2)
_PRESSURE = _dimension(kg=1, m=-1, s=-2)
_CHARGE = _dimension(A=1, s=1)
_FREQUENCY = _dimension(s=-1)
_MONEY = _dimension(yuan=1)
_DATA = _dimension(b=1)
_ANGLE = _dimension(degree=1)
_AMOUNT = _dimension(mol=1)
_TEMPERATURE = _dimension(K=1)

_TABLE: tuple[tuple[str, str, Dimension], ...] = (
    # names, how many base units (exactly), dimension
    ("m 米 公尺 metre metres meter meters", "1", _LENGTH),
    ("dm 分米", "0.1", _LENGTH),
    ("cm 厘米 公分", "0.01", _LENGTH),
    ("mm 毫米", "0.001", _LENGTH),
    ("μm 微米", "1e-6", _LENGTH),
    ("nm 纳米", "1e-9", _LENGTH),
    ("km 千米 公里", "1000", _LENGTH),
    ("里 市里", "500", _LENGTH),
    ("光年", "9460730472580800", _LENGTH),
    ("平方米", "1", _AREA),
    ("平方分米", "0.01", _AREA),
    ("平方厘米", "0.0001", _AREA),
    ("平方毫米", "1e-6", _AREA),
    ("平方千米 平方公里", "1e6", _AREA),
    ("公顷 hm2 ha", "1e4", _AREA),
    ("公亩", "100", _AREA),
    ("亩", "2000/3", _AREA),
    ("立方米", "1", _VOLUME),
    ("立方分米 L l 升", "0.001", _VOLUME),
    ("立方厘米 mL ml 毫升 cc", "1e-6", _VOLUME),
    ("立方毫米", "1e-9", _VOLUME),
    ("kg 千克 公斤", "1", _MASS),
    ("g 克", "0.001", _MASS),
    ("mg 毫克", "1e-6", _MASS),
    ("t 吨", "1000", _MASS),
    ("斤 市斤", "0.5", _MASS),
    ("两 市两", "0.05", _MASS),
    ("s 秒 秒钟 second seconds", "1", _TIME),
    ("ms 毫秒", "0.001", _TIME),
    ("min 分 分钟 minute minutes", "60", _TIME),
    ("h 时 小时 个小时 hour hours", "3600", _TIME),
    ("d 天 日 昼夜 day days", "86400", _TIME),
    ("周 星期 week weeks", "604800", _TIME),
    ("A 安 安培", "1", _CURRENT),
    ("mA 毫安", "0.001", _CURRENT),
    ("μA 微安", "1e-6", _CURRENT),
    ("N 牛 牛顿", "1", _FORCE),
    ("kN 千牛", "1000", _FORCE),
    ("J 焦 焦耳", "1", _ENERGY),
    ("kJ 千焦", "1000", _ENERGY),
    ("kWh 度 千瓦时", "3600000", _ENERGY),
    ("W 瓦 瓦特", "1", _POWER),
    ("kW 千瓦", "1000", _POWER),
    ("V 伏 伏特", "1", _VOLTAGE),
    ("mV 毫伏", "0.001", _VOLTAGE),
    ("kV 千伏", "1000", _VOLTAGE),
    ("Ω 欧 欧姆", "1", _RESISTANCE),
    ("kΩ 千欧", "1000", _RESISTANCE),
    ("MΩ 兆欧", "1e6", _RESISTANCE),
    ("Pa 帕 帕斯卡", "1", _PRESSURE),
    ("kPa 千帕", "1000", _PRESSURE),
    ("C 库 库仑", "1", _CHARGE),
    ("Hz 赫 赫兹", "1", _FREQUENCY),
    ("kHz 千赫", "1000", _FREQUENCY),
    ("mol 摩 摩尔", "1", _AMOUNT),
    ("元 块 yuan", "1", _MONEY),
    ("角 毛", "0.1", _MONEY),
    ("分", "0.01", _MONEY),
    ("万元", "10000", _MONEY),
    ("b bit 比特 位", "1", _DATA),
    ("B byte 字节", "8", _DATA),
    ("KB kB", "8192", _DATA),
    ("MB", "8388608", _DATA),
    ("GB", "8589934592", _DATA),
    ("° 度", "1", _ANGLE),
    ("K 开 开尔文", "1", _TEMPERATURE),
)
_CELSIUS = Unit(Fraction(1), _TEMPERATURE, Fraction("273.15"))


def _units() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for names, factor, dimension in _TABLE:
        for name in names.split():
            found.setdefault(name, []).append(Unit(Fraction(factor), dimension))
    for name in ("°C", "摄氏度", "度"):
        found.setdefault(name, []).append(_CELSIUS)
    return found


_UNITS = _units()


def same_quantity(one: str, other: str) -> bool:
    """Whether two texts say the same amount of the same thing, whatever their units."""
    return any(
        first.value == second.value and (first.dimension, first.word) == (second.dimension, second.word)
        for first in readings_of(one)
        for second in readings_of(other)
    )


def readings_of(text: str) -> list[Quantity]:
    """All that *text* can mean: nothing if it is no number; several things if its unit is of several."""
    if len(text) > LONGEST:
        return []
    plain = fold_width(text).strip()
    if found := _sums(plain):
        return found
    for end in range(len(plain), 0, -1):
        if (number := read_number(plain[:end], spelled=True)) is not None:
            return [
                Quantity(number * unit.factor + unit.zero, unit.dimension, word, unit.factor)
                for unit, word in _read_unit(plain[end:].strip())
            ]
    return []


def quantity_in(text: str) -> str:
    r"""*text* as a number with a unit of the table, where it can be no formula; nothing where it can.

    12cm and 3\text{ m} are such; 5m may be a product of 5 and m, and stays one.
    """
    plain = _UPRIGHT.sub(lambda found: found[1] or " ", text).strip()
    is_upright = plain != text.strip()
    if not is_upright and not _WORD.search(plain):
        return ""
    is_known = any(any(one.dimension) and not one.word for one in readings_of(plain))
    return plain if is_known else ""


def is_known_unit(text: str) -> bool:
    """Whether the table has the unit, so that others are converted into it."""
    return any(not word for _unit, word in _read_unit(fold_width(text).strip()))


def _sums(plain: str) -> list[Quantity]:
    """What 2 米 5 厘米 or 1 h 30 min means."""
    segments, end = [], 0
    while found := _SEGMENT.match(plain, end):
        segments.append((found[1], found[2].strip()))
        end = found.end()
    if end != len(plain) or not 1 < len(segments) <= MOST_PARTS:
        return []
    readings: list[Quantity] = []
    for dimension in {unit.dimension for unit, word in _read_unit(segments[0][1]) if not word}:
        total = Fraction(0)
        for number, name in segments:
            value = read_number(number)
            unit = next((u for u, word in _read_unit(name) if not word and u.dimension == dimension), None)
            if value is None or unit is None or unit.zero:
                break
            total += value * unit.factor
        else:
            readings.append(Quantity(total, dimension))
    return readings


def _read_unit(text: str) -> Iterator[tuple[Unit, str]]:
    """The units that *text* can mean; a word that is none is a unit of its own kind."""
    plain = text.translate(_SAME).strip()
    if plain in _UNITS:
        yield from ((one, "") for one in _UNITS[plain])
        return
    product = _product(plain)
    if product is not None:
        yield product, ""
    else:
        yield Unit(Fraction(1), _NOTHING), "".join(plain.split()).casefold()


def _product(plain: str) -> Unit | None:
    """The unit that is a product of powers of known ones."""
    factor, dimension, end, parts = Fraction(1), list(_NOTHING), 0, 0
    while found := _STEP.match(plain, end):
        parts += 1
        join, name, power_text = found.groups()
        known = [one for one in _UNITS.get(name, ()) if not one.zero]
        power = int(power_text or 1) * (-1 if "/" in join else 1)
        if not known or parts > MOST_PARTS or abs(power) > HIGHEST_POWER or (parts > 1) != bool(join):
            return None
        factor *= known[0].factor ** power
        dimension = [old + power * new for old, new in zip(dimension, known[0].dimension, strict=True)]
        end = found.end()
    return Unit(factor, tuple(dimension)) if parts and end == len(plain) else None
