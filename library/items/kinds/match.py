"""Matching (连线题, 匹配题): to each thing on the left one on the right."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pydantic import Field

from library.items.errors import ChosenTwice, KeyMissing, KeyTwice, TooManyAnswers
from library.items.kinds.choice import check_choices, check_named, check_offered
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged, plain, texts_in, words_of
from library.items.kinds.shapes import Choices, Id, Part
from library.items.models import ItemKind

FEWEST_LEFT = 2


class Sides(Part):
    """What is matched with what; ``once``: nothing on the right is taken twice."""

    left: Choices = Field(default_factory=list)
    right: Choices = Field(default_factory=list)
    once: bool = False


class Pairs(Part):
    """For each thing on the left, in order, the id on the right."""

    matches: list[Id] = Field(default_factory=list)


class Match(Kind):
    """To each thing on the left one on the right (连线题)."""

    name = ItemKind.MATCH
    look = "match"
    field = "matches"
    qti = "matchInteraction"
    offers = Sides
    holds = Pairs

    def check(self, asked: Asked) -> None:
        """Refuse sides that are too short, and a key that leaves something out.

        Raises:
            BadItem: the subclass says what is wrong.
        """
        left, right = _sides(asked)
        check_choices(left, FEWEST_LEFT)
        check_choices(right)
        matches = list(asked.correct.get("matches") or [])
        if len(matches) != len(left):
            raise KeyMissing
        check_named(matches, [one["id"] for one in right])
        if asked.interaction.get("once"):
            check_key_once(matches)

    def public(self, asked: Asked) -> dict[str, Any]:
        """Both sides."""
        left, right = _sides(asked)
        return {"left": left, "right": right, "once": bool(asked.interaction.get("once"))}

    def offered_in_words(self, asked: Asked) -> list[str]:
        """Both sides with their letters."""
        left, right = _sides(asked)
        return [f"{one['id']}. {one['text']}" for one in (*left, *right)]

    def right(self, asked: Asked) -> dict[str, Any]:
        """All pairs."""
        return {"matches": list(asked.correct.get("matches") or [])}

    def read(self, asked: Asked, raw: object) -> object:
        """An id for each thing on the left, empty where there is none yet.

        Raises:
            UnknownChoice: one of them is not offered.
            ChosenTwice: one is taken twice, where each is taken once.
        """
        left, right = _sides(asked)
        return read_parallel(
            raw, [[one["id"] for one in right]] * len(left), is_once=bool(asked.interaction.get("once"))
        )

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """The share of right pairs."""
        return judged(share_of_equal(asked.correct.get("matches") or [], response.get("matches") or []))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error names pairs; an empty one fits anything."""
        del asked
        return fits_named(typical.get("matches") or [], response.get("matches") or [])

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The ids."""
        del asked
        return tuple(response.get("matches") or ())

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The pairs."""
        left, right = _sides(asked)
        texts = words_of(right)
        return [
            f"{one['text']} — {texts.get(chosen, '')}"
            for one, chosen in zip(left, response.get("matches") or (), strict=False)
            if chosen
        ]


def _sides(asked: Asked) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    return plain(asked.interaction.get("left") or []), plain(asked.interaction.get("right") or [])


def check_key_once(matches: Sequence[str]) -> None:
    """Refuse a key that takes something twice.

    Raises:
        KeyTwice: it does.
    """
    try:
        check_once(matches)
    except ChosenTwice as refusal:
        raise KeyTwice(**refusal.details) from refusal


def check_once(chosen: Sequence[str]) -> None:
    """Refuse what is taken twice.

    Raises:
        ChosenTwice: it is.
    """
    taken: set[str] = set()
    for one in chosen:
        if one and one in taken:
            raise ChosenTwice(choice=one)
        taken.add(one)


def read_parallel(raw: object, offered: Sequence[Sequence[str]], *, is_once: bool) -> list[str]:
    """One id for each place, each of those *offered* there; empty where there is none.

    Raises:
        TooManyAnswers: there are more than places.
        UnknownChoice: one of them is not offered there.
        ChosenTwice: one is taken twice, where each is taken once.
    """
    chosen = texts_in(raw)
    if len(chosen) > len(offered):
        raise TooManyAnswers(places=len(offered))
    for one, ids in zip(chosen, offered, strict=False):
        check_offered([one] if one else [], ids)
    if is_once:
        check_once(chosen)
    return chosen + [""] * (len(offered) - len(chosen))


def share_of_equal(right: Sequence[str], given: Sequence[str]) -> Fraction:
    """The share of places that hold what is right there."""
    if not right:
        return Fraction(0)
    return Fraction(sum(one == other for one, other in zip(right, given, strict=False)), len(right))


def fits_named(named: Sequence[str], given: Sequence[str]) -> bool:
    """Whether *given* holds everything that is *named*, at its place; an empty name fits anything."""
    return (
        any(named)
        and len(named) <= len(given)
        and all(not one or one == other for one, other in zip(named, given, strict=False))
    )
