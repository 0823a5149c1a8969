"""Putting in order (排序题)."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from typing import Any

from pydantic import Field

from library.items.errors import ChosenTwice, KeyMissing, OrderGivenAway, OrderIncomplete
from library.items.kinds.choice import check_choices, check_named, check_offered
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged, plain, texts_in, words_of
from library.items.kinds.shapes import Choices, Id, Part
from library.items.models import ItemKind

FEWEST = 3
"""Two things are a choice."""


class Things(Part):
    """What is to be put in order, as it is shown at first."""

    choices: Choices = Field(default_factory=list)


class Sequenced(Part):
    """All ids in the right order."""

    order: list[Id] = Field(default_factory=list)


class Order(Kind):
    """Things to put in order (排序题)."""

    name = ItemKind.ORDER
    look = "order"
    field = "order"
    qti = "orderInteraction"
    offers = Things
    holds = Sequenced

    def check(self, asked: Asked) -> None:
        """Refuse too few things, a key that leaves some out, and one that is shown already.

        Raises:
            BadItem: the subclass says what is wrong.
        """
        things = _things(asked)
        check_choices(things, FEWEST)
        order, shown = list(asked.correct.get("order") or []), [one["id"] for one in things]
        check_named(order, shown)
        if sorted(order) != sorted(shown):
            raise KeyMissing
        if order == shown:
            raise OrderGivenAway

    def public(self, asked: Asked) -> dict[str, Any]:
        """The things, as they are shown at first."""
        return {"choices": _things(asked)}

    def offered_in_words(self, asked: Asked) -> list[str]:
        """The things with their letters."""
        return [f"{one['id']}. {one['text']}" for one in _things(asked)]

    def right(self, asked: Asked) -> dict[str, Any]:
        """The right order."""
        return {"order": list(asked.correct.get("order") or [])}

    def read(self, asked: Asked, raw: object) -> object:
        """All ids in order, or none.

        Raises:
            UnknownChoice: one of them is not offered.
            ChosenTwice: one stands in two places.
            OrderIncomplete: some have no place.
        """
        order, shown = [one for one in texts_in(raw) if one], [one["id"] for one in _things(asked)]
        check_offered(order, shown)
        for one in order:
            if order.count(one) > 1:
                raise ChosenTwice(choice=one)
        if order and len(order) < len(shown):
            raise OrderIncomplete
        return order

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """The share of neighbours that follow each other as they should."""
        right, given = list(asked.correct.get("order") or []), list(response.get("order") or [])
        if not right or sorted(right) != sorted(given):
            return judged(Fraction(0))
        wanted = set(pairwise(right))
        return judged(Fraction(sum(one in wanted for one in pairwise(given)), len(wanted) or 1))

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The order."""
        del asked
        return tuple(response.get("order") or ())

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The things in their order."""
        texts = words_of(_things(asked))
        return [f"{place}. {texts.get(one, '')}" for place, one in enumerate(response.get("order") or (), 1)]


def mixed(ids: Sequence[str], key: str) -> list[str]:
    """*ids*, which stand in their right order, in another one: the same for the same *key*."""
    found = sorted(ids, key=lambda one: sha256(f"{key}/{one}".encode()).digest())
    return found if found != list(ids) else [*found[1:], *found[:1]]


def _things(asked: Asked) -> list[dict[str, str]]:
    return plain(asked.interaction.get("choices") or [])
