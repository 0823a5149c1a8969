"""What becomes of each of Moodle's kinds of questions."""

import re
from string import ascii_uppercase
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from library.formats import building
from library.formats.building import Answer, Fields, Number
from library.formats.composing import BLANK, joined
from library.formats.drafts import Draft, Told
from library.formats.errors import UnknownKind, WithoutKey
from library.formats.moodle.cloze import read_cloze
from library.formats.pictures import Gallery, decoded
from library.items.models import ItemKind
from library.packages.markup import attribute, child, children, words

_GAP = re.compile(r"\[\[(\d{1,3})\]\]")
_SPOKEN = ("audio", ".mp3", ".wav", ".m4a", ".ogg")
USUAL_LINES = 15
MOST_ANSWERS = 200


class Question(Protocol):
    """What a kind has to know of the question it reads."""

    element: Element
    kind: str
    draft: Draft
    told: Told
    gallery: Gallery

    def text(self, name: str, *, has_blanks: bool = False, html: str | None = None) -> str:
        """A part in our words."""

    def source(self, name: str) -> str:
        """A part as it stands there."""

    def text_of(
        self, element: Element, part: str, *, has_blanks: bool = False, html: str | None = None
    ) -> str:
        """A text in our words."""

    def plain(self, element: Element | None, part: str) -> str:
        """A text that is shown as it is typed."""


def choices(question: Question) -> Fields:
    """Single or multiple choice."""
    is_single = words(child(question.element, "single")).lower() not in {"false", "0"}
    return building.choices(_answers(question), question.told, is_single=is_single)


def choices_together(question: Question) -> Fields:
    """Several choices of which each right one, or all of them together, earn the marks."""
    question.told.changed("question", "custom-scoring")
    return building.choices(_answers(question), question.told, is_single=False)


def truth(question: Question) -> Fields:
    """True or false."""
    said = {words(child(one, "text")).lower(): one for one in children(question.element, "answer")}
    shares = {text: _share(one) for text, one in said.items()}
    right = max(shares, key=lambda text: shares[text], default="")
    if right not in {"true", "false"} or shares[right] <= 0:
        raise WithoutKey
    feedback = {text: _feedback(question, one) for text, one in said.items()}
    question.told.kept("answer")
    other = "false" if right == "true" else "true"
    return building.truth(
        is_true=right == "true", right=feedback[right], wrong=feedback.get(other, ""), told=question.told
    )


def texts(question: Question) -> Fields:
    """A short answer."""
    minds_case = words(child(question.element, "usecase")) == "1"
    if minds_case:
        question.told.kept("usecase")
    answers = [
        Answer(words(child(one, "text")), _share(one), _feedback(question, one))
        for one in _given(question, "answer")
    ]
    return building.texts(answers, question.told, minds_case=minds_case)


def number(question: Question) -> Fields:
    """A number with tolerance and unit."""
    found = []
    for one in _given(question, "answer"):
        value = building.number_in(words(child(one, "text")))
        tolerance = building.number_in(words(child(one, "tolerance")) or "0")
        feedback = _feedback(question, one)
        if value is not None and tolerance is not None:
            found.append(Number(value, abs(tolerance), _share(one), feedback))
        elif feedback:
            question.told.dropped("feedback", "feedback-any")
    units = [
        words(child(one, "unit_name"))
        for one in children(child(question.element, "units"), "unit")
        if building.number_in(words(child(one, "multiplier")) or "1") == 1
    ]
    if len(list(children(child(question.element, "units"), "unit"))) > len(units[:1]):
        question.told.changed("units", "units")
    unit = units[0] if units and words(child(question.element, "showunits")) != "3" else ""
    is_asked = bool(unit) and words(child(question.element, "unitgradingtype")) in {"1", "2"}
    fields = building.number(found, question.told, "" if is_asked else unit)
    if is_asked:
        fields["interaction"] = {"asks_unit": True}
        fields["correct"]["unit"] = unit
    return fields


def pairs(question: Question) -> Fields:
    """Matching."""
    return building.pairs(
        [
            (
                question.text_of(one, "subquestion"),
                question.plain(child(one, "answer", "text"), "subquestion"),
            )
            for one in _given(question, "subquestion")
        ],
        question.draft.excerpt,
    )


def sequence(question: Question) -> Fields:
    """Ordering."""
    things = [question.text_of(one, "answer") for one in _given(question, "answer")]
    return building.sequence(things, question.draft.excerpt)


def gaps(question: Question) -> Fields:
    """Missing words, chosen (gapselect) or dragged (ddwtos)."""
    tag = "selectoption" if question.kind == "gapselect" else "dragbox"
    options = list(children(question.element, tag))
    if len(options) > building.MOST:
        question.told.dropped(tag, "many-choices", limit=building.MOST)
        options = options[: building.MOST]
    offered = [
        {"id": letter, "text": question.plain(child(one, "text"), tag)}
        for letter, one in zip(ascii_uppercase, options, strict=False)
    ]
    groups = [words(child(one, "group")) or "1" for one in options]
    named = [int(one) - 1 for one in _GAP.findall(question.source("questiontext"))]
    if not named or any(not 0 <= one < len(offered) for one in named):
        raise WithoutKey
    question.told.kept(tag)
    places = iter(range(1, len(named) + 1))
    marked = _GAP.sub(
        lambda _one: f'<{BLANK} number="{next(places)}"></{BLANK}>', question.source("questiontext")
    )
    interaction: dict[str, Any]
    if len({groups[one] for one in named}) == 1:
        group = groups[named[0]]
        bank = [one for one, of in zip(offered, groups, strict=True) if of == group]
        is_once = tag == "dragbox" and all(child(one, "infinite") is None for one in options)
        interaction = {"choices": bank} | (
            {"once": True} if is_once and len(set(named)) == len(named) else {}
        )
    else:
        own = [[one for one, of in zip(offered, groups, strict=True) if of == groups[at]] for at in named]
        interaction = {"own": own}
    return {
        "kind": ItemKind.INLINE_CHOICE.value,
        "interaction": interaction,
        "correct": {"chosen": [offered[one]["id"] for one in named]},
        "prompt": question.text("questiontext", has_blanks=True, html=marked),
    }


