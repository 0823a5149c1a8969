"""Choices inside the text (选词填空): own ones at each blank, or one bank of words for all."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from library.items.errors import BlanksDoNotFit
from library.items.kinds.choice import check_choices, check_named
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged, plain, words_of
from library.items.kinds.match import check_key_once, fits_named, read_parallel, share_of_equal
from library.items.kinds.shapes import Choice, Choices, Part
from library.items.models import ItemKind
from library.items.texts import blanks_in, is_plain

MOST_BLANKS = 20


class Words(Part):
    """Either a bank of ``choices`` for all blanks (``once``: each is used once), or each blank's ``own``."""

    choices: Choices = Field(default_factory=list)
    once: bool = False
    own: Annotated[list[Annotated[list[Choice], Field(max_length=26)]], Field(max_length=MOST_BLANKS)] = (
        Field(default_factory=list)
    )


class Filled(Part):
    """For each blank the id of what stands there; a bank of words may leave none empty."""

    chosen: Annotated[list[str], Field(max_length=MOST_BLANKS)] = Field(default_factory=list)


class InlineChoice(Kind):
    """Words to choose inside the text (选词填空)."""

    name = ItemKind.INLINE_CHOICE
    look = "inline_choice"
    field = "chosen"
    qti = "inlineChoiceInteraction"
    offers = Words
    holds = Filled

    def check(self, asked: Asked) -> None:
        """Refuse blanks without choices or key, and a text whose blanks are others.

        Raises:
            BadItem: the subclass says what is wrong.
        """
        chosen = list(asked.correct.get("chosen") or [])
        check_blanks_in(asked, len(chosen))
        for offered in [bank] if (bank := _bank(asked)) else offered_at_blanks(asked):
            check_choices(offered)
        if len(offered_at_blanks(asked)) != len(chosen):
            raise BlanksDoNotFit(found=len(offered_at_blanks(asked)), wanted=len(chosen))
        for one, offered in zip(chosen, offered_at_blanks(asked), strict=True):
            check_named([one], [choice["id"] for choice in offered])
        if asked.interaction.get("once"):
            check_key_once(chosen)

    def public(self, asked: Asked) -> dict[str, Any]:
        """The bank of words, or what each blank offers."""
        if bank := _bank(asked):
            once = bool(asked.interaction.get("once"))
            return {"choices": bank, "once": once, "blanks": len(offered_at_blanks(asked))}
        return {"own": offered_at_blanks(asked), "blanks": len(offered_at_blanks(asked))}

    def offered_in_words(self, asked: Asked) -> list[str]:
        """The bank, or a line for each blank."""
        lists = [_bank(asked)] if _bank(asked) else offered_at_blanks(asked)
        return ["  ".join(f"{one['id']}. {one['text']}" for one in offered) for offered in lists]

    def right(self, asked: Asked) -> dict[str, Any]:
        """The right word at each blank."""
        return {"chosen": list(asked.correct.get("chosen") or [])}

    def stands_in_text(self, asked: Asked) -> bool:
        """Always."""
        del asked
        return True

    def read(self, asked: Asked, raw: object) -> object:
        """An id for each blank, empty where there is none yet.

        Raises:
            UnknownChoice: one of them is not offered there.
            ChosenTwice: one is used twice, where each is used once.
        """
        offered = [[one["id"] for one in choices] for choices in offered_at_blanks(asked)]
        return read_parallel(raw, offered, is_once=bool(asked.interaction.get("once")))

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """The share of blanks with the right word."""
        return judged(share_of_equal(asked.correct.get("chosen") or [], response.get("chosen") or []))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """A typical error names words; an empty one fits anything."""
        del asked
        return fits_named(typical.get("chosen") or [], response.get("chosen") or [])

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """The ids."""
        del asked
        return tuple(response.get("chosen") or ())

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The words."""
        return [
            f"{number}. {words_of(offered).get(chosen, '—')}"
            for number, (chosen, offered) in enumerate(
                zip(response.get("chosen") or (), offered_at_blanks(asked), strict=False), start=1
            )
        ]


def offered_at_blanks(asked: Asked) -> list[list[dict[str, str]]]:
    """What each blank offers, in their order."""
    if bank := _bank(asked):
        return [bank] * len(blanks_in(asked.prompt))
    return [plain(one) for one in asked.interaction.get("own") or []]


def needs_bank(offered: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the choices have to be shown beside their list, which shows words alone."""
    return not all(is_plain(str(one["text"])) for one in offered)


def check_blanks_in(asked: Asked, wanted: int) -> None:
    """Refuse words whose blanks are not ``[[1]]`` to *wanted*, each once.

    Raises:
        BlanksDoNotFit: they are others.
    """
    found = blanks_in(asked.prompt)
    if sorted(found) != list(range(1, wanted + 1)) or not wanted:
        raise BlanksDoNotFit(found=len(found), wanted=wanted)


def _bank(asked: Asked) -> list[dict[str, str]]:
    return plain(asked.interaction.get("choices") or [])
