"""The questions of one item."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from core.errors import DomainError
from library.formats.building import Fields
from library.formats.composing import joined
from library.formats.drafts import Draft, Passage, Told, excerpt_of
from library.formats.errors import AsksNothing, DrawsNumbers, WithoutWords
from library.formats.pictures import Gallery, shown_in
from library.formats.qti.asking import Asking
from library.formats.qti.body import Body, BodyReader
from library.formats.qti.declarations import feedback_of, processing_of, responses_of
from library.formats.qti.kinds import fields_of
from library.formats.qti.names import given, inside, name_of
from library.formats.qti.parts import asks_several, divided
from library.formats.qti.texts import Files, under
from library.formats.rest import Rest
from library.items.models import ItemKind

_EXPLAINS = frozenset({"solution", "explanation", "general", "correct", "modelanswer"})
_MARKED_BY_HAND = frozenset({ItemKind.EXTENDED_TEXT, ItemKind.PHOTO, ItemKind.SPOKEN})
_ITEM_PARTS = frozenset(
    {"responsedeclaration", "outcomedeclaration", "itembody", "responseprocessing", "modalfeedback",
     "assessmentstimulusref"}
)  # fmt: skip
"""What an item is made of, of which more is said elsewhere."""


@dataclass(slots=True)
class Found:
    """What an item became."""

    drafts: list[Draft]
    passage: Passage | None = None
    """The text that its questions have in common."""


def read_item(item: Element, place: int, files: Files, rest: Rest | None, about: Passage | None) -> Found:
    """An item as a question, or several about one text; what is wrong with one stands in its draft."""
    draft = Draft(place, excerpt_of(given(item, "title")), told=Told(), rest=rest, about=about)
    try:
        return _Item(item, files, draft).found()
    except DomainError as refusal:
        draft.problem = refusal
        return Found([draft])


def asks_nothing(item: Element) -> bool:
    """Whether an item is a text only, such as others have before their questions."""
    return not any(name_of(one).endswith("interaction") for one in item.iter())


class _Item:
    """An item on the way to its questions."""

    def __init__(self, item: Element, files: Files, draft: Draft) -> None:
        self.item, self.files, self.draft = item, files, draft
        self.gallery = Gallery(draft.told, files)
        self.reader = BodyReader(draft.told, self.gallery)
        element = next(inside(item, "itembody"), None)
        if element is None:
            raise WithoutWords
        if next(inside(item, "templatedeclaration"), None) is not None:
            raise DrawsNumbers(kind="templateDeclaration")
        self.body = self.reader.read(element)
        draft.excerpt = excerpt_of(self.body.words) or draft.excerpt
        if not (self.body.inline or self.body.blocks):
            raise AsksNothing
        self.responses = responses_of(item)
        self.feedback = {
            given(one, "identifier"): self.reader.text_of(one, "modalfeedback") for one in feedback_of(item)
        }

    def found(self) -> Found:
        """Its questions."""
        if asks_several(self.body):
            return self._divided()
        fields = self._fields(self.body, self.draft, self.reader)
        fields["explanation"] = joined([self._general(), *self.body.rubric, fields.get("explanation", "")])
        fields["pictures"] = self.gallery.records
        self.draft.fields |= fields
        if self.draft.rest is None:
            self._tell_of_the_rest(self.draft)
        return Found([self.draft])

    def _divided(self) -> Found:
        """A question for each thing that it asks, about what it says to all of them."""
        whole, split = self.draft, divided(self.body)
        passage = self._passage(split.shared)
        # What is said of the whole is said once: with the text, or with the first question.
        general, rubric = self._general(), self.body.rubric
        drafts, galleries = [], []
        for number, part in enumerate(split.parts):
            told = Told() if passage or number else whole.told
            told.changed("itembody", "divided", count=len(split.parts))
            draft = Draft(
                whole.place + number, excerpt_of(part.words) or whole.excerpt, told=told, about=whole.about
            )
            draft.about = passage or whole.about
            drafts.append(draft)
            galleries.append(self._fill_part(draft, part))
        good = [one for one in drafts if one.problem is None]
        if good:
            by_hand = [one for one in good if one.fields["kind"] in _MARKED_BY_HAND]
            _explain(good[-1], [general])
            _explain((by_hand or good)[-1], rubric)
        for draft, gallery in zip(drafts, galleries, strict=True):
            draft.fields["pictures"] = shown_in(draft.fields, gallery.records)
        return Found(drafts, passage)

    def _fill_part(self, draft: Draft, part: Body) -> Gallery:
        """Read one thing that it asks, with the pictures of the whole at hand."""
        gallery = Gallery(draft.told, self.files, list(self.gallery.records))
        try:
            draft.fields = self._fields(part, draft, BodyReader(draft.told, gallery))
        except DomainError as refusal:
            draft.problem = refusal
        else:
            self._tell_of_the_rest(draft)
        return gallery

    def _fields(self, body: Body, draft: Draft, reader: BodyReader) -> Fields:
        told = draft.told
        asking = Asking(
            self.item, body, reader, self.responses, self.feedback, told, reader.gallery, draft.excerpt
        )
        fields = fields_of(asking)
        fields.setdefault("prompt", body.words)
        if not fields["prompt"]:
            raise WithoutWords
        told.kept("itembody")
        return fields

    def _passage(self, shared: str) -> Passage | None:
        """The text of the item, after the one that it is about itself."""
        if not shared:
            return None
        about, told = self.draft.about, self.draft.told
        fields = {"title": "", "text": shared, "pictures": shown_in({"text": shared}, self.gallery.records)}
        passage = Passage(self.draft.place, fields, told)
        return passage if about is None else under(about, passage)

    def _general(self) -> str:
        """What is said to everybody: choices were told what belongs to them."""
        choices = {given(one, "identifier") for one in self.item.iter() if name_of(one) == "simplechoice"}
        general = {name: text for name, text in self.feedback.items() if text and name not in choices}
        told = self.draft.told
        if any(name.lower() not in _EXPLAINS for name in general):
            told.changed("modalfeedback", "modal-feedback")
        elif general:
            told.kept("modalfeedback")
        return joined(general.values())

    def _tell_of_the_rest(self, draft: Draft) -> None:
        told = draft.told
        if given(self.item, "title"):
            told.dropped("title", "name")
        told.dropped("identifier", "identifier")
        if given(self.item, "adaptive") == "true":
            told.changed("adaptive", "adaptive")
        processing = processing_of(self.item)
        if processing == "custom" and draft.fields["kind"] not in _MARKED_BY_HAND:
            told.changed("responseprocessing", "custom-scoring")
        elif processing:
            told.kept("responseprocessing")
        if draft.fields["kind"] not in _MARKED_BY_HAND:
            told.kept("responsedeclaration")
        if any(given(one, "normalmaximum") for one in inside(self.item, "outcomedeclaration")):
            told.dropped("outcomedeclaration", "grade")
        for one in self.item:
            if name_of(one) not in _ITEM_PARTS:
                told.dropped(name_of(one), "setting")


def _explain(draft: Draft, said: list[str]) -> None:
    draft.fields["explanation"] = joined([*said, draft.fields.get("explanation", "")])
