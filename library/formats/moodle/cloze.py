"""Embedded answers (Cloze): blanks with their answers inside the words, as Moodle's ``multianswer`` has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from string import ascii_uppercase
from typing import Any

from library.formats import building
from library.formats.building import Answer, Fields, Number
from library.formats.composing import BLANK, words_of_html
from library.formats.drafts import Told
from library.formats.errors import UnknownKind, WithoutKey
from library.items.kinds.blanks import AnswerKind, taking, words_kind
from library.items.models import ItemKind

MOST_BLANKS = 20
"""Of one question."""
MOST_PLACES = 100
"""In one text."""
MOST_ANSWERS = 200
"""Of one blank."""
TEXTS = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
NUMBERS = frozenset({"NUMERICAL", "NM"})
CHOICES = frozenset(
    {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
     "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"}
)  # fmt: skip
SEVERAL = frozenset(
    {"MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"}
)
"""Blanks with several right choices, which stand in no line of ours."""
WITH_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_OPENS = re.compile(r"\{(\d{0,4}):([A-Z_]{2,20}):")
_CLOSES = re.compile(r"(?<!\\)\}")
_BETWEEN = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<![\\&])#")
_ESCAPED = re.compile(r"\\([}~#/\"])")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,9})?)%")


@dataclass(frozen=True, slots=True)
class Blank:
    """One place with its answers."""

    kind: str
    answers: Sequence[Answer]
    weight: str = ""
    """How much it counts among the others."""


def read_cloze(html: str, told: Told) -> tuple[str, Fields]:
    """The HTML with its blanks marked, and the kind and key of the question.

    Blanks of one sort become one kind of ours. Where sorts are mixed all are typed, and what there was to
    choose from stands in brackets after the blank.

    Raises:
        UnknownKind: it holds something else than texts, numbers and single choices.
        WithoutKey: there is no blank, or one without an answer.
    """
    marked, blanks = marked_blanks(html)
    if not blanks:
        raise WithoutKey
    tell_of_weights(blanks, told)
    for one in blanks:
        if one.kind not in TEXTS | NUMBERS | CHOICES:
            raise UnknownKind(kind=f"cloze {one.kind}"[:40])
        if one.kind in WITH_CASE:
            told.kept("usecase")
    if all(one.kind in CHOICES for one in blanks):
        return marked, _chosen(blanks, told)
    if len(blanks) == 1 and blanks[0].kind in NUMBERS:
        return marked.replace(place_of(1), "____"), building.number(numbers_of(blanks[0]), told)
    return _typed(marked, blanks, told)


def marked_blanks(html: str) -> tuple[str, list[Blank]]:
    """The HTML with its blanks marked, and the blanks.

    Raises:
        UnknownKind: it holds more of them than anybody fills.
    """
    out, blanks, at = [], [], 0
    while (found := _OPENS.search(html, at)) and (end := _CLOSES.search(html, found.end())):
        out.append(html[at : found.start()])
        blanks.append(Blank(found[2], _answers(html[found.end() : end.start()]), found[1]))
        out.append(place_of(len(blanks)))
        at = end.end()
        if len(blanks) > MOST_PLACES:
            raise UnknownKind(kind=f"cloze > {MOST_PLACES}")
    return "".join([*out, html[at:]]), blanks


def tell_of_weights(blanks: Sequence[Blank], told: Told) -> None:
    """Blanks that count differently count alike here."""
    if any(one.weight not in {"", "1"} for one in blanks):
        told.dropped("weight", "grade")


def place_of(number: int) -> str:
    """The mark of a blank in HTML."""
    return f'<{BLANK} number="{number}"></{BLANK}>'


def _answers(source: str) -> list[Answer]:
    found = []
    for one in _BETWEEN.split(source, maxsplit=MOST_ANSWERS)[:MOST_ANSWERS]:
        text, is_right = one.strip(), one.strip().startswith("=")
        text = text.removeprefix("=")
        weight = _WEIGHT.match(text)
        share = float(weight[1]) if weight else (100.0 if is_right else 0.0)
        text, *feedback = _FEEDBACK.split(text[weight.end() :] if weight else text, maxsplit=1)
        found.append(Answer(_bare(text).strip(), share, _bare("".join(feedback)).strip()))
    return found


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def plain_of(text: str) -> str:
    """An answer to type, without its markup."""
    return unescape(re.sub(r"<[^<>]{0,500}>", "", text)).strip()


def _chosen(blanks: Sequence[Blank], told: Told) -> Fields:
    own, chosen = [], []
    for blank in blanks:
        choices = [
            {"id": letter, "text": words_of_html(one.text, told, "questiontext")}
            for letter, one in zip(ascii_uppercase, blank.answers, strict=False)
        ]
        most = max((one.share for one in blank.answers), default=0)
        right = next((place for place, one in enumerate(blank.answers) if one.share == most > 0), None)
        if right is None or right >= len(choices):
            raise WithoutKey
        if any(one.feedback for one in blank.answers):
            told.dropped("feedback", "feedback-blank")
        own.append(choices)
        chosen.append(choices[right]["id"])
    return {"kind": ItemKind.INLINE_CHOICE.value, "interaction": {"own": own}, "correct": {"chosen": chosen}}


def _typed(marked: str, blanks: Sequence[Blank], told: Told) -> tuple[str, Fields]:
    accepted: list[list[str]] = []
    kinds: list[AnswerKind] = []
    slips: list[dict[str, Any]] = []
    for place, blank in enumerate(blanks):
        if blank.kind in NUMBERS:
            numbers = [one for one in numbers_of(blank) if one.share > 0]
            if not numbers:
                raise WithoutKey
            if any(one.tolerance for one in numbers):
                told.changed("tolerance", "tolerance")
            accepted.append([building.written(one.value) for one in numbers])
            kinds.append(AnswerKind.NUMBER)
            continue
        given = [Answer(plain_of(one.text), one.share, one.feedback) for one in blank.answers]
        if blank.kind in CHOICES:
            told.changed("questiontext", "choices-typed")
            shown = " / ".join(one.text for one in given)
            marked = marked.replace(
                place_of(place + 1), f"{place_of(place + 1)} ({shown.replace('<', '&lt;')})"
            )
        texts, wrong = building.accepted_texts(given, told)
        accepted.append(texts)
        kinds.append(words_kind(minds_case=blank.kind in WITH_CASE))
        slips += [
            {
                "response": one.text if len(blanks) == 1 else {"blanks": [""] * place + [one.text]},
                "feedback": words_of_html(one.feedback, told, "feedback"),
            }
            for one in wrong
        ]
    return marked, {
        "kind": ItemKind.TEXT_ENTRY.value,
        "interaction": taking(kinds),
        "correct": accepted,
        "misconceptions": slips,
    }


def numbers_of(blank: Blank) -> list[Number]:
    """The answers of a blank that are numbers, with their tolerance."""
    found = []
    for one in blank.answers:
        value, _sign, tolerance = plain_of(one.text).partition(":")
        number, near = building.number_in(value), building.number_in(tolerance or "0")
        if number is not None and near is not None:
            found.append(Number(number, abs(near), one.share, one.feedback))
    return found
