"""Questions out of what most programs know: answers with their share, pairs, things in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from library.formats.composing import joined
from library.formats.drafts import Told
from library.formats.errors import EmptyChoice, WithoutKey
from library.items.kinds.blanks import taking, words_kind
from library.items.kinds.order import mixed
from library.items.models import ItemKind
from library.items.numbers import read_number

WHOLE = 99.9
"""Percent from which an answer is right, as shares are rounded."""
MOST = 26
LONGEST_UNIT = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that a question names."""

    text: str
    share: float
    """Percent of the marks that it earns; below nothing where it costs some."""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a question names, and how far off one may be."""

    value: float
    tolerance: float
    share: float
    feedback: str = ""


Fields = dict[str, Any]


def choices(answers: Sequence[Answer], told: Told, *, is_single: bool) -> Fields:
    """A question with choices.

    Raises:
        WithoutKey: none of them is right.
        EmptyChoice: a right one says nothing.
    """
    given = [one for one in answers if one.text]
    if any(one.share > 0 and not one.text for one in answers):
        raise EmptyChoice
    if len(given) < len(answers):
        told.dropped("answer", "empty")
    if len(given) > MOST:
        told.dropped("answer", "many-choices", limit=MOST)
        given = given[:MOST]
    letters = ascii_uppercase[: len(given)]
    if is_single:
        most = max((one.share for one in given), default=0)
        right = [letter for letter, one in zip(letters, given, strict=True) if one.share == most > 0]
        if len(right) > 1:
            told.changed("answer", "several-right", letter=right[0])
            right = right[:1]
        is_partial = any(0 < one.share < most for one in given) or 0 < most < WHOLE
    else:
        right = [letter for letter, one in zip(letters, given, strict=True) if one.share > 0]
        shares = {round(one.share, 1) for one in given if one.share > 0}
        is_partial = len(shares) > 1
    if not right:
        raise WithoutKey
    if is_partial:
        told.changed("fraction", "partial")
    return {
        "kind": (ItemKind.CHOICE if is_single else ItemKind.MULTIPLE_CHOICE).value,
        "interaction": {
            "choices": [{"id": letter, "text": one.text} for letter, one in zip(letters, given, strict=True)]
        },
        "correct": right,
        **_feedback(
            [(letter, one.feedback, letter in right) for letter, one in zip(letters, given, strict=True)],
            told,
        ),
    }


def truth(*, is_true: bool, right: str, wrong: str, told: Told) -> Fields:
    """A statement that holds or not, with what is said to whoever is *right* or *wrong*."""
    key, other = ("true", "false") if is_true else ("false", "true")
    return {
        "kind": ItemKind.TRUE_FALSE.value,
        "correct": [key],
        **_feedback([(key, right, True), (other, wrong, False)], told),
    }


def texts(answers: Sequence[Answer], told: Told, *, minds_case: bool = False) -> Fields:
    """A blank with the texts that it takes; a star stands for anything, which nothing here does.

    Raises:
        WithoutKey: none of them is right.
    """
    accepted, wrong = accepted_texts(answers, told)
    return {
        "kind": ItemKind.TEXT_ENTRY.value,
        "interaction": taking([words_kind(minds_case=minds_case)]),
        "correct": [accepted],
        **_feedback(
            [(one.text, one.feedback, False) for one in wrong]
            + [(one.text, one.feedback, True) for one in answers if one.text in accepted],
            told,
        ),
    }


def accepted_texts(answers: Sequence[Answer], told: Told) -> tuple[list[str], list[Answer]]:
    """The right texts of a blank, and the wrong ones of which something is said.

    Raises:
        WithoutKey: none of them is right.
    """
    accepted, wrong = [], []
    for one in answers:
        if one.text.strip() in {"", "*"}:
            if one.text.strip() and one.feedback:
                told.dropped("feedback", "feedback-any")
            continue
        if one.share > 0 and "*" in one.text.replace("\\*", ""):
            told.changed("answer", "wildcard", text=one.text[:40])
        if 0 < one.share < WHOLE:
            told.changed("fraction", "partial")
        text = one.text.replace("\\*", "\ufdd2").replace("*", "").replace("\ufdd2", "*").strip()
        if one.share > 0 and text:
            accepted.append(text)
        elif one.feedback:
            wrong.append(one)
    accepted = list(dict.fromkeys(accepted))
    if not accepted:
        raise WithoutKey
    return accepted, wrong


def number(answers: Sequence[Number], told: Told, unit: str = "") -> Fields:
    """A number within its tolerance.

    Raises:
        WithoutKey: none of them is right.
    """
    right = [one for one in answers if one.share > 0]
    if not right:
        raise WithoutKey
    key = max(right, key=lambda one: one.share)
    if len(right) > 1 or key.share < WHOLE:
        told.changed("answer", "one-number")
    wrong = [one for one in answers if one.share <= 0]
    said = [(written(one.value), one.feedback, False) for one in wrong]
    return {
        "kind": ItemKind.NUMERIC.value,
        "interaction": {"unit": unit} if unit else {},
        "correct": {"value": key.value, "tolerance": key.tolerance},
        **_feedback([*said, (written(key.value), key.feedback, True)], told),
    }


def pairs(given: Sequence[tuple[str, str]], key: str) -> Fields:
    """Things to match; a pair without its left side adds something that fits nothing.

    Raises:
        WithoutKey: there is no pair.
    """
    lefts = [(left, right) for left, right in given if left and right]
    rights = list(dict.fromkeys(right for _left, right in given if right))
    if not lefts:
        raise WithoutKey
    order = mixed([str(place) for place in range(len(rights))], key)
    shown = [rights[int(place)] for place in order]
    letters = dict(zip(shown, ascii_uppercase, strict=False))
    return {
        "kind": ItemKind.MATCH.value,
        "interaction": {
            "left": [{"id": str(place), "text": left} for place, (left, _right) in enumerate(lefts, start=1)],
            "right": [{"id": letters.get(one, "?"), "text": one} for one in shown],
        },
        "correct": {"matches": [letters.get(right, "?") for _left, right in lefts]},
    }


def sequence(things: Sequence[str], key: str) -> Fields:
    """Things in their right order, shown in another one.

    Raises:
        WithoutKey: there are none.
    """
    if not things:
        raise WithoutKey
    order = mixed([str(place) for place in range(len(things))], key)
    letters = dict(zip(order, ascii_uppercase, strict=False))
    return {
        "kind": ItemKind.ORDER.value,
        "interaction": {
            "choices": [{"id": letters.get(place, "?"), "text": things[int(place)]} for place in order]
        },
        "correct": {"order": [letters.get(str(place), "?") for place in range(len(things))]},
    }


def written(value: float) -> str:
    """A number as one types it."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 -- exact


def number_in(text: str) -> float | None:
    """The number that a text says; None where it says none."""
    found = read_number(text.strip())
    try:
        return None if found is None else float(found)
    except OverflowError:
        return None


def explained(fields: Fields, general: str) -> None:
    """Put what is said to everybody before what is said to those who were right."""
    fields["explanation"] = joined([general, fields.get("explanation", "")])


def _feedback(said: Sequence[tuple[str, str, bool]], told: Told) -> Fields:
    """What is said to an answer: typical errors of wrong ones, a part of the explanation of right ones."""
    slips = [
        {"response": text, "feedback": feedback}
        for text, feedback, is_right in said
        if feedback and not is_right
    ]
    right = list(dict.fromkeys(feedback for _text, feedback, is_right in said if feedback and is_right))
    if slips:
        told.kept("feedback")
    if right:
        told.changed("feedback", "feedback-right")
    if len(slips) > MOST:
        told.dropped("feedback", "many-choices", limit=MOST)
    return {"misconceptions": slips[:MOST], "explanation": joined(right)}
