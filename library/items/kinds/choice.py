"""Choices: one right answer, or several (单选题, 多选题)."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field

from core.i18n import lazy
from library.items.errors import (
    KeyMissing,
    OneChoiceOnly,
    OneRightAnswer,
    SameChoice,
    TooFewChoices,
    UnknownChoice,
    UnknownKey,
)
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged, plain, texts_in
from library.items.kinds.shapes import Choices, Id, Nothing, Part
from library.items.models import ItemKind

FEWEST = 2
TRUE, FALSE = lazy("The statement is true"), lazy("The statement is false")


class Offered(Part):
    """The choices."""

    choices: Choices = Field(default_factory=list)


class Right(Part):
    """Ids of the right ones."""

    choices: list[Id] = Field(default_factory=list)


class Choice(Kind):
    """One of several choices (单选题)."""

    name = ItemKind.CHOICE
    look = "choice"
    field = "choices"
    offers: ClassVar[type[Part]] = Offered
    holds = Right
    qti = "choiceInteraction"
    is_single = True

    def offered(self, asked: Asked) -> list[dict[str, str]]:
        """The choices, each with ``id`` and ``text``."""
        return plain(asked.interaction.get("choices") or [])

    def check(self, asked: Asked) -> None:
        """Refuse fewer than two choices, equal ones, and a key that is none of them.

        Raises:
            BadItem: the subclass says what is wrong.
        """
        offered = self.offered(asked)
        check_choices(offered)
        right = list(asked.correct.get("choices") or [])
        check_named(right, [one["id"] for one in offered])
        if self.is_single and len(right) > 1:
            raise OneRightAnswer

    def public(self, asked: Asked) -> dict[str, Any]:
        """The choices."""
        return {"choices": self.offered(asked)}

    def offered_in_words(self, asked: Asked) -> list[str]:
        """The choices with their letters."""
        return [f"{one['id']}. {one['text']}" for one in self.offered(asked)]

    def right(self, asked: Asked) -> dict[str, Any]:
        """All right choices."""
        return {"choices": list(asked.correct.get("choices") or [])}

    def raw_of_form(self, values: Sequence[str]) -> object:
        """What is ticked."""
        return [one for one in values if one]

    def read(self, asked: Asked, raw: object) -> object:
        """The chosen ids, in the order of the choices.

        Raises:
            UnknownChoice: one of them is not offered.
            OneChoiceOnly: several, where one is asked for.
        """
        chosen, offered = texts_in(raw), [one["id"] for one in self.offered(asked)]
        check_offered(chosen, offered)
        if self.is_single and len(set(chosen)) > 1:
            raise OneChoiceOnly
        return [one for one in offered if one in chosen]

    def typed(self, asked: Asked, values: Sequence[str]) -> dict[str, Any]:
        """What is ticked, of what is offered."""
        offered = {one["id"] for one in self.offered(asked)}
        return {"choices": [one for one in values if one in offered]}

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """Right is the right one."""
        return judged(Fraction(_chosen(response) == _chosen(asked.correct)))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error names choices; others may be chosen too."""
        del asked
        return bool(_chosen(typical)) and _chosen(typical) <= _chosen(response)

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The chosen ids."""
        del asked
        return tuple(sorted(_chosen(response)))

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The chosen ones with their words."""
        chosen = _chosen(response)
        return [f"{one['id']}. {one['text']}" for one in self.offered(asked) if one["id"] in chosen]

    def record_of_key(self, correct: Shape) -> object:
        """The right ids."""
        return list(correct.get("choices") or [])

    def key_of_record(self, value: object) -> dict[str, Any]:
        """From the right ids."""
        return super().key_of_record({"choices": value} if isinstance(value, list) else value)

    def record_of_slip(self, response: Shape) -> object:
        """The id, where it is one."""
        chosen = list(response.get("choices") or [])
        return chosen[0] if len(chosen) == 1 else dict(response)

    def slip_of_record(self, value: object) -> dict[str, Any]:
        """From an id, or a whole response."""
        return {"choices": [value]} if isinstance(value, str) else super().slip_of_record(value)


class MultipleChoice(Choice):
    """Several of several choices (多选题).

    All right ones and no other earn everything, some right ones and no wrong one their share: the rule of
    Chinese examinations, by which guessing everything earns nothing.
    """

    name = ItemKind.MULTIPLE_CHOICE
    is_single = False

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """The share of the right choices, nothing with a wrong one."""
        right, chosen = _chosen(asked.correct), _chosen(response)
        if not right or chosen - right:
            return judged(Fraction(0))
        return judged(Fraction(len(chosen), len(right)))


class TrueFalse(Choice):
    """A statement that holds or does not (判断题)."""

    name = ItemKind.TRUE_FALSE
    look = "true_false"
    offers = Nothing

    def offered(self, asked: Asked) -> list[dict[str, str]]:
        """Always the same two."""
        del asked
        return [{"id": "true", "text": str(TRUE)}, {"id": "false", "text": str(FALSE)}]

    def public(self, asked: Asked) -> dict[str, Any]:
        """Nothing: the two choices are ``true`` and ``false``."""
        del asked
        return {}

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """In words."""
        chosen = _chosen(response)
        return [one["text"] for one in self.offered(asked) if one["id"] in chosen]

    def offered_in_words(self, asked: Asked) -> list[str]:
        """Everybody knows them."""
        del asked
        return []


def check_choices(offered: Sequence[Mapping[str, str]], fewest: int = FEWEST) -> None:
    """Refuse what is no choice.

    Raises:
        TooFewChoices: there are fewer than *fewest*.
        SameChoice: two have one id, or say the same.
    """
    if len(offered) < fewest:
        raise TooFewChoices(fewest=fewest)
    ids: set[str] = set()
    said: dict[str, str] = {}
    for one in offered:
        # Upper and lower case may be the very question; what differs in writing otherwise may be, too.
        text = " ".join(one["text"].split())
        if one["id"] in ids:
            raise SameChoice(one=one["id"], other=one["id"])
        if text in said:
            raise SameChoice(one=said[text], other=one["id"])
        ids.add(one["id"])
        said[text] = one["id"]


def check_named(right: Sequence[object], offered: Iterable[str]) -> None:
    """Refuse a key that names nothing, or what is not offered.

    Raises:
        KeyMissing: it names nothing.
        UnknownKey: it names what is not offered.
    """
    if not right:
        raise KeyMissing
    known = set(offered)
    for one in right:
        if one not in known:
            raise UnknownKey(choice=str(one)[:20])


def check_offered(chosen: Iterable[str], offered: Iterable[str]) -> None:
    """Refuse what the question does not offer.

    Raises:
        UnknownChoice: it is not offered.
    """
    known = set(offered)
    for one in chosen:
        if one not in known:
            raise UnknownChoice(choice=one[:20])


def _chosen(answer: Shape) -> frozenset[str]:
    return frozenset(answer.get("choices") or ())
