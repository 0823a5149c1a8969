"""A question as a generator makes it, and the generators by knowledge point."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

from demo.curriculum import points

Number: TypeAlias = int | float | Decimal | Fraction
Slip: TypeAlias = tuple[object, str]
"""A wrong answer that pupils really give, and the sentence that answers it."""

LETTERS = "ABCDEF"
LABEL_LENGTH = 18
TOLERANCE = 1e-9
FEWEST_WRONG_CHOICES = 2


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TEXT_ENTRY = "text_entry"
    NUMERIC = "numeric"
    PHOTO = "photo"


class Ambiguous(ValueError):
    """The drawn numbers make a question with too few wrong answers, or two right ones: draw again."""


@dataclass(frozen=True)
class Question:
    """One question with its key, its worked solution and what it says to a wrong answer."""

    kind: Kind
    prompt: str
    answers: tuple[str, ...]
    """Texts of the right choices, accepted spellings, or the number as it is written."""
    why: str
    hints: tuple[str, ...]
    slips: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()
    value: float | None = None
    tolerance: float = 0.0
    unit: str = ""
    label: str = ""
    """A few characters that tell this question from its sisters in a title."""
    point: str = ""
    difficulty: float = 0.5
    minutes: float = 1.0

    def record(self, identifier: str) -> dict[str, Any]:
        """Return the question in the library's interchange form."""
        ids = dict(zip(self.choices, LETTERS, strict=False))
        correct: Any
        interaction: dict[str, Any]
        match self.kind:
            case Kind.CHOICE | Kind.MULTIPLE_CHOICE:
                interaction = {"choices": [{"id": ids[text], "text": text} for text in self.choices]}
                correct = sorted(ids[text] for text in self.answers)
            case Kind.NUMERIC:
                interaction = {"unit": self.unit}
                correct = {"value": self.value, "tolerance": self.tolerance}
            case Kind.TEXT_ENTRY:
                interaction = {"blanks": 1}
                correct = [list(self.answers)]
            case Kind.PHOTO:
                interaction = {"photos": 3}
                correct = []
        return {
            "identifier": identifier,
            "kind": self.kind.value,
            "prompt": self.prompt,
            "interaction": interaction,
            "correct": correct,
            "explanation": self.why,
            "hints": list(self.hints),
            "misconceptions": [
                {"response": ids.get(response, response), "feedback": feedback}
                for response, feedback in self.slips
            ],
            "difficulty": round(self.difficulty, 2),
            "minutes": self.minutes,
            "knowledge_points": [self.point],
        }


@dataclass(frozen=True)
class Generator:
    """A way to make questions about one knowledge point."""

    name: str
    point: str
    difficulty: float
    minutes: float
    draw: Callable[[Random], Question] = field(repr=False)

    def make(self, seed: int | str) -> Question:
        """Return the question of *seed*: the same seed gives the same question, for ever."""
        rng = Random(f"{self.name}/{seed}")
        while True:
            try:
                question = self.draw(rng)
            except Ambiguous:
                continue
            jitter = rng.uniform(-0.05, 0.05)
            return replace(
                question,
                point=self.point,
                difficulty=min(0.95, max(0.05, self.difficulty + jitter)),
                minutes=self.minutes,
                label=question.label or question.prompt.replace("\n", " ")[:LABEL_LENGTH],
            )


REGISTRY: dict[str, Generator] = {}


def generator(
    point: str, *, difficulty: float, minutes: float = 1.0, name: str = ""
) -> Callable[[Callable[[Random], Question]], Callable[[Random], Question]]:
    """Register a function as the generator of questions on the knowledge point *point*."""

    def register(draw: Callable[[Random], Question]) -> Callable[[Random], Question]:
        key = name or f"{point}:{draw.__name__.strip('_')}"
        if key in REGISTRY:
            raise ValueError(key)
        if point not in points():
            raise KeyError(point)
        REGISTRY[key] = Generator(key, point, difficulty, minutes, draw)
        return draw

    return register


