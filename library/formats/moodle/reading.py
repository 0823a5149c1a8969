"""Moodle XML as questions."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from core.errors import DomainError
from library.formats import building
from library.formats.building import Fields
from library.formats.composing import words_of_html, words_of_plain, words_of_text
from library.formats.drafts import (
    MOST_QUESTIONS,
    Draft,
    Drafts,
    Passage,
    check_size,
    excerpt_of,
    finished,
    label,
)
from library.formats.errors import DrawsNumbers, TooManyQuestions, UnknownKind, WithoutWords
from library.formats.moodle import kinds
from library.formats.moodle.composite import divided
from library.formats.moodle.pieces import Piece, pieces_of
from library.formats.pictures import Gallery, decoded, shown_in
from library.formats.reading import Fate, Note, Reading
from library.formats.rest import read_rest
from library.packages.markup import attribute, child, children, kind_of, words

NAME = "moodle"
_READ = frozenset(
    {"name", "questiontext", "generalfeedback", "defaultgrade", "idnumber", "answer", "single", "usecase",
     "hint", "tags", "rest", "subquestion", "selectoption", "dragbox", "drag", "drop", "file", "graderinfo",
     "responsetemplate", "attachments", "responseformat", "responsefieldlines", "filetypeslist",
     "maxwordlimit", "units", "unitgradingtype", "showunits", "image", "image_base64", "correctfeedback",
     "partiallycorrectfeedback", "incorrectfeedback", "hidden", "row", "column", "weight"}
)  # fmt: skip
"""Parts of which more is said elsewhere, or that say nothing of the question."""
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_DRAWN = frozenset({"calculated", "calculatedmulti", "calculatedsimple"})
MOST_HINTS = 10
_PLUGINFILE = "@@PLUGINFILE@@/"
_TAGS = re.compile(r"<[^<>]{0,500}>")


def read(content: bytes) -> Reading:
    """The questions of a file of Moodle XML.

    Raises:
        BadFile: the file as a whole cannot be read.
    """
    return finished(drafts_of(content))


def drafts_of(content: bytes) -> Drafts:
    """All that stands in the file, before it is made a record."""
    check_size(content)
    pieces, notes = pieces_of(content)
    if len(pieces) > 2 * MOST_QUESTIONS:
        raise TooManyQuestions(limit=MOST_QUESTIONS)
    drafts = Drafts(NAME, content, notes=notes)
    about: Passage | None = None
    for piece in pieces:
        about = _add(piece, drafts, about)
    return drafts


def _add(piece: Piece, drafts: Drafts, about: Passage | None) -> Passage | None:
    """Add what one element says; what the next ones are about."""
    draft = Draft(piece.line, excerpt_of(_TAGS.sub(" ", piece.source[:1_000])), about=about)
    try:
        element = piece.element()
        kind = attribute(element, "type")
        if kind == "category":
            _category(element, drafts)
            return None
        question = _Question(element, kind, draft)
        if kind == "description":
            passage = question.passage()
            drafts.passages.append(passage)
            return passage
        if found := divided(question):
            passage, parts = found
            question.finish_parts(parts)
            drafts.passages.append(passage)
            drafts.questions += parts
            return about
        question.fill()
    except DomainError as refusal:
        draft.problem = refusal
    drafts.questions.append(draft)
    return about


def _category(element: Element, drafts: Drafts) -> None:
    path = words(child(element, "category", "text"))
    name = re.split(r"(?<!/)/(?!/)", path)[-1].replace("//", "/").strip()[:200]
    if name and name not in {"top", "$course$", "$module$", "$system$", "$cat1$"}:
        drafts.title = drafts.title or name
        note = Note(Fate.CHANGED, "category", "category", {"name": name})
        if note not in drafts.notes:
            drafts.notes.append(note)


class _Question:
    """One element, on the way to what we make of it."""

    def __init__(self, element: Element, kind: str, draft: Draft) -> None:
        self.element, self.kind, self.draft = element, kind, draft
        self.told = draft.told
        self.files: dict[str, str] = {}
        self.gallery = Gallery(draft.told, self._file)
        rest = child(element, "rest")
        if rest is not None:
            draft.rest = read_rest(words(rest))
            if draft.rest is None:
                self.told.dropped("weike", "own-damaged")
        shown = _TAGS.sub(" ", words(child(element, "questiontext", "text"))[:2_000])
        draft.excerpt = excerpt_of(shown) or draft.excerpt

    def passage(self) -> Passage:
        """What the questions after it are about."""
        title = " ".join(words(child(self.element, "name", "text")).split())
        text = self.text("questiontext")
        self.told.changed("description", "description")
        fields = {"title": title[:300], "text": text, "pictures": self.gallery.records}
        return Passage(self.draft.place, fields, self.told, self.draft.rest)

    def fill(self) -> None:
        """Fill in the draft.

        Raises:
            DomainError: it cannot be one of our questions.
        """
        read_kind = KINDS.get(self.kind)
        if self.kind in _DRAWN:
            raise DrawsNumbers(kind=self.kind)
        if read_kind is None:
            raise UnknownKind(kind=self.kind[:40])
        fields = read_kind(self)
        self.gallery.files = self._file
        if "prompt" not in fields:
            fields["prompt"] = self.text("questiontext")
        fields["prompt"] += self._old_picture()
        if not fields["prompt"]:
            raise WithoutWords
        self.told.kept("questiontext")
        self._add_to(self.draft, fields)
        fields["pictures"] = self.gallery.records
        self.draft.fields |= fields
        if self.draft.rest is None:
            self._tell_of_the_rest()

    def finish_parts(self, parts: list[Draft]) -> None:
        """Add to the last of several questions what is said of all; the first hears what was left out."""
        self.told.kept("questiontext")
        self._tell_of_the_rest()
        good = [one for one in parts if one.problem is None]
        if good:
            last = good[-1].fields
            self._add_to(good[-1], last)
            last["pictures"] = shown_in(last, self.gallery.records)
        for one in parts[:1]:
            one.told.notes += self.told.notes

    def _add_to(self, draft: Draft, fields: Fields) -> None:
        """Explanation, hints and tags."""
        general = self.text("generalfeedback")
        if general:
            building.explained(fields, general)
            self.told.kept("generalfeedback")
        hints = [said for one in children(self.element, "hint") if (said := self.text_of(one, "hint"))]
        if len(hints) > MOST_HINTS:
            self.told.dropped("hint", "many-choices", limit=MOST_HINTS)
        if hints:
            fields["hints"] = hints[:MOST_HINTS]
            self.told.kept("hint")
        label(draft, [words(child(one, "text")) for one in children(child(self.element, "tags"), "tag")])

    def _old_picture(self) -> str:
        """The picture that stood beside the words until Moodle 2."""
        data = words(child(self.element, "image_base64"))
        if not data:
            return ""
        name = words(child(self.element, "image")) or "image"
        self.gallery.files = lambda _address: decoded(data)
        taken = self.gallery.take("image", name, name.rpartition(".")[0])
        self.gallery.files = self._file
        return f"\n[[picture:{taken}]]" if taken else ""

    def _tell_of_the_rest(self) -> None:
        """What Moodle knows of a question, and we do not."""
        if words(child(self.element, "name", "text")):
            self.told.dropped("name", "name")
        if words(child(self.element, "idnumber")):
            self.told.dropped("idnumber", "identifier")
        if words(child(self.element, "hidden")) == "1":
            self.told.dropped("hidden", "setting")
        if words(child(self.element, "defaultgrade")) not in {"", "1", "1.0", "1.0000000"}:
            self.told.dropped("defaultgrade", "grade")
        for one in self.element:
            if kind_of(one) not in _READ:
                self.told.dropped(kind_of(one), "setting")
        for name in _COMBINED:
            if words(child(self.element, name, "text")):
                self.told.dropped(name, "combined-feedback")

    def text(self, name: str, *, has_blanks: bool = False, html: str | None = None) -> str:
        """What the part *name* says, in our words."""
        element = child(self.element, name)
        return "" if element is None else self.text_of(element, name, has_blanks=has_blanks, html=html)

    def source(self, name: str) -> str:
        """What the part *name* says, as it stands there."""
        return words(child(self.element, name, "text"))

    def text_of(
        self, element: Element, part: str, *, has_blanks: bool = False, html: str | None = None
    ) -> str:
        """What a text in one of Moodle's formats says."""
        self.files = {
            attribute(one, "name"): one.text or "" for one in children(element, "file")
        } or self.files
        source = words(child(element, "text")) if html is None else html
        form = attribute(element, "format")
        if form == "plain_text":
            return words_of_plain(source, self.told, part)
        if form == "markdown":
            self.told.changed(part, "markdown")
        if form in {"", "moodle_auto_format", "markdown"} and not has_blanks:
            return words_of_text(source, self.told, part, self.gallery.taken(part))
        return words_of_html(source, self.told, part, self.gallery.taken(part), has_blanks=has_blanks)

    def plain(self, element: Element | None, part: str) -> str:
        """A text that Moodle shows as it is typed."""
        return words_of_plain(words(element), self.told, part)

    def _file(self, address: str) -> bytes | None:
        if not address.startswith(_PLUGINFILE):
            return None
        found = self.files.get(unquote(address.removeprefix(_PLUGINFILE)).rpartition("/")[2])
        return None if found is None else decoded(found)


KINDS: Mapping[str, Callable[[_Question], Fields]] = MappingProxyType(
    {
        "multichoice": kinds.choices,
        "multichoiceset": kinds.choices_together,
        "oumultiresponse": kinds.choices_together,
        "truefalse": kinds.truth,
        "shortanswer": kinds.texts,
        "numerical": kinds.number,
        "matching": kinds.pairs,
        "ordering": kinds.sequence,
        "gapselect": kinds.gaps,
        "ddwtos": kinds.gaps,
        "cloze": kinds.cloze,
        "multianswer": kinds.cloze,
        "essay": kinds.essay,
        "ddmarker": kinds.markers,
    }
)
