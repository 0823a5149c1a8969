"""A test: its items in their order, and what its sections say to those who answer them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from library.formats.drafts import Told
from library.formats.qti.body import FOR_PUPILS, beside
from library.formats.qti.names import first, given, inside, name_of

DEEPEST = 20
"""So many sections stand inside each other at most; a reference to itself ends there."""
_SECTIONS = frozenset({"assessmentsection", "assessmentsectionref"})
_RULES = (
    "branchrule", "precondition", "selection", "ordering", "timelimits", "weight", "itemsessioncontrol",
    "outcomeprocessing", "outcomedeclaration", "testfeedback", "templatedefault", "variablemapping",
)  # fmt: skip
Load = Callable[[str], Element | None]


@dataclass(frozen=True, slots=True)
class Text:
    """What a section says to its items."""

    href: str
    """The document it stands in, which its pictures stand beside."""
    title: str
    element: Element


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a test, and the texts of the sections around it, the outer ones first."""

    href: str
    texts: tuple[Text, ...] = ()
    section: int = 0
    """Which section it stands in, counted through the test."""


class Test:
    """A test on the way to its items; *load* opens the documents that it refers to."""

    def __init__(self, href: str, root: Element, load: Load, told: Told) -> None:
        self.href, self.root, self.load, self.told = href, root, load, told
        self.sections = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return " ".join(given(self.root, "title").split())[:200]

    def items(self) -> Iterator[Listed]:
        """Its items in their order."""
        if first(self.root, *_RULES) is not None:
            self.told.dropped("assessmentTest", "test-rules")
        yield from self._inside(self.root, self.href, (), 0)

    def _inside(self, element: Element, href: str, texts: tuple[Text, ...], depth: int) -> Iterator[Listed]:
        if depth > DEEPEST:
            self.told.dropped("assessmentSection", "deep-sections", limit=DEEPEST)
            return
        self.sections += 1
        number = self.sections
        for one in element:
            name = name_of(one)
            if name == "assessmentitemref":
                yield Listed(beside(href, unquote(given(one, "href"))), texts, number)
            elif name == "assessmentsection":
                yield from self._section(one, href, texts, depth)
            elif name == "assessmentsectionref":
                yield from self._elsewhere(one, href, texts, depth)
            elif name == "testpart":
                yield from self._inside(one, href, texts, depth + 1)

    def _elsewhere(
        self, reference: Element, href: str, texts: tuple[Text, ...], depth: int
    ) -> Iterator[Listed]:
        address = beside(href, unquote(given(reference, "href")))
        root = self.load(address)
        if root is None:
            self.told.dropped("assessmentSectionRef", "section-missing", name=given(reference, "href")[:80])
            return
        yield from self._section(root, address, texts, depth + 1)

    def _section(self, section: Element, href: str, texts: tuple[Text, ...], depth: int) -> Iterator[Listed]:
        title = " ".join(given(section, "title").split())[:80]
        said = [one for one in inside(section, "rubricblock") if "".join(one.itertext()).strip() or len(one)]
        for one in said:
            if FOR_PUPILS & set(given(one, "view").split() or [""]):
                texts = (*texts, Text(href, title, one))
                self.told.changed("rubricBlock", "section-text", name=title)
            else:
                self.told.dropped("rubricBlock", "section-rubric", name=title)
        if not said and title:
            self.told.dropped("assessmentSection", "section", name=title)
        yield from self._inside(section, href, texts, depth + 1)
