"""QTI content packages and single items, 2.1, 2.2, 3.0 and 1.2, as questions."""

import io
import posixpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from core.errors import DomainError, Invalid
from library.formats.drafts import (
    MOST_QUESTIONS,
    Draft,
    Drafts,
    Passage,
    Told,
    check_size,
    excerpt_of,
    finished,
)
from library.formats.errors import (
    BadFile,
    BadPackage,
    BrokenXml,
    NotInThePackage,
    TooManyQuestions,
    WrongFormat,
)
from library.formats.pictures import LARGEST_FILE
from library.formats.qti.body import beside
from library.formats.qti.items import asks_nothing, read_item
from library.formats.qti.names import first, given, name_of
from library.formats.qti.older import add_questions
from library.formats.qti.sections import Listed, Test
from library.formats.qti.texts import Files, Texts
from library.formats.reading import Fate, Note, Reading
from library.formats.rest import Rest, read_rest
from library.packages.archive import Archive, opened
from library.packages.errors import NotAPackage, NotInPackage, UnreadableXml
from library.packages.markup import attribute, below, child, children, read_xml, words

NAME = "qti"
MANIFEST = "imsmanifest.xml"
MOST_XML_BYTES = 16 << 20
_OLDER = ("imsqti_xmlv1p2", "imsqti_test_xmlv1p2", "imsqti_item_xmlv1p2")


def read(content: bytes) -> Reading:
    """The questions of a package, or of one document.

    Raises:
        BadFile: it as a whole cannot be read.
    """
    return finished(drafts_of(content))


def drafts_of(content: bytes) -> Drafts:
    """All that stands in the package, before it is made a record."""
    check_size(content)
    drafts = Drafts(NAME, content)
    if not content.startswith(b"PK"):
        _document(content, drafts)
        return drafts
    try:
        with opened(io.BytesIO(content)) as archive:
            _Package(archive, drafts).read()
    except BadFile:
        raise
    except Invalid as refusal:
        raise BadPackage.because(refusal) from refusal
    return drafts


def _document(content: bytes, drafts: Drafts) -> None:
    """A document by itself, without the files that it names."""
    try:
        root = read_xml(content, "XML")
    except UnreadableXml as error:
        raise BadPackage.because(error) from error
    if name_of(root) == "assessmentitem":
        found = read_item(root, 1, lambda _address: None, None, None)
        if (reference := first(root, "assessmentstimulusref")) is not None:
            found.drafts[0].told.dropped(
                "assessmentstimulusref", "picture", name=given(reference, "href")[:80]
            )
        drafts.questions += found.drafts
        drafts.passages += [found.passage] if found.passage else []
    elif name_of(root) == "questestinterop":
        add_questions(root, drafts)
    else:
        raise WrongFormat(format="QTI")


