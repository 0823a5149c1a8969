"""What is more than one question here: embedded answers of several sorts, statements judged one by one.

Each place, or each statement, becomes a question about the same text.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from core.errors import DomainError
from library.formats import building
from library.formats.building import Answer, Fields
from library.formats.composing import words_of_html
from library.formats.drafts import Draft, Passage, Told, excerpt_of
from library.formats.errors import UnknownKind, WithoutKey
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
from library.formats.pictures import shown_in
from library.packages.markup import attribute, child, children, words

CLOZE = frozenset({"cloze", "multianswer"})
ROWS = frozenset({"mtf", "kprime"})
"""A line for each statement, a column for each judgement."""
_PLACE = re.compile(r"\[\[([1-9]\d?)\]\]")


def divided(question: Question) -> tuple[Passage, list[Draft]] | None:
    """The text and a question for each thing that is asked; None for what can be one question.

    Raises:
        UnknownKind: it holds more places than anybody fills.
        WithoutKey: it asks nothing.
    """
    if question.draft.rest is not None:
        return None
    if question.kind in ROWS:
        return _judged(question)
    if question.kind not in CLOZE:
        return None
    marked, blanks = marked_blanks(question.source("questiontext"))
    if len(blanks) <= MOST_BLANKS and not any(one.kind in SEVERAL for one in blanks):
        return None
    tell_of_weights(blanks, question.told)
    said = question.text("questiontext", has_blanks=True, html=marked)
    passage = _passage(question, _PLACE.sub(lambda found: f"({found[1]}) ____", said))
    return passage, [
        _part(one, number, question.draft, passage, len(blanks)) for number, one in enumerate(blanks, 1)
    ]


def _passage(question: Question, text: str) -> Passage:
    fields = {"title": "", "text": text, "pictures": list(question.gallery.records)}
    return Passage(question.draft.place, fields)


def _judged(question: Question) -> tuple[Passage, list[Draft]]:
    """Each statement with the judgements to choose from, of which the one with a weight is right.

    Raises:
        WithoutKey: there is no statement.
    """
    passage = _passage(question, question.text("questiontext"))
    columns = {attribute(one, "number"): one for one in children(question.element, "column")}
    right = {
        (attribute(one, "rownumber"), attribute(one, "columnnumber"))
        for one in children(question.element, "weight")
        if (building.number_in(words(child(one, "value"))) or 0) > 0
    }
    rows = list(children(question.element, "row"))
    if not rows:
        raise WithoutKey
    return passage, [_statement(question, passage, row, columns, right, len(rows)) for row in rows]


def _statement(
    question: Question,
    passage: Passage,
    row: Element,
    columns: Mapping[str, Element],
    right: set[tuple[str, str]],
    count: int,
) -> Draft:
    said, feedback = child(row, "optiontext"), child(row, "feedbacktext")
    prompt = "" if said is None else question.text_of(said, "row")
    draft = Draft(passage.place, excerpt_of(prompt) or question.draft.excerpt, told=Told(), about=passage)
    draft.told.changed("questiontext", "divided", count=count)
    try:
        answers = [
            Answer(
                "" if (label := child(column, "responsetext")) is None else question.text_of(label, "column"),
                100.0 if (attribute(row, "number"), number) in right else 0.0,
            )
            for number, column in columns.items()
        ]
        draft.fields = building.choices(answers, draft.told, is_single=True) | {"prompt": prompt}
        building.explained(draft.fields, "" if feedback is None else question.text_of(feedback, "feedback"))
        draft.fields["pictures"] = shown_in(draft.fields, question.gallery.records)
        draft.told.kept("row")
    except DomainError as refusal:
        draft.problem = refusal
    return draft


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
        told.kept("usecase")
    answers = [
        Answer(plain_of(one.text), one.share, words_of_html(one.feedback, told, "feedback"))
        for one in blank.answers
    ]
    return building.texts(answers, told, minds_case=blank.kind in WITH_CASE)
