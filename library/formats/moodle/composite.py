"""Embedded answers that are more than one question: each place becomes a question about the same text."""

import re

from core.errors import DomainError
from library.formats import building
from library.formats.building import Answer, Fields
from library.formats.composing import words_of_html
from library.formats.drafts import Draft, Passage, Told
from library.formats.errors import UnknownKind
from library.formats.moodle.cloze import (
    CHOICES,
    MOST_BLANKS,
    NUMBERS,
    SEVERAL,
    TEXTS,
    WITH_CASE,
    Blank,
    marked_blanks,
    numbers_of,
    plain_of,
    tell_of_weights,
)
from library.formats.moodle.kinds import Question

CLOZE = frozenset({"cloze", "multianswer"})
_PLACE = re.compile(r"\[\[([1-9]\d?)\]\]")


def several_of(question: Question) -> list[Blank]:
    """The places of a text that cannot be one question; none where it can."""
    _marked, blanks = marked_blanks(question.source("questiontext"))
    is_several = len(blanks) > MOST_BLANKS or any(one.kind in SEVERAL for one in blanks)
    return blanks if is_several and question.draft.rest is None else []


def composite(question: Question, blanks: list[Blank]) -> tuple[Passage, list[Draft]]:
    """The text with its places numbered, and a question for each."""
    marked, _blanks = marked_blanks(question.source("questiontext"))
    whole = question.draft
    said = question.text("questiontext", has_blanks=True, html=marked)
    text = _PLACE.sub(lambda found: f"({found[1]}) ____", said)
    fields = {"title": "", "text": text, "pictures": question.gallery.records}
    passage = Passage(whole.place, fields)
    tell_of_weights(blanks, question.told)
    return passage, [_part(one, number, whole, passage, len(blanks)) for number, one in enumerate(blanks, 1)]


def _part(blank: Blank, number: int, whole: Draft, passage: Passage, count: int) -> Draft:
    told = Told()
    draft = Draft(whole.place, f"({number}) {whole.excerpt}", told=told, about=passage)
    told.changed("questiontext", "divided", count=count)
    try:
        draft.fields = _fields(blank, told) | {"prompt": f"({number})"}
    except DomainError as refusal:
        draft.problem = refusal
    told.kept("answer")
    return draft


def _fields(blank: Blank, told: Told) -> Fields:
    if blank.kind in SEVERAL | CHOICES:
        answers = [
            Answer(
                words_of_html(one.text, told, "answer"),
                one.share,
                words_of_html(one.feedback, told, "feedback"),
            )
            for one in blank.answers
        ]
        return building.choices(answers, told, is_single=blank.kind in CHOICES)
    if blank.kind in NUMBERS:
        return building.number(numbers_of(blank), told)
    if blank.kind not in TEXTS:
        raise UnknownKind(kind=f"cloze {blank.kind}"[:40])
    if blank.kind in WITH_CASE:
        told.changed("usecase", "case")
    answers = [
        Answer(plain_of(one.text), one.share, words_of_html(one.feedback, told, "feedback"))
        for one in blank.answers
    ]
    return building.texts(answers, told)
