"""Questions in QTI 1.2, as Common Cartridges carry them, as those of our question bank."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from library.items.kinds.blanks import taking, words_kind
from library.items.models import ItemKind
from library.items.numbers import read_number
from library.packages.findings import Note
from library.packages.html import plain_text
from library.packages.markup import attribute, below, child, children, kind_of, words
from library.packages.outgoing import OWN_KIND, TOLD_APART
from library.packages.places import SEVERAL, places_of, text_of

MOST_CHOICES = 26
MOST_BLANKS = 20
TEXT_ONLY = "text_only_question"
"""What one large system calls a text between questions."""
_EXPLAINS = ("general_fb", "general", "explanation", "solution", "correct_fb", "correct")
_ONE_POINT = frozenset({"", "0", "0.0", "1", "1.0"})
UPLOAD = "file_upload_question"
_PROFILES = {
    "cc.multiple_choice.v0p1": ItemKind.CHOICE,
    "cc.true_false.v0p1": ItemKind.CHOICE,
    "cc.multiple_response.v0p1": ItemKind.MULTIPLE_CHOICE,
    "cc.fib.v0p1": ItemKind.TEXT_ENTRY,
    "cc.pattern_match.v0p1": ItemKind.TEXT_ENTRY,
    "cc.essay.v0p1": ItemKind.PHOTO,
    "multiple_choice_question": ItemKind.CHOICE,
    "true_false_question": ItemKind.CHOICE,
    "multiple_answers_question": ItemKind.MULTIPLE_CHOICE,
    "short_answer_question": ItemKind.TEXT_ENTRY,
    "numerical_question": ItemKind.NUMERIC,
    "essay_question": ItemKind.PHOTO,
    UPLOAD: ItemKind.PHOTO,
    "matching_question": ItemKind.MATCH,
    "multiple_dropdowns_question": ItemKind.INLINE_CHOICE,
    "fill_in_multiple_blanks_question": ItemKind.TEXT_ENTRY,
}
"""The kinds of the Common Cartridge profile, and those that one large system writes beside them."""
_OF_CARDINALITY = {"multiple": ItemKind.MULTIPLE_CHOICE, "ordered": ItemKind.ORDER}


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question of the package: what we keep of it, or why we do not."""

    title: str
    record: dict[str, Any] | None
    """As ``ItemRecord`` takes it, without its identifier; None where it is dropped."""
    note: Note
    detail: str = ""
    text: str = ""
    """What is said where nothing is asked."""
    left_out: tuple[str, ...] = ()
    """Parts of the item that have no place here, by their names there."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """An assessment or a question bank."""

    title: str
    questions: tuple[ReadQuestion, ...]


@dataclass(slots=True)
class _Key:
    """What the response processing says is right."""

    chosen: list[tuple[str, str]] = field(default_factory=list)
    """Right answers: (which response, what it is)."""
    near: list[tuple[str, str]] = field(default_factory=list)
    """Bounds of a number: (comparison, number)."""
    is_partial_match: bool = False
    exact: set[str] = field(default_factory=set)
    """Responses in which upper and lower case make a difference."""


def read_questions(root: Element) -> QuestionSet:
    """All questions of a QTI 1.2 document, whatever sections they stand in."""
    holder = next(below(root, "assessment", "objectbank"), root)
    return QuestionSet(
        title=plain_text(attribute(holder, "title")),
        questions=tuple(replace(_question(item), left_out=_left_out(item)) for item in below(root, "item")),
    )


def _question(item: Element) -> ReadQuestion:
    presentation = child(item, "presentation")
    prompt = _prompt(presentation)
    title = plain_text(attribute(item, "title")) or prompt[:100]
    if presentation is None or not prompt:
        return ReadQuestion(title, None, Note.QUESTION_WITHOUT_TEXT)
    kind, named = _kind(item, presentation)
    if kind is None:
        is_text = named == TEXT_ONLY
        return ReadQuestion(title, None, Note.QUESTION_KIND, named, prompt if is_text else "")
    record: dict[str, Any] = {"kind": kind.value, "prompt": prompt, "explanation": _explanation(item)}
    problem = _add(record, kind, item, presentation)
    if problem is not None:
        return ReadQuestion(title, None, problem)
    return ReadQuestion(title, record, _note(kind, named, item, presentation))


def _add(record: dict[str, Any], kind: ItemKind, item: Element, presentation: Element) -> Note | None:
    """Put what a kind offers and its key into the record; or why that cannot be."""
    several = SEVERAL.get(kind)
    if several is not None and next(below(presentation, "response_lid"), None) is not None:
        return several(record, places_of(presentation, item))
    plain = _PLAIN.get(kind)
    return plain(record, presentation, _key(item)) if plain else Note.QUESTION_WITHOUT_KEY


def _note(kind: ItemKind, named: str, item: Element, presentation: Element) -> Note:
    """What there is to say of a question that is taken."""
    if kind is ItemKind.PHOTO and named != UPLOAD:
        return Note.ESSAY
    if kind is ItemKind.TEXT_ENTRY and _key(item).is_partial_match:
        return Note.PATTERN
    return Note.QUESTION_PICTURES if _shows_pictures(presentation) else Note.AS_IT_WAS


def _shows_pictures(presentation: Element) -> bool:
    media = next(below(presentation, "matimage", "mataudio", "matvideo"), None)
    return media is not None or "<img" in words(presentation).lower()


def _kind(item: Element, presentation: Element) -> tuple[ItemKind | None, str]:
    """Its kind as its metadata say, or as its parts show; and what it is called where it is none of ours."""
    own, named = _named_kind(item)
    if own is not None:
        return own, named
    if named:
        return _PROFILES.get(named), named
    if (lids := list(below(presentation, "response_lid"))) and len(lids) == 1:
        return _OF_CARDINALITY.get(attribute(lids[0], "rcardinality").lower(), ItemKind.CHOICE), named
    if next(below(presentation, "response_num"), None) is not None:
        return ItemKind.NUMERIC, named
    if not lids and next(below(presentation, "response_str"), None) is not None:
        return (ItemKind.TEXT_ENTRY if _key(item).chosen else ItemKind.PHOTO), named
    return None, "QTI"


def _named_kind(item: Element) -> tuple[ItemKind | None, str]:
    """What its metadata call it: a kind of ours, where it was written here; and the profile's word."""
    named = ""
    for one in below(child(item, "itemmetadata"), "qtimetadatafield"):
        label, entry = words(child(one, "fieldlabel")), words(child(one, "fieldentry"))
        if label == OWN_KIND and entry in TOLD_APART:
            return ItemKind(entry), entry
        if label in {"cc_profile", "question_type"}:
            named = entry
    return None, named


