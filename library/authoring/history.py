"""What two versions of a question say differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from core.i18n import _, lazy
from library.items.interactions import key_of, said_of
from library.items.kinds.blanks import AnswerKind
from library.items.kinds.table import kind_of
from library.items.models import ItemVersion
from library.items.naming import ANSWER_NAMES, question_kind_name
from library.items.numbers import as_typed
from library.resources.words import difficulty_name

NAMES = {
    "kind": lazy("Question type"),
    "prompt": lazy("Question"),
    "choices": lazy("To choose from"),
    "key": lazy("Right answer"),
    "explanation": lazy("Worked solution"),
    "hints": lazy("Hints"),
    "slips": lazy("Typical errors"),
    "variants": lazy("Numbers drawn anew"),
    "difficulty": lazy("Difficulty"),
    "minutes": lazy("Minutes"),
    "source": lazy("Source"),
    "pictures": lazy("Pictures"),
    "text": lazy("Text it is about"),
}
"""The parts of a question in words."""


RULES = {
    "blanks": lazy("Blanks"),
    "answers": lazy("What stands in the blanks"),
    "unit": lazy("Unit beside the box"),
    "asks_unit": lazy("The pupil writes the unit"),
    "once": lazy("Each can be used once"),
    "picture": lazy("The picture to point at"),
    "points": lazy("Places to point at"),
    "words": lazy("Words expected (characters in Chinese)"),
    "lines": lazy("Lines on paper"),
    "photos": lazy("Photos expected"),
    "seconds": lazy("Seconds at most"),
}
"""What an interaction says besides its choices, in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one version, and whether the other one lacks it."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that says something else."""

    name: str
    before: list[Line]
    after: list[Line]


def differences(before: ItemVersion, after: ItemVersion, texts: Mapping[int, str]) -> list[Difference]:
    """The parts in which two versions differ, line by line; *texts* are those that questions are about."""
    former = dict(_parts(before, texts))
    return [
        _difference(str(NAMES[name]), former[name], lines)
        for name, lines in _parts(after, texts)
        if former[name] != lines
    ]


def _difference(name: str, before: list[str], after: list[str]) -> Difference:
    left = [Line(text, is_changed=True) for text in before]
    right = [Line(text, is_changed=True) for text in after]
    for here, there, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(size):
            left[here + step] = Line(before[here + step], is_changed=False)
            right[there + step] = Line(after[there + step], is_changed=False)
    return Difference(name, left, right)


def _parts(version: ItemVersion, texts: Mapping[int, str]) -> Iterator[tuple[str, list[str]]]:
    yield "kind", [question_kind_name(version.kind)]
    yield "prompt", version.prompt.splitlines()
    yield "choices", [*kind_of(version).offered_in_words(version), *_rules(version.interaction)]
    yield "key", [*key_of(version), *_tolerance(version.correct)]
    yield "explanation", version.explanation.splitlines()
    yield "hints", list(version.hints)
    yield "slips", [_slip(version, one) for one in version.misconceptions]
    yield "variants", _parameters(version.parameters or {})
    yield "difficulty", [f"{difficulty_name(version.difficulty)} ({as_typed(version.difficulty)})"]
    yield "minutes", [as_typed(version.minutes)]
    yield "source", [one for one in (version.source, version.licence) if one]
    yield "pictures", [f"{one['name']}: {one['alt']} ({one['asset']})" for one in version.pictures or []]
    yield "text", texts.get(version.stimulus_version_id or 0, "").splitlines()


def _rules(interaction: dict[str, Any]) -> list[str]:
    """What the interaction says besides its choices."""
    return [
        f"{name}{_(':')}{_rule(interaction[member])}" if interaction[member] is not True else str(name)
        for member, name in RULES.items()
        if interaction.get(member)
    ]


def _rule(value: Any) -> str:  # noqa: ANN401 -- JSON
    if isinstance(value, list):
        return _(", ").join(str(ANSWER_NAMES[AnswerKind(one)]) for one in value)
    return str(value)


def _tolerance(correct: dict[str, Any]) -> list[str]:
    return [f"± {as_typed(correct['tolerance'])}"] if correct.get("tolerance") else []


def _slip(version: ItemVersion, slip: dict[str, Any]) -> str:
    return f"{' '.join(said_of(version, slip['response']))} → {slip['feedback']}"


def _parameters(parameters: dict[str, Any]) -> list[str]:
    drawn = [
        f"{one['name']}: {', '.join(one['choices'])}"
        if one.get("choices")
        else f"{one['name']}: {one.get('least')} … {one.get('most')} ({one.get('step', '1')})"
        for one in parameters.get("values") or []
    ]
    derived = [f"{one['name']} = {one['formula']}" for one in parameters.get("derived") or []]
    return [*drawn, *derived, *(parameters.get("conditions") or [])]
