"""QTI 1.2, which Common Cartridges and many programs still write: read by the room that reads cartridges."""

from xml.etree.ElementTree import Element

from library.formats.drafts import Draft, Told, excerpt_of
from library.formats.errors import BadQuestion, UnknownKind, WithoutKey, WithoutWords
from library.items.models import ItemKind
from library.packages.findings import Note
from library.packages.questions import ReadQuestion, read_questions

_REFUSALS = {
    Note.QUESTION_WITHOUT_TEXT: WithoutWords,
    Note.QUESTION_WITHOUT_KEY: WithoutKey,
}
_CHANGES = {
    Note.PATTERN: ("response_str", "pattern"),
    Note.QUESTION_PICTURES: ("material", "pictures"),
}


def drafts_in(root: Element, first: int) -> tuple[str, list[Draft]]:
    """Title and questions of a document; the first has the number *first*."""
    found = read_questions(root)
    return found.title, [_draft(one, first + number) for number, one in enumerate(found.questions)]


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
    if one.note in _CHANGES:
        part, reason = _CHANGES[one.note]
        told.changed(part, reason)
    return draft


def _refusal(one: ReadQuestion) -> BadQuestion:
    if one.note is Note.QUESTION_KIND:
        return UnknownKind(kind=one.detail[:40])
    return _REFUSALS.get(one.note, BadQuestion)()
