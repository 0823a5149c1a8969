"""Variants of a question (变式): numbers drawn anew for each pupil, the same for the same seed.

A question's parameters are ``values`` (what is drawn: a range with a step, or a list), ``derived`` (what
follows: a formula) and ``conditions`` (what must hold). Its texts, numbers and key say ``[[=a+b]]`` where a
value stands. Formulas are those of ``library.items.algebra``: nothing that is typed is executed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from operator import eq, ge, gt, le, lt, ne
from random import Random
from typing import Annotated, Any

from pydantic import Field, ValidationError

from library.items.algebra.reading import read_for_author
from library.items.algebra.tree import NoValue, Unreadable
from library.items.algebra.values import LARGEST_BITS, value_of
from library.items.errors import BadItem, BadParameters, NoVariant, PictureUnknown, VariantIsWrong
from library.items.kinds.shapes import Line, Part
from library.items.kinds.table import kind_of
from library.items.models import ItemKind, ItemVersion
from library.items.numbers import read_number
from library.items.texts import pictures_in

MOST_DRAWS = 200
"""After so many draws without success, the conditions leave too little."""
SAMPLES = 40
"""So many variants are looked at when a question is saved."""
MOST_STEPS = 1_000_000
SEED_BITS = 31
_PLACE = re.compile(r"\[\[=([^\[\]]{1,100})\]\]")
_COMPARISON = re.compile(r"(.+?)\s*(<=|>=|!=|≤|≥|≠|<|>|=)\s*(.+)")
_FORMULA = re.compile(r"(\$\$.+?\$\$|\$[^$\n]+\$)", re.DOTALL)
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lt, ">": gt, "<=": le, "≤": le, ">=": ge, "≥": ge, "=": eq, "!=": ne, "≠": ne,
}  # fmt: skip
Name = Annotated[str, Field(pattern=r"^[a-zA-Zα-ωΑ-Ω]$")]
Formula = Annotated[Line, Field(min_length=1, max_length=100)]


class Drawn(Part):
    """A letter that takes one of ``choices``, or a number from ``least`` to ``most`` in steps."""

    name: Name
    least: Formula = ""
    most: Formula = ""
    step: Formula = "1"
    choices: Annotated[list[Formula], Field(max_length=100)] = Field(default_factory=list)


class Derived(Part):
    """A letter that is worth what a formula of earlier letters is."""

    name: Name
    formula: Formula


class Parameters(Part):
    """What is drawn, what follows from it, and what must hold."""

    values: Annotated[list[Drawn], Field(max_length=12)] = Field(default_factory=list)
    derived: Annotated[list[Derived], Field(max_length=12)] = Field(default_factory=list)
    conditions: Annotated[list[Formula], Field(max_length=12)] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as one pupil meets it."""

    id: int
    item_id: int
    kind: ItemKind
    prompt: str
    interaction: dict[str, Any]
    correct: dict[str, Any]
    explanation: str
    hints: list[str]
    misconceptions: list[Any]
    difficulty: float
    minutes: float
    pictures: list[Any]
    stimulus_version_id: int | None
    seed: int | None
    """Which variant it is; None for a question without parameters."""


def seed_for(person_id: int, context: str, context_id: int | None, item_id: int) -> int:
    """The seed of the variant that a person meets in one place: the same whenever she comes back."""
    content = f"{person_id}/{context}/{context_id}/{item_id}".encode()
    return int.from_bytes(sha256(content).digest()) >> (256 - SEED_BITS)


def pose(version: ItemVersion, seed: int | None) -> Posed:
    """*version* as it is asked: the variant of *seed*, if it has parameters; else as it stands.

    Raises:
        BadItem: its parameters make no question; those that were checked when it was saved do.
    """
    return pose_parts(parts_of(version), version.parameters or {}, seed or 0)


def pose_parts(parts: Mapping[str, Any], parameters: Mapping[str, Any], seed: int) -> Posed:
    """The same of a question that is not stored yet; raises what ``pose`` raises."""
    if not parameters:
        return Posed(**parts, seed=None)
    return _variant(parts, read_parameters(parameters), seed)


