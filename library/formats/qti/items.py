"""One item, or one text that items are about, out of its document."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from core.errors import DomainError
from library.formats.composing import joined
from library.formats.drafts import Draft, Passage, Told, excerpt_of
from library.formats.errors import UnknownKind, WithoutWords
from library.formats.pictures import Gallery
from library.formats.qti.body import BodyReader
from library.formats.qti.declarations import feedback_of, processing_of, responses_of
from library.formats.qti.kinds import Asking, fields_of
from library.formats.qti.names import first, given, inside, name_of
from library.formats.rest import Rest
from library.items.models import ItemKind

Files = Callable[[str], bytes | None]
ITEMS = frozenset({"assessmentitem"})
_EXPLAINS = frozenset({"solution", "explanation", "general", "correct", "modelanswer"})


def read_item(item: Element, place: int, files: Files, rest: Rest | None, about: Passage | None) -> Draft:
    """An item as a question; what is wrong with it stands in the draft."""
    told = Told()
    draft = Draft(place, excerpt_of(given(item, "title")), told=told, rest=rest, about=about)
    try:
        _fill(draft, item, files)
    except DomainError as refusal:
        draft.problem = refusal
    return draft


def read_stimulus(element: Element, place: int, files: Files, rest: Rest | None) -> Passage:
    """A text that items are about."""
    told = Told()
    gallery = Gallery(told, files)
    body = first(element, "stimulusbody")
    text = BodyReader(told, gallery).text_of(element if body is None else body, "stimulus")
    title = " ".join(given(element, "title").split())[:300]
    return Passage(place, {"title": title, "text": text, "pictures": gallery.records}, told, rest)


def _fill(draft: Draft, item: Element, files: Files) -> None:
    told = draft.told
    gallery = Gallery(told, files)
    reader = BodyReader(told, gallery)
    element = next(inside(item, "itembody"), None)
    if element is None:
        raise WithoutWords
    if next(inside(item, "templatedeclaration"), None) is not None:
        raise UnknownKind(kind="templateDeclaration")
    body = reader.read(element)
    draft.excerpt = excerpt_of(body.words) or draft.excerpt
    feedback = {given(one, "identifier"): reader.text_of(one, "modalfeedback") for one in feedback_of(item)}
    asking = Asking(item, body, reader, responses_of(item), feedback, told, gallery, draft.excerpt)
    fields = fields_of(asking)
    fields.setdefault("prompt", body.words)
    if not fields["prompt"]:
        raise WithoutWords
    told.kept("itembody")
    # Choices were told what belongs to them; what is said to everybody is left.
    choices = {given(one, "identifier") for one in item.iter() if name_of(one) == "simplechoice"}
    general = [text for name, text in feedback.items() if text and name not in choices]
    if any(name.lower() not in _EXPLAINS for name, text in feedback.items() if text and name not in choices):
        told.changed("modalfeedback", "modal-feedback")
    elif general:
        told.kept("modalfeedback")
    fields["explanation"] = joined([*general, *body.rubric, fields.get("explanation", "")])
    fields["pictures"] = gallery.records
    draft.fields |= fields
    if draft.rest is None:
        _tell_of_the_rest(item, draft)


def _tell_of_the_rest(item: Element, draft: Draft) -> None:
    told = draft.told
    if given(item, "title"):
        told.dropped("title", "name")
    told.dropped("identifier", "identifier")
    if given(item, "adaptive") == "true":
        told.changed("adaptive", "adaptive")
    processing = processing_of(item)
    is_scored = draft.fields["kind"] not in {ItemKind.EXTENDED_TEXT, ItemKind.PHOTO, ItemKind.SPOKEN}
    if processing == "custom" and is_scored:
        told.changed("responseprocessing", "custom-scoring")
    elif processing:
        told.kept("responseprocessing")
    for name in ("stylesheet", "cataloginfo", "companionmaterialsinfo"):
        if first(item, name) is not None:
            told.dropped(name, "setting")