def _prompt(presentation: Element | None) -> str:
    """What is asked: the material outside the choices, blanks marked in their place."""
    return "\n".join(part for part in _asked(presentation) if part).strip()


def _asked(element: Element | None) -> Iterator[str]:
    if element is None:
        return
    for one in element:
        match kind_of(one):
            case "material":
                yield text_of(one)
            case "response_lid" if len(list(below(element, "response_lid"))) > 1:
                # Of several, each says the name of its place or the left side of its pair.
                continue
            case "flow" | "flow_mat" | "response_str" | "response_num" | "response_lid":
                yield from _asked(one)
            case "render_fib" | "render_choice":
                yield from (text_of(part) for part in children(one, "material"))


def _key(item: Element) -> _Key:
    """The condition that scores most; conditions that score nothing are feedback."""
    best, most = _Key(), 0.0
    texts: list[tuple[str, str]] = []
    exact: set[str] = set()
    for condition in below(child(item, "resprocessing"), "respcondition"):
        score = _score(condition)
        if score <= 0:
            continue
        found = _Key()
        _gather(child(condition, "conditionvar"), found)
        texts += [one for one in found.chosen if one not in texts]
        exact |= found.exact
        if score > most:
            best, most = found, score
    single = next(below(child(item, "presentation"), "response_lid"), None) is None
    # Several texts are each right in a condition of their own; choices are right together in one.
    return _Key(texts, best.near, best.is_partial_match, exact) if single else best


def _score(condition: Element) -> float:
    scores = []
    for one in children(condition, "setvar"):
        try:
            scores.append(float(words(one) or 0))
        except ValueError:
            scores.append(0.0)
    return max(scores, default=0.0)


def _gather(element: Element | None, key: _Key) -> None:
    for one in [] if element is None else element:
        match kind_of(one):
            case "varequal":
                key.chosen.append((attribute(one, "respident"), words(one)))
                if attribute(one, "case").lower() == "yes":
                    key.exact.add(attribute(one, "respident"))
            case "varsubstring":
                key.chosen.append((attribute(one, "respident"), words(one)))
                key.is_partial_match = True
            case "vargte" | "vargt" | "varlte" | "varlt":
                key.near.append((kind_of(one)[3], words(one)))
            case "not":
                continue
            case _:
                _gather(one, key)