def example_of(asked: ItemVersion | Posed) -> Posed:
    """One variant to look at, where nobody in particular is asked."""
    return asked if isinstance(asked, Posed) else pose(asked, 0)


def check_question(parts: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    """Refuse a question that cannot be asked or marked; of one with parameters, some dozens of variants.

    Raises:
        BadParameters: a parameter cannot be read.
        NoVariant: the conditions leave nothing.
        PictureUnknown: a text names a picture that is not there.
        VariantIsWrong: no variant can be asked, e.g. as two of its choices are always the same.
        BadItem: what the kind of the question refuses.
    """
    _check_pictures(parts)
    if not parameters:
        posed = Posed(**parts, seed=None)
        kind_of(posed).check(posed)
        return
    read = read_parameters(parameters)
    for seed in range(SAMPLES):
        _variant(parts, read, seed)


@dataclass(frozen=True, slots=True)
class Sample:
    """What one seed makes of a question with parameters."""

    seed: int
    values: Mapping[str, str]
    """The letters as they are written; none if no draw fulfils the conditions."""
    refusal: BadItem | None
    """Why these numbers make no question; another draw is then made."""


def samples(parts: Mapping[str, Any], parameters: Parameters) -> Iterator[Sample]:
    """What the first draw of each of ``SAMPLES`` seeds makes, for whoever writes the question.

    Raises:
        BadParameters: a parameter cannot be read.
    """
    for seed in range(SAMPLES):
        try:
            names = next(draws(parameters, seed))
        except NoVariant as refusal:
            yield Sample(seed, {}, refusal)
            return
        shown = {name: written(value, is_formula=False) for name, value in names.items()}
        try:
            posed = Posed(**{name: _filled(part, names) for name, part in parts.items()}, seed=seed)
            kind_of(posed).check(posed)
        except BadParameters:
            raise
        except BadItem as refusal:
            yield Sample(seed, shown, refusal)
        else:
            yield Sample(seed, shown, None)


def _check_pictures(parts: Mapping[str, Any]) -> None:
    """Refuse a text that names a picture which the question does not have."""
    known = {one["name"] for one in parts["pictures"]}
    for text in _texts_in([parts["prompt"], parts["explanation"], parts["interaction"], parts["hints"]]):
        for name in pictures_in(text):
            if name not in known:
                raise PictureUnknown(name=name)


def _texts_in(part: Any) -> Iterator[str]:  # noqa: ANN401 -- JSON
    match part:
        case str():
            yield part
        case list():
            for one in part:
                yield from _texts_in(one)
        case dict():
            for one in part.values():
                yield from _texts_in(one)


def read_parameters(given: Mapping[str, Any]) -> Parameters:
    """The parameters of a question.

    Raises:
        BadParameters: they have another shape.
    """
    try:
        return Parameters.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadParameters(text=place, reason=first["msg"][:100]) from error


def draws(parameters: Parameters, seed: int) -> Iterator[dict[str, Fraction]]:
    """The values that the seed gives, one draw after the other, as far as they fulfil the conditions.

    Raises:
        BadParameters: a formula cannot be read.
        NoVariant: no draw fulfils the conditions.
    """
    rng = Random(f"variant/{seed}")  # noqa: S311 -- the same variant for the same seed is the purpose
    failed, found = "", False
    for _number in range(MOST_DRAWS):
        names = {one.name: _drawn(one, rng) for one in parameters.values}
        broken = _first_broken(parameters, names)
        if broken is None:
            found = True
            yield names
        failed = broken or failed
    if not found:
        raise NoVariant(condition=failed)


def _first_broken(parameters: Parameters, names: dict[str, Fraction]) -> str | None:
    """The formula or condition that does not go with the drawn numbers; what follows from them is added."""
    for one in parameters.derived:
        try:
            names[one.name] = _value(one.formula, names)
        except NoValue:
            return one.formula
    return next((one for one in parameters.conditions if not _holds(one, names)), None)


def _drawn(one: Drawn, rng: Random) -> Fraction:
    if one.choices:
        return _constant(rng.choice(one.choices))
    least, most, step = _constant(one.least), _constant(one.most), _constant(one.step)
    if step <= 0 or most < least or (most - least) / step > MOST_STEPS:
        raise BadParameters(text=one.name, reason=f"{one.least} … {one.most} ({one.step})")
    return least + step * rng.randint(0, int((most - least) / step))


def _constant(formula: str) -> Fraction:
    try:
        return _value(formula, {})
    except NoValue as error:
        raise BadParameters(text=formula, reason="") from error


def _value(formula: str, names: Mapping[str, Fraction]) -> Fraction:
    """The value of a formula.

    Raises:
        BadParameters: it cannot be read.
        NoValue: it has none for these numbers.
    """
    number = read_number(formula)
    if number is not None and number.denominator.bit_length() < LARGEST_BITS:
        return number
    try:
        return value_of(read_for_author(formula), names)
    except Unreadable as error:
        raise BadParameters(text=formula, reason=str(error)) from error


def _holds(condition: str, names: Mapping[str, Fraction]) -> bool:
    found = _COMPARISON.fullmatch(condition)
    if found is None:
        raise BadParameters(text=condition, reason="")
    try:
        left, right = _value(found[1], names), _value(found[3], names)
    except NoValue:
        return False
    return _COMPARISONS[found[2]](left, right)


def _variant(parts: Mapping[str, Any], parameters: Parameters, seed: int) -> Posed:
    """The first draw that makes a question: e.g. one in which no two choices are the same."""
    refusal: VariantIsWrong | None = None
    for names in draws(parameters, seed):
        posed = Posed(**{name: _filled(part, names) for name, part in parts.items()}, seed=seed)
        try:
            kind_of(posed).check(posed)
        except BadItem as error:
            refusal = refusal or VariantIsWrong(values=_said(names), reason=str(error))
        else:
            return posed
    raise refusal or NoVariant(condition="")


def _filled(part: Any, names: Mapping[str, Fraction]) -> Any:  # noqa: ANN401 -- JSON
    match part:
        case str():
            return _with_values(part, names) if "[[=" in part else part
        case list():
            return [_filled(one, names) for one in part]
        case dict():
            return {name: _filled(one, names) for name, one in part.items()}
        case _:
            return part


def _with_values(text: str, names: Mapping[str, Fraction]) -> str:
    """*text* with its values: in a formula as LaTeX writes them, else as they are typed."""
    pieces = enumerate(_FORMULA.split(text))
    return "".join(_put(piece, names, is_formula=bool(number % 2)) for number, piece in pieces)


def _put(piece: str, names: Mapping[str, Fraction], *, is_formula: bool) -> str:
    return _PLACE.sub(lambda found: written(_there(found[1], names), is_formula=is_formula), piece)


def _there(formula: str, names: Mapping[str, Fraction]) -> Fraction:
    try:
        return _value(formula, names)
    except NoValue as error:
        raise BadParameters(text=formula, reason="") from error


def written(value: Fraction, *, is_formula: bool) -> str:
    """A number as a textbook writes it: whole, as a decimal that ends soon, or as a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    for places in (1, 2, 3, 4):
        if (value * 10**places).denominator == 1:
            return f"{float(value):.{places}f}"
    sign, above, below = ("-" if value < 0 else ""), abs(value.numerator), value.denominator
    return f"{sign}\\frac{{{above}}}{{{below}}}" if is_formula else f"{sign}{above}/{below}"


def parts_of(version: ItemVersion) -> dict[str, Any]:
    """What ``Posed`` has of a version."""
    return {
        "id": version.id,
        "item_id": version.item_id,
        "kind": version.kind,
        "prompt": version.prompt,
        "interaction": version.interaction,
        "correct": version.correct,
        "explanation": version.explanation,
        "hints": version.hints,
        "misconceptions": version.misconceptions,
        "difficulty": version.difficulty,
        "minutes": version.minutes,
        "pictures": version.pictures or [],
        "stimulus_version_id": version.stimulus_version_id,
    }


def _said(names: Mapping[str, Fraction]) -> str:
    return ", ".join(f"{name} = {written(value, is_formula=False)}" for name, value in names.items())
