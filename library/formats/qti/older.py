"""QTI 1.2, which Common Cartridges and many programs still write: read by the room that reads cartridges."""

from xml.etree.ElementTree import Element

from library.formats.drafts import Draft, Drafts, Passage, Told, excerpt_of
from library.formats.errors import BadQuestion, DrawsNumbers, UnknownKind, WithoutKey, WithoutWords
from library.items.models import ItemKind
from library.packages.findings import Note
from library.packages.questions import ReadQuestion, read_questions

_REFUSALS = {
    Note.QUESTION_WITHOUT_TEXT: WithoutWords,
    Note.QUESTION_WITHOUT_KEY: WithoutKey,
}
_LEFT_OUT = {"itemfeedback": "feedback-answers", "points_possible": "grade"}
_CHANGES = {
    Note.PATTERN: ("response_str", "pattern"),
    Note.QUESTION_PICTURES: ("material", "pictures"),
}


def add_questions(root: Element, drafts: Drafts) -> None:
    """Add the questions of a document; a text that asks nothing is what those after it are about."""
    found = read_questions(root)
    drafts.title = drafts.title or found.title
    about: Passage | None = None
    for one in found.questions:
        place = len(drafts.questions) + 1
        if one.text:
            about = Passage(place, {"title": one.title[:300], "text": one.text})
            about.told.changed("presentation", "description")
            drafts.passages.append(about)
            continue
        draft = _draft(one, place)
        draft.about = about
        drafts.questions.append(draft)


def _draft(one: ReadQuestion, place: int) -> Draft:
    told = Told()
    draft = Draft(place, excerpt_of(one.title), told=told)
    if one.record is None:
        draft.problem = _refusal(one)
        return draft
    draft.fields = dict(one.record)
    if one.note is Note.ESSAY:
        # A cartridge becomes a practice at once and takes a photo; here what comes of it is looked at first.
        draft.fields["kind"] = ItemKind.EXTENDED_TEXT.value
    told.kept("presentation")
    for part in one.left_out:
        told.dropped(part, _LEFT_OUT.get(part, "setting"))
    if one.note in _CHANGES:
        part, reason = _CHANGES[one.note]
        told.changed(part, reason)
    return draft


def _refusal(one: ReadQuestion) -> BadQuestion:
    if one.note is Note.QUESTION_KIND and one.detail == "calculated_question":
        return DrawsNumbers(kind=one.detail)
    if one.note is Note.QUESTION_KIND:
        return UnknownKind(kind=one.detail[:40])
    return _REFUSALS.get(one.note, BadQuestion)()
