"""QTI content packages and single items, 2.1, 2.2, 3.0 and 1.2, as questions."""

import io
import posixpath
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from core.errors import DomainError, Invalid
from library.formats.drafts import MOST_QUESTIONS, Draft, Drafts, Passage, check_size, excerpt_of, finished
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
from library.formats.qti.items import read_item, read_stimulus
from library.formats.qti.names import anywhere, first, given, name_of
from library.formats.qti.older import drafts_in
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
        drafts.questions.append(read_item(root, 1, lambda _address: None, None, None))
    elif name_of(root) == "questestinterop":
        drafts.title, drafts.questions = drafts_in(root, 1)
    else:
        raise WrongFormat(format="QTI")


class _Package:
    """A package on the way to its questions, in the order of its test, if it has one."""

    def __init__(self, archive: Archive, drafts: Drafts) -> None:
        self.archive, self.drafts = archive, drafts
        self.passages: dict[str, Passage | None] = {}
        self.rests: dict[str, Rest | None] = {}

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
        listed = [href for test in tests for href in self._listed(test)]
        items = [
            href for href, kind in kinds.items() if "imsqti_item_xmlv2" in kind or "imsqti_item_xmlv3" in kind
        ]
        texts = [href for href, kind in kinds.items() if "stimulus" in kind and "imsqti" in kind]
        for href in dict.fromkeys([*listed, *items]):
            if len(self.drafts.questions) > MOST_QUESTIONS:
                raise TooManyQuestions(limit=MOST_QUESTIONS)
            self._item(href)
        for href in texts:
            self._passage(href)
        for href, kind in kinds.items():
            if any(one in kind for one in _OLDER):
                self._older(href)

    def _listed(self, test: str) -> Iterator[str]:
        """The items of a test, in its order."""
        root = self._tree(test)
        if root is None:
            self.drafts.notes.append(Note(Fate.DROPPED, "assessmentTest", "test"))
            return
        self.drafts.title = " ".join(given(root, "title").split())[:200] or self.drafts.title
        for one in anywhere(root, "assessmentitemref"):
            yield beside(test, unquote(given(one, "href")))
        if (
            first(root, "branchrule", "precondition", "selection", "ordering", "timelimits", "weight")
            is not None
        ):
            self.drafts.notes.append(Note(Fate.DROPPED, "assessmentTest", "test-rules"))

    def _item(self, href: str) -> None:
        place = len(self.drafts.questions) + 1
        try:
            root = self._document(href)
        except DomainError as refusal:
            draft = Draft(place, excerpt_of(posixpath.basename(href)), problem=refusal)
            self.drafts.questions.append(draft)
            return
        reference = first(root, "assessmentstimulusref")
        about = None
        if reference is not None:
            about = self._passage(beside(href, unquote(given(reference, "href"))))
        draft = read_item(root, place, self._files(href), self.rests.get(href), about)
        if reference is not None and about is None:
            draft.told.dropped("assessmentstimulusref", "picture", name=given(reference, "href")[:80])
        if href in self.rests and self.rests[href] is None:
            draft.told.dropped("weike", "own-damaged")
        draft.excerpt = draft.excerpt or posixpath.basename(href)
        self.drafts.questions.append(draft)

    def _passage(self, href: str) -> Passage | None:
        """A text that items are about, read once."""
        if href not in self.passages:
            root = self._tree(href)
            place = len(self.passages) + 1
            self.passages[href] = (
                None if root is None else read_stimulus(root, place, self._files(href), self.rests.get(href))
            )
            found = self.passages[href]
            if found is not None:
                self.drafts.passages.append(found)
        return self.passages[href]

    def _older(self, href: str) -> None:
        root = self._tree(href)
        if root is None:
            draft = Draft(len(self.drafts.questions) + 1, href, problem=NotInThePackage(name=href[:200]))
            self.drafts.questions.append(draft)
            return
        title, found = drafts_in(root, len(self.drafts.questions) + 1)
        self.drafts.title = self.drafts.title or title
        self.drafts.questions += found

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

    def _files(self, href: str) -> Callable[[str], bytes | None]:
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