class _Package:
    """A package on the way to its questions, in the order of its test, if it has one."""

    def __init__(self, archive: Archive, drafts: Drafts) -> None:
        self.archive, self.drafts = archive, drafts
        self.rests: dict[str, Rest | None] = {}
        self.texts = Texts(drafts, self._tree, self._files, self.rests)

    def read(self) -> None:
        """Read everything that the manifest names."""
        name = next((one for one in sorted(self.archive.members, key=len) if one.endswith(MANIFEST)), None)
        if name is None:
            raise NotAPackage
        manifest = read_xml(self.archive.read(name, most_bytes=MOST_XML_BYTES), name)
        self.drafts.title = " ".join(words(next(below(child(manifest, "metadata"), "title"), None)).split())[
            :200
        ]
        kinds: dict[str, str] = {}
        for one in children(child(manifest, "resources"), "resource"):
            href = beside(name, unquote(attribute(one, "href") or _first_file(one)))
            kinds[href] = attribute(one, "type").lower()
            rest = next(below(child(one, "metadata"), "rest"), None)
            if rest is not None:
                self.rests[href] = read_rest(words(rest))
        tests = [
            href for href, kind in kinds.items() if "imsqti_test_xmlv2" in kind or "imsqti_test_xmlv3" in kind
        ]
        listed = [one for test in tests for one in self._listed(test)]
        items = [
            href for href, kind in kinds.items() if "imsqti_item_xmlv2" in kind or "imsqti_item_xmlv3" in kind
        ]
        texts = [href for href, kind in kinds.items() if "stimulus" in kind and "imsqti" in kind]
        self._items([*listed, *(Listed(href) for href in items)])
        for href in texts:
            self.texts.stimulus(href)
        for href, kind in kinds.items():
            if any(one in kind for one in _OLDER):
                self._older(href)

    def _listed(self, href: str) -> list[Listed]:
        """The items of a test, in its order."""
        root = self._tree(href)
        if root is None:
            self.drafts.notes.append(Note(Fate.DROPPED, "assessmentTest", "test"))
            return []
        told = Told()
        test = Test(href, root, self._tree, told)
        self.drafts.title = test.title or self.drafts.title
        found = list(test.items())
        self.drafts.notes += told.notes
        return found

    def _items(self, listed: list[Listed]) -> None:
        """Each item once; one that is a text only is what those after it in its section are about."""
        seen: set[str] = set()
        text: Passage | None = None
        section = 0
        for one in listed:
            if one.href in seen:
                continue
            seen.add(one.href)
            if len(self.drafts.questions) > MOST_QUESTIONS:
                raise TooManyQuestions(limit=MOST_QUESTIONS)
            if one.section != section:
                text, section = None, one.section
            text = self._item(one, text)

    def _item(self, listed: Listed, text: Passage | None) -> Passage | None:
        """Add the questions of an item; what the next ones are about."""
        href, place = listed.href, len(self.drafts.questions) + 1
        try:
            root = self._document(href)
        except DomainError as refusal:
            draft = Draft(place, excerpt_of(posixpath.basename(href)), problem=refusal)
            self.drafts.questions.append(draft)
            return text
        if listed.section and asks_nothing(root):
            return self.texts.of_item(root, listed) or text
        reference = first(root, "assessmentstimulusref")
        about = self.texts.around(listed, text)
        if reference is not None:
            about = self.texts.with_stimulus(about, beside(href, unquote(given(reference, "href"))))
        found = read_item(root, place, self._files(href), self.rests.get(href), about)
        first_of = found.drafts[0]
        if reference is not None and about is None:
            first_of.told.dropped("assessmentstimulusref", "picture", name=given(reference, "href")[:80])
        if href in self.rests and self.rests[href] is None:
            first_of.told.dropped("weike", "own-damaged")
        if found.passage is not None:
            self.drafts.passages.append(found.passage)
        for draft in found.drafts:
            draft.excerpt = draft.excerpt or posixpath.basename(href)
        self.drafts.questions += found.drafts
        return text

    def _older(self, href: str) -> None:
        root = self._tree(href)
        if root is None:
            draft = Draft(len(self.drafts.questions) + 1, href, problem=NotInThePackage(name=href[:200]))
            self.drafts.questions.append(draft)
            return
        add_questions(root, self.drafts)

    def _tree(self, href: str) -> Element | None:
        try:
            return self._document(href)
        except DomainError:
            return None

    def _document(self, href: str) -> Element:
        """A document of the package.

        Raises:
            NotInThePackage: it is not there, or cannot be unpacked.
            BrokenXml: it is not well-formed, or tries to do harm.
        """
        try:
            content = self.archive.read(href, most_bytes=MOST_XML_BYTES)
        except NotInPackage as error:
            raise NotInThePackage(name=href[:200]) from error
        try:
            return read_xml(content, href)
        except UnreadableXml as error:
            position = getattr(error.__cause__, "position", (1, 0))
            raise BrokenXml(line=position[0]) from error

    def _files(self, href: str) -> Files:
        def content_of(address: str) -> bytes | None:
            if urlsplit(address).scheme or address.startswith("/"):
                return None
            for name in (beside(href, unquote(address)), beside(href, address)):
                if name in self.archive.members:
                    try:
                        return self.archive.read(name, most_bytes=LARGEST_FILE)
                    except Invalid:
                        return None
            return None

        return content_of


def _first_file(resource: Element) -> str:
    return next((attribute(one, "href") for one in children(resource, "file")), "")
