"""The body of an item as words, with the interactions that stand in it."""

import posixpath
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from library.formats.composing import Composer, feed_element
from library.formats.drafts import Told
from library.formats.pictures import Gallery
from library.formats.qti.names import first, given, inside, name_of

INLINE = frozenset({"textentryinteraction", "inlinechoiceinteraction"})
HOLDS_GAPS = frozenset({"gapmatchinteraction"})
_HOLDS_WORDS = frozenset({"hottextinteraction"})
_FEEDBACK = frozenset({"feedbackinline", "feedbackblock"})
_PASSED_OVER = frozenset({"stylesheet", "cataloginfo", "printedvariable", "endattemptinteraction"})
FOR_PUPILS = frozenset({"candidate", "testconstructor", ""})


@dataclass(slots=True)
class Body:
    """What an item says and asks for."""

    words: str = ""
    pieces: list[str] = field(default_factory=list)
    """The same, cut before and after the words of each block: every second piece is a block's own."""
    inline: list[Element] = field(default_factory=list)
    blocks: list[Element] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    """The identifiers of gaps, in their order."""
    rubric: list[str] = field(default_factory=list)


class BodyReader:
    """Reads the parts of one item that are words."""

    def __init__(self, told: Told, gallery: Gallery) -> None:
        self.told, self.gallery = told, gallery
        self.body = Body()
        self._holds_gaps = False

    def read(self, element: Element) -> Body:
        """The body, and all that stands in it."""
        composer = self._composer("itembody")
        feed_element(element, composer, lambda one: self._foreign(one, composer))
        self.body.words, self.body.pieces = composer.words(), composer.pieces()
        return self.body

    def text_of(self, element: Element, part: str, but: frozenset[str] = frozenset()) -> str:
        """What one element says, without those parts of it that are named in *but*."""
        composer = self._composer(part)
        feed_element(element, composer, lambda one: name_of(one) in but or self._shown(one, composer, part))
        return composer.words()

    def _composer(self, part: str) -> Composer:
        return Composer(self.told, part, self.gallery.taken(part))

    def _foreign(self, element: Element, composer: Composer) -> bool:
        """Take what is no text; whether it was that."""
        name = name_of(element)
        if name in INLINE:
            self.body.inline.append(element)
            composer.token(f"[[{len(self.body.inline)}]]")
        elif name == "gap" and self._holds_gaps:
            self.body.gaps.append(given(element, "identifier"))
            composer.token(f"[[{len(self.body.gaps)}]]")
        elif name in HOLDS_GAPS or name in _HOLDS_WORDS:
            self._holder(element, composer, holds_gaps=name in HOLDS_GAPS)
        elif name == "mediainteraction":
            self.told.dropped("mediainteraction", "media", element="media")
        elif name.endswith("interaction") and name not in _PASSED_OVER:
            self._block(element, composer)
        elif name == "rubricblock" and not FOR_PUPILS & set(given(element, "view").split() or [""]):
            self.told.changed("rubricblock", "rubric")
            self.body.rubric.append(self.text_of(element, "rubricblock"))
        elif name in _FEEDBACK or name in {"templateinline", "templateblock"}:
            self.told.dropped(name, "feedback-body")
        elif name in _PASSED_OVER:
            self.told.dropped(name, "setting")
        else:
            return self._shown(element, composer, "itembody")
        return True

    def _holder(self, element: Element, composer: Composer, *, holds_gaps: bool) -> None:
        """Take a block whose words are a text with places to fill or choose in it."""
        self.body.blocks.append(element)
        composer.cut()
        composer.open("div", {})
        before, self._holds_gaps = self._holds_gaps, holds_gaps
        but = {"gaptext", "gapimg"}
        feed_element(element, composer, lambda one: name_of(one) in but or self._foreign(one, composer))
        self._holds_gaps = before
        composer.close("div")
        composer.cut()

    def _block(self, element: Element, composer: Composer) -> None:
        self.body.blocks.append(element)
        composer.cut()
        for prompt in inside(element, "prompt"):
            composer.open("div", {})
            feed_element(prompt, composer, lambda one: self._shown(one, composer, "prompt"))
            composer.close("div")
        composer.cut()

    def _shown(self, element: Element, composer: Composer, part: str) -> bool:
        """Take a picture that is an ``object``."""
        if name_of(element) != "object" or not given(element, "type").startswith("image/"):
            return False
        address, alt = given(element, "data"), " ".join("".join(element.itertext()).split())
        name = self.gallery.take(part, address, alt)
        if name:
            composer.token(f"[[picture:{name}]]")
        else:
            composer.text(alt)
        return True


def picture_in(element: Element) -> tuple[str, str]:
    """Address and description of the picture that an interaction stands on."""
    shown = first(element, "object", "img", "image")
    if shown is None:
        return "", ""
    alt = given(shown, "alt") or " ".join("".join(shown.itertext()).split())
    return given(shown, "data") or given(shown, "src"), alt


def beside(href: str, address: str) -> str:
    """The name in the package of what a file there calls *address*."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(href), address))
