"""The words of a question out of marked-up text: HTML of one program, the body of an item of another.

Formulas become LaTeX between dollar signs, pictures their place, tables lines. What our words cannot say
(bold, underlined, played) is told, and its text stays.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from library.formats.drafts import Told
from library.formats.mathml import latex_of
from library.packages.errors import UnreadablePage
from library.packages.html import cleaned, judge_nesting
from library.packages.markup import kind_of

LONGEST_HTML = 2 << 20
DEEPEST = 150
Picture = Callable[[Mapping[str, str]], str]
"""Takes the attributes of an ``img`` and gives the name of the picture, or nothing."""

BLANK = "weike-blank"
"""The element that readers put in the place of a blank, with its ``number``."""
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "dl", "dd", "dt", "blockquote", "pre", "table", "ul", "ol", "center",
     "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "header", "footer", "caption", "body"}
)  # fmt: skip
_BREAKS = frozenset({"br", "tr", "hr"})
_SILENT = frozenset(
    {"script", "style", "template", "head", "title", "noscript", "svg", "select", "textarea", "rp"}
)
_PLAYED = frozenset({"audio", "video", "iframe", "object", "embed", "canvas", "applet", "svg"})
_EMPHASIS = frozenset({"b", "strong", "i", "em", "u", "s", "del", "ins", "mark"})
_VOID = frozenset(
    {"br", "img", "hr", "input", "wbr", "meta", "link", "source", "track", "col", "area", "base"}
)
_SPACES = re.compile(r"[ \t\r\n\f\N{NO-BREAK SPACE}]+")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Around the number of a token. They are no characters in any text, so nobody can type one."""
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CUT = "\ufdd2"
"""Where one piece of the words ends and the next begins; no character of any text either."""
_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")
_IN_ADDRESS = re.compile(r"data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=]+", re.IGNORECASE)
_HELD = "held-picture:"
_INLINE = re.compile(r"\\\(((?:(?!\\[()]).){1,2000}?)\\\)", re.DOTALL)
_DISPLAYED = re.compile(r"\\\[((?:(?!\\[\[\]]).){1,2000}?)\\\]", re.DOTALL)
_DOLLARS = re.compile(r"\$[^$\n]+\$")
_OURS = re.compile(r"\[\[(?=[1-9]\d?\]\]|picture:[a-z0-9-]{1,32}\]\])")
_BLANK_LINES = re.compile(r"\n{3,}")
_ELEMENT = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")