def _add_choices(record: dict[str, Any], presentation: Element, key: _Key) -> Note | None:
    labels = list(below(presentation, "response_label"))
    if len(labels) > MOST_CHOICES:
        return Note.QUESTION_TOO_LARGE
    letters = {attribute(one, "ident"): chr(ord("A") + number) for number, one in enumerate(labels)}
    choices = [
        {"id": letters[attribute(one, "ident")], "text": text_of(one)} for one in labels if text_of(one)
    ]
    right = [letters[one] for one in dict.fromkeys(text for _, text in key.chosen) if one in letters]
    if not right:
        return Note.QUESTION_WITHOUT_KEY
    record["interaction"] = {"choices": choices}
    record["correct"] = right
    return None


def _add_truth(record: dict[str, Any], _presentation: Element, key: _Key) -> Note | None:
    right = [text for _, text in key.chosen if text in {"true", "false"}]
    if len(right) != 1:
        return Note.QUESTION_WITHOUT_KEY
    record["correct"] = right
    return None


def _add_texts(record: dict[str, Any], presentation: Element, key: _Key) -> Note | None:
    blanks = [attribute(one, "ident") for one in below(presentation, "response_str")]
    if len(blanks) > MOST_BLANKS:
        return Note.QUESTION_TOO_LARGE
    is_one = len(blanks) == 1
    accepted = [[text for named, text in key.chosen if text and (is_one or named == one)] for one in blanks]
    if not accepted or not all(accepted):
        return Note.QUESTION_WITHOUT_KEY
    minding = [bool(key.exact) if is_one else one in key.exact for one in blanks]
    record["interaction"] = taking([words_kind(minds_case=one) for one in minding])
    record["correct"] = accepted
    return None


def _add_number(record: dict[str, Any], _presentation: Element, key: _Key) -> Note | None:
    value = next((one for _, text in key.chosen if (one := read_number(text)) is not None), None)
    lower = [number for sign, text in key.near if sign == "g" and (number := read_number(text)) is not None]
    upper = [number for sign, text in key.near if sign == "l" and (number := read_number(text)) is not None]
    if value is None and not (lower and upper):
        return Note.QUESTION_WITHOUT_KEY
    low, high = min(lower, default=value), max(upper, default=value)
    middle = value if value is not None else (low + high) / 2 if low is not None and high is not None else 0
    tolerance = max(
        abs(middle - low) if low is not None else 0, abs(high - middle) if high is not None else 0
    )
    record["correct"] = {"value": float(middle), "tolerance": float(tolerance)}
    return None


def _no_key(_record: dict[str, Any], _presentation: Element, _key: _Key) -> Note | None:
    """What a person marks."""
    return None


def _explanation(item: Element) -> str:
    """What is said to everyone who has answered, or to whoever was right."""
    said = {attribute(one, "ident"): one for one in children(item, "itemfeedback")}
    for name in _EXPLAINS:
        if name in said:
            return "\n".join(filter(None, (text_of(one) for one in below(said[name], "material"))))
    return ""


def _left_out(item: Element) -> tuple[str, ...]:
    said = {attribute(one, "ident") for one in children(item, "itemfeedback") if words(one)}
    explains = next((name for name in _EXPLAINS if name in said), "")
    found = ["itemfeedback"] if said - {explains} else []
    for one in below(child(item, "itemmetadata"), "qtimetadatafield"):
        if words(child(one, "fieldlabel")) == "points_possible":
            found += ["points_possible"] if words(child(one, "fieldentry")) not in _ONE_POINT else []
    return (
        *found,
        *(name for name in ("objectives", "rubric", "itemrubric") if child(item, name) is not None),
    )


_PLAIN: Mapping[ItemKind, Callable[[dict[str, Any], Element, _Key], Note | None]] = MappingProxyType(
    {
        ItemKind.CHOICE: _add_choices,
        ItemKind.MULTIPLE_CHOICE: _add_choices,
        ItemKind.NUMERIC: _add_number,
        ItemKind.TEXT_ENTRY: _add_texts,
        ItemKind.TRUE_FALSE: _add_truth,
        ItemKind.EXTENDED_TEXT: _no_key,
        ItemKind.PHOTO: _no_key,
        ItemKind.SPOKEN: _no_key,
    }
)
"""What puts the key of each kind with one place into a record; or says why it cannot."""