def written(value: object) -> str:
    """Return *value* as a pupil writes it: 0.5, 3/4, −2."""
    match value:
        case Fraction():
            text = str(value)
        case Decimal():
            text = f"{value.normalize():f}"
        case float():
            text = f"{value:.6f}".rstrip("0").rstrip(".")
        case _:
            return str(value)
    return text


def _distinct(answers: Iterable[str], slips: Sequence[Slip]) -> tuple[tuple[str, str], ...]:
    seen = set(answers)
    kept: list[tuple[str, str]] = []
    for response, feedback in slips:
        text = written(response)
        if text not in seen:
            seen.add(text)
            kept.append((text, feedback))
    return tuple(kept)


def choice(  # noqa: PLR0913 -- a question has these parts, named at the call
    rng: Random,
    prompt: str,
    answer: object,
    slips: Sequence[Slip],
    *,
    why: str,
    hints: Sequence[str],
    label: str = "",
) -> Question:
    """Return a question with one right choice; every wrong one carries its feedback.

    Raises:
        Ambiguous: fewer than two wrong answers differ from the right one.
    """
    right = written(answer)
    kept = _distinct([right], slips)[:3]
    if len(kept) < FEWEST_WRONG_CHOICES:
        raise Ambiguous(prompt)
    options = [right, *(text for text, _ in kept)]
    rng.shuffle(options)
    return Question(Kind.CHOICE, prompt, (right,), why, tuple(hints), kept, tuple(options), label=label)


def choices(  # noqa: PLR0913 -- a question has these parts, named at the call
    rng: Random,
    prompt: str,
    right: Sequence[str],
    slips: Sequence[Slip],
    *,
    why: str,
    hints: Sequence[str],
    label: str = "",
) -> Question:
    """Return a question with several right choices.

    Raises:
        Ambiguous: there are not two different right choices and a wrong one.
    """
    kept = _distinct(right, slips)
    if not FEWEST_WRONG_CHOICES <= len(right) == len(set(right)) or not kept:
        raise Ambiguous(prompt)
    options = [*right, *(text for text, _ in kept)]
    rng.shuffle(options)
    return Question(
        Kind.MULTIPLE_CHOICE, prompt, tuple(right), why, tuple(hints), kept, tuple(options), label=label
    )


def number(  # noqa: PLR0913 -- likewise
    prompt: str,
    value: Number,
    slips: Sequence[Slip],
    *,
    why: str,
    hints: Sequence[str],
    unit: str = "",
    tolerance: float = 0.0,
    label: str = "",
) -> Question:
    """Return a question answered with one number, within *tolerance* of *value*."""
    exact = float(value)
    near = max(tolerance, TOLERANCE)
    kept = tuple(
        (text, feedback)
        for text, feedback in _distinct([written(value)], slips)
        if abs(float(Fraction(text)) - exact) > near
    )
    shown = int(exact) if exact == int(exact) else round(exact, 6)
    return Question(
        Kind.NUMERIC,
        prompt,
        (written(value),),
        why,
        tuple(hints),
        kept,
        value=shown,
        tolerance=tolerance,
        unit=unit,
        label=label,
    )


def text(
    prompt: str,
    accepted: Sequence[str],
    slips: Sequence[Slip],
    *,
    why: str,
    hints: Sequence[str],
    label: str = "",
) -> Question:
    """Return a question answered by writing; the first of *accepted* is the form shown as the key."""
    return Question(
        Kind.TEXT_ENTRY, prompt, tuple(accepted), why, tuple(hints), _distinct(accepted, slips), label=label
    )


def photo(prompt: str, key: str, *, why: str, hints: Sequence[str], label: str = "") -> Question:
    """Return a question answered on paper and photographed; *key* helps the teacher who marks it."""
    return Question(Kind.PHOTO, prompt, (key,), why, tuple(hints), label=label)