class Composer:
    """Puts the words together, piece by piece; *told* hears what they cannot say."""

    def __init__(self, told: Told, part: str, picture: Picture | None = None) -> None:
        self.told, self.part, self.picture = told, part, picture
        self._out: list[str] = []
        self._tokens: list[str] = []
        self.has_blanks = False
        self._silent = 0
        self._literal = 0
        self._scripts: list[tuple[str, list[str]]] = []
        self._lists: list[int] = []
        self._cells = 0

    def text(self, data: str) -> None:
        """Plain words."""
        if self._silent:
            return
        plain = _NOT_TEXT.sub("", data)
        if not self._literal:
            plain = _SPACES.sub(" ", plain)
            if plain.startswith(" ") and (not self._out or self._out[-1].endswith(("\n", " "))):
                plain = plain[1:]
        if plain:
            self._out.append(plain)

    def token(self, said: str) -> None:
        """Something of ours, which nothing in the file can be mistaken for: a blank, a picture, a formula."""
        if not self._silent:
            self._out.append(f"{_OPEN}{len(self._tokens)}{_CLOSE}")
            self._tokens.append(said)

    def formula(self, latex: str) -> None:
        """A formula in LaTeX."""
        if latex.strip():
            self.token(f"${latex.strip()}$")

    def math(self, element: Element) -> None:
        """A formula in MathML."""
        latex, is_whole = latex_of(element)
        if not is_whole:
            self.told.changed(self.part, "formula")
        if element.get("display") == "block" and latex:
            self.token(f"$${latex}$$")
        else:
            self.formula(latex)

    def open(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _PLAYED:
            self.told.dropped(self.part, "media", element=tag)
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            return
        elif tag == BLANK:
            self._blank(given)
        elif tag == "img":
            self._image(given)
        elif tag in {"sub", "sup"}:
            self._scripts.append((tag, self._out))
            self._out = []
        elif tag in {"ul", "ol"}:
            self._break(1 if self._lists else 2)
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._point()
        elif tag in {"td", "th"}:
            self._cell()
        else:
            self._opened(tag)

    def _opened(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self.told.changed(self.part, "emphasis")
        if tag == "table":
            self.told.changed(self.part, "table")
        if tag == "pre":
            self._literal += 1
        if tag == "rt":
            self._out.append("(")
        if tag == "br":
            self._out.append("\n")
        elif tag in _BREAKS:
            self._break(1)
        elif tag in _BLOCKS:
            self._break(2)
        if tag == "tr":
            self._cells = 0

    def close(self, tag: str) -> None:
        """An element ends."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif self._silent:
            return
        elif tag in {"sub", "sup"}:
            self._script(tag)
        elif tag in {"ul", "ol"}:
            if self._lists:
                self._lists.pop()
            self._break(1 if self._lists else 2)
        elif tag == "rt":
            self._out.append(")")
        elif tag == "pre":
            self._literal = max(self._literal - 1, 0)
            self._break(2)
        elif tag in _BLOCKS:
            self._break(2)

    def cut(self) -> None:
        """End one piece of the words here, and begin the next."""
        while self._scripts:
            self._script(self._scripts[-1][0])
        self._out.append(_CUT)

    def words(self) -> str:
        """All of it."""
        return self._finished(self._said().replace(_CUT, ""))

    def pieces(self) -> list[str]:
        """All of it, in the pieces that it was cut into."""
        return [self._finished(one) for one in self._said().split(_CUT)]

    def _said(self) -> str:
        while self._scripts:
            self._script(self._scripts[-1][0])
        return "".join(self._out)

    def _finished(self, said: str) -> str:
        said = said.replace("\N{NO-BREAK SPACE}", " ")
        if _DOLLARS.search(said):
            self.told.changed(self.part, "dollars")
        said = _INLINE.sub(_bare("$"), said)
        said = _DISPLAYED.sub(_bare("$$"), said)
        if _OURS.search(said):
            self.told.changed(self.part, "brackets")
            said = _OURS.sub("[ [", said)
        said = "\n".join(line.strip(" \t") for line in said.split("\n")) if not self._literal else said
        said = _BLANK_LINES.sub("\n\n", said).strip(" \t\n")
        return cleaned(_TOKEN.sub(lambda one: self._tokens[int(one[1])], said))

    def _blank(self, given: Mapping[str, str]) -> None:
        number = given.get("number", "")
        if self.has_blanks and number.isdecimal():
            self.token(f"[[{int(number)}]]")

    def _break(self, lines: int) -> None:
        if not self._out:
            return
        ending = 0
        for piece in reversed(self._out[-2:]):
            ending += len(piece) - len(piece.rstrip("\n"))
            if piece.strip("\n"):
                break
        if ending < lines:
            self._out.append("\n" * (lines - ending))

    def _point(self) -> None:
        self._break(1)
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._out.append(f"{self._lists[-1]}. ")
        else:
            self._out.append("• ")

    def _cell(self) -> None:
        if self._cells:
            self._out.append(" | ")
        self._cells += 1

    def _script(self, tag: str) -> None:
        """What is raised or lowered, as the formula that it is."""
        for place in range(len(self._scripts) - 1, -1, -1):
            if self._scripts[place][0] == tag:
                break
        else:
            return
        inner = "".join(self._out)
        _tag, self._out = self._scripts.pop(place)
        del self._scripts[place:]
        plain = _TOKEN.sub(lambda one: self._tokens[int(one[1])].strip("$"), inner).strip()
        if not plain:
            return
        if not plain.isascii():
            plain = f"\\text{{{plain}}}"
        plain = plain.replace("$", "")
        sign = "_" if tag == "sub" else "^"
        self.told.changed(self.part, "script")
        self.token(f"${sign}{plain}$" if len(plain) == 1 else f"${sign}{{{plain}}}$")

    def _image(self, given: Mapping[str, str]) -> None:
        equation = given.get("data-equation-content", "")
        if equation:
            self.formula(equation.replace("$", ""))
            return
        name = self.picture(given) if self.picture else ""
        if name:
            self.token(f"[[picture:{name}]]")
            return
        if not self.picture:
            self.told.dropped(self.part, "picture", name=given.get("src", "")[:80])
        self.text(given.get("alt", ""))


class _Html(HTMLParser):
    """Tells a composer what stands in HTML; formulas in MathML are gathered first."""

    def __init__(self, composer: Composer) -> None:
        super().__init__(convert_charrefs=True)
        self.composer = composer
        self.math: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "math" or self.math:
            self._into_math(tag, given)
        else:
            self.composer.open(tag, given)

    def _into_math(self, tag: str, given: dict[str, str]) -> None:
        element = Element(tag, given)
        if self.math and len(self.math) < DEEPEST:
            self.math[-1].append(element)
        if len(self.math) < DEEPEST:
            self.math.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close one."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID or self.math:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self.math:
            self.composer.close(tag)
            return
        if any(one.tag == tag for one in self.math):
            while (closed := self.math.pop()).tag != tag:
                pass
            if not self.math:
                self.composer.math(closed)

    def handle_data(self, data: str) -> None:
        """Words, in a formula or outside."""
        if not self.math:
            self.composer.text(data)
        elif len(self.math[-1]):
            last = self.math[-1][-1]
            last.tail = (last.tail or "") + data
        else:
            self.math[-1].text = (self.math[-1].text or "") + data


def words_of_html(
    html: str, told: Told, part: str, picture: Picture | None = None, *, has_blanks: bool = False
) -> str:
    """HTML, which may be anything, as the words of a question; with *has_blanks*, blanks are marked in it.

    Raises:
        UnreadablePage: it nests deeper, or is longer, than anything that a person wrote.
    """
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"{_HELD}{len(held) - 1}"

    def held_picture(given: Mapping[str, str]) -> str:
        """The picture whose content stood in its address."""
        place = given.get("src", "").removeprefix(_HELD)
        is_held = place != given.get("src", "") and place.isdecimal() and int(place) < len(held)
        return picture({**given, "src": held[int(place)]} if is_held else given) if picture else ""

    # Whole pictures in addresses are kept from the parser: they are no words, and may be large.
    short = _IN_ADDRESS.sub(hold, html)
    if len(short) > LONGEST_HTML:
        raise UnreadablePage
    judge_nesting(short)
    composer = Composer(told, part, held_picture if picture else None)
    composer.has_blanks = has_blanks
    feed_html(short, composer)
    return composer.words()


def feed_html(html: str, composer: Composer) -> None:
    """Tell *composer* what stands in *html*."""
    parser = _Html(composer)
    parser.feed(cleaned(html))
    parser.close()
    if parser.math:
        composer.math(parser.math[0])


def feed_element(element: Element, composer: Composer, foreign: Callable[[Element], bool]) -> None:
    """Tell *composer* what stands inside *element*; *foreign* is asked first and says whether it took one."""
    composer.text(element.text or "")
    for one in element:
        kind = kind_of(one)
        if kind == "math":
            composer.math(one)
        elif not foreign(one):
            composer.open(kind, {str(name).rpartition("}")[2]: value for name, value in one.attrib.items()})
            if kind not in _VOID:
                feed_element(one, composer, foreign)
                composer.close(kind)
        composer.text(one.tail or "")


def words_of_text(text: str, told: Told, part: str, picture: Picture | None = None) -> str:
    """Text that may be plain or HTML, as GIFT and old files have it: line breaks count in what is plain."""
    if _ELEMENT.search(_IN_ADDRESS.sub("", text)):
        return words_of_html(text.replace("\n", " "), told, part, picture)
    return words_of_plain(text, told, part)


def words_of_plain(text: str, told: Told, part: str) -> str:
    """Text in which no element is meant."""
    composer = Composer(told, part)
    for number, line in enumerate(text.split("\n")):
        if number:
            composer.open("br", {})
        composer.text(line)
    return composer.words()


def joined(parts: Iterable[str]) -> str:
    """Those parts that say something, one below the other."""
    return "\n\n".join(part for part in parts if part)


def _bare(sign: str) -> Callable[[re.Match[str]], str]:
    """Puts a formula between dollar signs, on one line; one that holds a dollar sign stays as it was."""

    def bare(found: re.Match[str]) -> str:
        inner = " ".join(found[1].split("\n")).strip()
        return f"{sign}{inner}{sign}" if inner and "$" not in inner else found[0]

    return bare
