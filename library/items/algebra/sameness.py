"""Whether two expressions are the same, by value or by form."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import chain
from math import cos, exp, factorial, gamma, inf, isfinite, log, log10, sin, sqrt, tan
from typing import TypeAlias, TypeVar

from library.items.algebra import vectors
from library.items.algebra.figures import atom_of
from library.items.algebra.tree import (
    CONSTANTS,
    DEGREE,
    Node,
    NoValue,
    Op,
    degree_of,
    factorial_in,
    names_in,
    nodes_of,
    whole_of,
)

PRIME = 89956570141861346711406154258262515813157786834374037917317558869069701965931
"""Drawn at random: two different formulas agree modulo it at a point drawn at random as good as never."""
POINTS, TRIES = 4, 12
FAR_TRIES, FEWEST = 48, 2
"""Further ones, and how many have to agree in the end: for formulas that seldom have a value between 0.5 and
2.5, such as √(x-3) and √(b²-4ac)."""
WHOLE_TRIES = 8
"""Then some at which letters of exponents are whole: (-1)^n has no other values."""
NEARNESS = 1e-9
SIZES_BEYOND = (-1, -12, 12, -120, 120)
"""About where a single letter also stands, where a formula may bend: √(x²) is x above zero only, |x-3| is 3-x
below three only."""
NEARNESS_BEYOND = 1e-6
"""Large numbers lose digits; a wrong branch is far off."""
LARGEST_DENOMINATOR = 1000
"""Of the number by which both sides of a relation may be multiplied."""

HIGHEST_IN_DECIMALS = 100
"""The degree above which decimals say nothing: they are too large, or as good as zero."""

V = TypeVar("V")
Modular: TypeAlias = vectors.Amount[int]
Decimal: TypeAlias = vectors.Amount[float]


def same_value(one: Node, other: Node) -> bool:
    """Whether two formulas have the same value wherever both have one.

    Fractions of polynomials are compared exactly in a field of numbers modulo a prime, at points that follow
    from the formulas themselves; with roots and other functions, as decimals. What is written alike is the
    same, wherever it has a value. Letters stand for numbers above zero, or one of them for any number.
    """
    names = sorted(_atoms_in(one) | _atoms_in(other))
    seed = repr((one, other))
    if not (_is_transcendent(one) or _is_transcendent(other)):
        return _agree((one, other), _modular_points(names, seed), value=_modular, equal=_equal)
    if same_form(one, other):
        return True
    if max(degree_of(one), degree_of(other)) > HIGHEST_IN_DECIMALS:
        return False
    exponents = [
        name
        for name in sorted(_names_in_exponents(one) | _names_in_exponents(other))
        if not vectors.is_vector(name)
    ]
    points = chain(_decimal_points(names, seed), _whole_points(names, exponents, seed))
    is_same = _agree((one, other), points, value=_decimal, equal=_near)
    return is_same and not (
        (_may_bend(one) or _may_bend(other))
        and any(_differ(one, other, at) for at in _points_beyond(names, seed))
    )


def same_form(one: Node, other: Node) -> bool:
    """Whether two formulas are the same but for the order of what is added and multiplied."""
    return _canonical(one) == _canonical(other)


def factor_between(one: Node, other: Node) -> Fraction:
    """By which number *one* has to be multiplied to be *other*: a guess from one point, to be tried."""
    for point in _decimal_points(_atoms_in(one) | _atoms_in(other), repr((one, other))):
        try:
            value, times = (_size(_decimal(side, point)) for side in (one, other))
        except NoValue:
            continue
        if abs(value) > NEARNESS and isfinite(factor := times / value):
            return Fraction(factor).limit_denominator(LARGEST_DENOMINATOR)
    return Fraction(0)


# By form


def _is_transcendent(node: Node) -> bool:
    """Whether it is no fraction of polynomials with rational numbers. π is a letter like another there."""
    return any(
        (one.op is Op.CALL and factorial_in(one) is None)
        or one == DEGREE
        or (one.op is Op.POWER and whole_of(one.parts[1]) is None)
        for one in nodes_of(node)
    )


def _may_bend(node: Node) -> bool:
    """Whether it may be one formula on this side of a number and another one beyond."""
    return any(
        one.name in {"abs", "sqrt", "root"} or (one.op is Op.POWER and whole_of(one.parts[1]) is None)
        for one in nodes_of(node)
    )


def _atoms_in(node: Node) -> set[str]:
    """What its letters and names stand for."""
    return {atom for one in names_in(node) for atom in _atoms_of(one)}


def _atoms_of(name: str) -> Sequence[str]:
    return vectors.atoms_of(name) if vectors.is_vector(name) else [atom_of(name)]


def _names_in_exponents(node: Node) -> set[str]:
    return {name for one in nodes_of(node) if one.op is Op.POWER for name in names_in(one.parts[1])}


def _canonical(node: Node) -> str:
    """The formula with what is added, and what is multiplied, in one order, and signs before products."""
    signs, factors = _factors(node)
    return "-" * signs + _product(factors)


def _product(factors: Sequence[str]) -> str:
    return factors[0] if len(factors) == 1 else f"({'*'.join(sorted(factors))})"


def _factors(node: Node) -> tuple[int, list[str]]:  # noqa: PLR0911 -- a line for each kind of node
    """What is multiplied, and how many minus signs stand before any of it: -x(x+1) is -(x+1)x."""
    match node.op:
        case Op.NEGATE:
            signs, factors = _factors(node.parts[0])
            return signs + 1, factors
        case Op.MULTIPLY:
            (signs, factors), (other_signs, others) = map(_factors, node.parts)
            return signs + other_signs, [*factors, *others]
        case Op.DIVIDE:
            (signs, above), (other_signs, below) = map(_factors, node.parts)
            return signs + other_signs, [f"/({_product(above)};{_product(below)})"]
        case Op.ADD:
            return 0, [f"({'+'.join(sorted(_terms(node)))})"]
        case Op.NUMBER:
            return 0, [str(node.number)]
        case Op.NAME:
            return 0, [node.name]
        case _:
            return 0, [f"{node.op.value}{node.name}({';'.join(map(_canonical, node.parts))})"]


def _terms(node: Node) -> Iterator[str]:
    for part in node.parts:
        if part.op is Op.ADD:
            yield from _terms(part)
        else:
            yield _canonical(part)


# By value


def _agree(
    pair: tuple[Node, Node],
    points: Iterable[Mapping[str, V]],
    *,
    value: Callable[[Node, Mapping[str, V]], V],
    equal: Callable[[V, V], bool],
) -> bool:
    agreed = 0
    for point in points:
        try:
            values = value(pair[0], point), value(pair[1], point)
        except NoValue:
            continue
        if not equal(*values):
            return False
        agreed += 1
        if agreed == POINTS or not point:
            return True
    return agreed >= FEWEST


def _modular_points(names: Collection[str], seed: str) -> Iterator[dict[str, Modular]]:
    for number in range(TRIES):
        yield {name: _placed(name, f"{seed}/{number}", lambda drawn: drawn % PRIME) for name in names}


def _placed(name: str, key: str, place: Callable[[int], vectors.N]) -> vectors.Amount[vectors.N]:
    """A number for a letter; for a vector, components above and below zero."""
    if not vectors.is_vector(name):
        return place(_drawn(f"{key}/{name}"))
    drawn = [_drawn(f"{key}/{name}/{number}") for number in range(vectors.DIMENSIONS)]
    return tuple(place(one) if one % 2 else -place(one) for one in drawn)


def _decimal_points(names: Collection[str], seed: str) -> Iterator[dict[str, Decimal]]:
    """Points between 0.5 and 2.5, where most has a value and powers do not explode; then far ones."""
    for number in range(TRIES + FAR_TRIES if names else 1):
        place = _near_zero if number < TRIES else _far
        yield {name: _placed(name, f"{seed}/{number}", place) for name in names}


def _whole_points(
    names: Collection[str], exponents: Sequence[str], seed: str
) -> Iterator[dict[str, Decimal]]:
    """Points at which letters of exponents are whole, in all ways odd and even."""
    for number in range(WHOLE_TRIES if exponents else 0):
        near = {name: _placed(name, f"{seed}/whole/{number}", _near_zero) for name in names}
        yield near | {name: float(2 + (number >> place)) for place, name in enumerate(exponents)}


def _points_beyond(names: Collection[str], seed: str) -> Iterator[dict[str, Decimal]]:
    """Points at which one letter stands below zero, or far above."""
    near = {name: _placed(name, f"{seed}/beyond", _near_zero) for name in names}
    for name in near.keys() - CONSTANTS.keys():
        for size in SIZES_BEYOND:
            beyond = near[name] if isinstance(near[name], tuple) else vectors.added([0.5, near[name]])
            yield {**near, name: vectors.multiplied(size / 2, beyond)}


def _differ(one: Node, other: Node, point: Mapping[str, Decimal]) -> bool:
    """Whether both have a value there, and not the same one."""
    try:
        values = _decimal(one, point), _decimal(other, point)
    except NoValue:
        return False
    return not _near(*values, nearness=NEARNESS_BEYOND)


def _drawn(key: str) -> int:
    return int.from_bytes(sha256(key.encode()).digest())


def _near_zero(drawn: int) -> float:
    """Between 0.5 and 2.5."""
    return 0.5 + 2 * _share(drawn)


def _far(drawn: int) -> float:
    """Between 0.1 and 100, small ones as often as large ones; one in four below zero."""
    size = 0.1 * exp(log(1000) * _share(drawn))
    return size if drawn % 4 else -size


def _share(drawn: int) -> float:
    """The first of the 256 drawn bits, as a share of one."""
    return (drawn >> 208) / 2**48


def _equal(one: Modular, other: Modular) -> bool:
    return one == other


def _near(one: Decimal, other: Decimal, nearness: float = NEARNESS) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(_near(here, there, nearness) for here, there in zip(one, other, strict=True))
    if isinstance(one, tuple) or isinstance(other, tuple):
        return False
    return abs(one - other) <= nearness * max(1.0, abs(one), abs(other))


def _size(amount: Decimal) -> float:
    """How large it is, for a guess: of a vector, how far it goes in one direction."""
    return amount[0] if isinstance(amount, tuple) else amount


def _at(name: str, point: Mapping[str, vectors.Amount[vectors.N]]) -> vectors.Amount[vectors.N]:
    """What a letter, or a vector, is at a point."""
    if name == vectors.NOTHING:
        return (0,) * vectors.DIMENSIONS
    return vectors.between([point[one] for one in _atoms_of(name)])


def _reduced(amount: Modular) -> Modular:
    return tuple(one % PRIME for one in amount) if isinstance(amount, tuple) else amount % PRIME


def _modular(node: Node, point: Mapping[str, Modular]) -> Modular:  # noqa: PLR0911 -- a line for each kind of node
    match node.op:
        case Op.NUMBER:
            return node.number.numerator * pow(node.number.denominator, -1, PRIME) % PRIME
        case Op.NAME:
            return _reduced(_at(node.name, point))
        case Op.ADD:
            return _reduced(vectors.added([_modular(part, point) for part in node.parts]))
        case Op.MULTIPLY:
            return _reduced(
                vectors.multiplied(_modular(node.parts[0], point), _modular(node.parts[1], point))
            )
        case Op.NEGATE:
            return _reduced(vectors.multiplied(-1, _modular(node.parts[0], point)))
        case Op.DIVIDE:
            below = _inverse(vectors.number(_modular(node.parts[1], point)))
            return _reduced(vectors.multiplied(below, _modular(node.parts[0], point)))
        case Op.CALL:
            return factorial(factorial_in(node) or 0) % PRIME
        case _:
            base, exponent = _modular(node.parts[0], point), whole_of(node.parts[1]) or 0
            if isinstance(base, tuple):
                return _reduced(vectors.multiplied(base, base))
            return pow(base if exponent >= 0 else _inverse(base), abs(exponent), PRIME)


def _inverse(value: int) -> int:
    if not value:
        raise NoValue
    return pow(value, -1, PRIME)


def _root(value: float, degree: float) -> float:
    """The real root: of a number below zero, where the degree is odd."""
    if value < 0 and degree % 2:
        return -float((-value) ** (1 / degree))
    if value < 0:
        raise NoValue
    return float(value ** (1 / degree))


_DECIMAL_CALLS: Mapping[str, Callable[..., float]] = {
    "sqrt": sqrt, "root": _root, "sin": sin, "cos": cos, "tan": tan, "ln": log, "lg": log10, "abs": abs,
    "!": lambda value: gamma(value + 1),
}  # fmt: skip


def _decimal(node: Node, point: Mapping[str, Decimal]) -> Decimal:
    try:
        value = _decimal_of(node, point)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise NoValue from error
    if not all(map(isfinite, value if isinstance(value, tuple) else (value,))):
        raise NoValue
    return value


def _power(base: float, exponent: float) -> float:
    """The power, if it is a real number."""
    value = base**exponent
    if isinstance(value, complex):
        raise NoValue
    return float(value)


def _decimal_of(node: Node, point: Mapping[str, Decimal]) -> Decimal:  # noqa: PLR0911 -- likewise
    if node.op is Op.NUMBER:
        return float(node.number)
    if node.op is Op.NAME:
        return CONSTANTS.get(node.name) or _at(node.name, point)
    parts = [_decimal(part, point) for part in node.parts]
    match node.op:
        case Op.ADD:
            return vectors.added(parts)
        case Op.MULTIPLY:
            return vectors.multiplied(*parts)
        case Op.NEGATE:
            return vectors.multiplied(-1, parts[0])
        case Op.DIVIDE:
            return vectors.multiplied(1 / vectors.number(parts[1]), parts[0])
        case _ if isinstance(parts[0], tuple):
            square = vectors.number(vectors.multiplied(parts[0], parts[0]))
            return square if node.op is Op.POWER else sqrt(square)
    numbers = list(map(vectors.number, parts))
    if node.op is Op.POWER:
        return _power(*numbers)
    call = _DECIMAL_CALLS.get(node.name)
    return call(*numbers) if call else inf