def cloze(question: Question) -> Fields:
    """Embedded answers."""
    marked, fields = read_cloze(question.source("questiontext"), question.told)
    question.told.kept("answer")
    return fields | {"prompt": question.text("questiontext", has_blanks=True, html=marked)}


def essay(question: Question) -> Fields:
    """A text, photos of paper, or a recording; what graders are told goes with the explanation."""
    fields: Fields = {}
    grader = question.text("graderinfo")
    if grader:
        question.told.changed("graderinfo", "graderinfo")
        fields["explanation"] = joined([grader])
    if question.source("responsetemplate"):
        question.told.dropped("responsetemplate", "setting")
    attachments = words(child(question.element, "attachments"))
    types = words(child(question.element, "filetypeslist")).lower()
    if words(child(question.element, "responseformat")) == "noinline":
        if any(one in types for one in _SPOKEN):
            return fields | {"kind": ItemKind.SPOKEN.value}
        count = int(attachments) if attachments.isdecimal() and int(attachments) else None
        return fields | {
            "kind": ItemKind.PHOTO.value,
            "interaction": {"photos": min(count, 20)} if count and count > 0 else {},
        }
    if attachments not in {"", "0"}:
        question.told.dropped("attachments", "attachments")
    lines = words(child(question.element, "responsefieldlines"))
    interaction: dict[str, Any] = {}
    if lines.isdecimal() and int(lines) > 0 and int(lines) != USUAL_LINES:
        interaction["lines"] = min(int(lines), 100)
    most = words(child(question.element, "maxwordlimit"))
    if most.isdecimal() and int(most):
        interaction["words"] = min(int(most), 5_000)
    return fields | {"kind": ItemKind.EXTENDED_TEXT.value, "interaction": interaction}


def markers(question: Question) -> Fields:
    """Places in a picture that one marker, or several of one sort, belongs to."""
    drops = list(children(question.element, "drop"))
    if not drops:
        raise WithoutKey
    if len({words(child(one, "choice")) for one in drops}) > 1:
        raise UnknownKind(kind="ddmarker > 1")
    files = list(children(question.element, "file"))
    content = decoded(files[0].text or "") if files else None
    if content is None:
        raise WithoutKey
    prompt = question.text("questiontext")
    label = words(child(next(children(question.element, "drag"), None), "text"))
    question.gallery.files = lambda _address: content
    name = question.gallery.take("file", attribute(files[0], "name"), label or prompt.replace("\n", " ")[:80])
    regions = [region for one in drops if (region := _region(one)) is not None]
    if not name or len(regions) != len(drops):
        raise WithoutKey
    question.told.kept("drop")
    question.told.changed("drag", "marker")
    return {
        "kind": ItemKind.HOTSPOT.value,
        "prompt": prompt,
        "interaction": {"picture": name} | ({"points": len(regions)} if len(regions) > 1 else {}),
        "correct": {"regions": regions},
    }


def _region(drop: Element) -> dict[str, Any] | None:
    shape, said = words(child(drop, "shape")).lower(), words(child(drop, "coords"))
    try:
        numbers = [[round(float(one)) for one in part.split(",")] for part in said.split(";") if part.strip()]
        if shape == "circle":
            (x, y), (radius,) = numbers
            return {"shape": "circle", "coords": [x, y, radius]}
        if shape == "rectangle":
            (x, y), (width, height) = numbers
            return {"shape": "rect", "coords": [x, y, x + width, y + height]}
        if shape == "polygon":
            return {"shape": "poly", "coords": [one for x, y in numbers for one in (x, y)]}
    except (ValueError, OverflowError):
        return None
    return None


def _answers(question: Question) -> list[Answer]:
    return [
        Answer(question.text_of(one, "answer"), _share(one), _feedback(question, one))
        for one in _given(question, "answer")
    ]


def _given(question: Question, tag: str) -> list[Element]:
    """The answers, or what stands for them; no more than anybody writes."""
    found = list(children(question.element, tag))
    question.told.kept(tag)
    if len(found) > MOST_ANSWERS:
        question.told.dropped(tag, "many-choices", limit=MOST_ANSWERS)
    return found[:MOST_ANSWERS]


def _share(answer: Element) -> float:
    try:
        return float(attribute(answer, "fraction") or 0)
    except ValueError:
        return 0.0


def _feedback(question: Question, answer: Element) -> str:
    feedback = child(answer, "feedback")
    return "" if feedback is None else question.text_of(feedback, "feedback")
