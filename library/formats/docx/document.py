"""The text of a Word file, line by line, with its pictures: what is not read says so in its place."""

import base64
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from xml.etree.ElementTree import Element

from core.errors import DomainError
from library.formats.docx.archive import Word
from library.formats.docx.around import PASSED, chosen, waits
from library.formats.docx.marks import Mark, mark_in, mark_named
from library.formats.docx.names import child, is_on, local, value
from library.formats.docx.numbering import Numbering, numbering_of
from library.formats.docx.omml import Unread, latex_of
from library.formats.docx.shapes import old_pictures_in, pictures_in
from library.formats.docx.symbols import PRIVATE, SYMBOLS
from library.formats.docx.tables import lines_of_table
from library.formats.docx.words import Look, Words, said
from library.formats.papers.vocabulary import PICTURE_WORDS, UNREAD, UNREAD_MARK
from library.formats.reading import Fate, Note
from library.items.records import MOST_PICTURE, PictureRecord
from library.media.cuts import WHOLE, Cut
from library.media.pictures import redrawn

MOST_BYTES = MOST_PICTURE // 4 * 3
LONGEST_ALT = 200
_FORMULA_FIELD = re.compile(r"\s*EQ\b", re.IGNORECASE)
_EQUATION = re.compile(r"Equation|MathType|KSEE", re.IGNORECASE)


@dataclass(slots=True)
class Text:
    """What a Word file says."""

    lines: list[str] = field(default_factory=list)
    pictures: dict[str, PictureRecord] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    by_content: dict[tuple[bytes, Cut], str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """By the picture's name: SHA-256 of what the file holds of it, and of how it was cut."""
    bold: int = 0
    marks: list[tuple[int, Mark]] = field(default_factory=list)
    """What was written here, each before the line of that index."""
    media: dict[str, bytes] = field(default_factory=dict)
    """All pictures of a file with marks by their SHA-256, also those that no line shows."""

    def picture(self, content: bytes | None, words: str, cut: Cut = WHOLE) -> str:
        """What stands for a picture in the text."""
        if content is None:
            return unread("picture")
        if (content, cut) in self.by_content:
            return self.by_content[content, cut]
        try:
            drawn, width, height = redrawn(io.BytesIO(content), most_bytes=MOST_BYTES, cut=cut)
        except DomainError:
            return unread("picture")
        name = f"p{len(self.pictures) + 1}"
        self.digests[name] = sha256(content if cut == WHOLE else content + repr(cut).encode()).hexdigest()
        alt = " ".join(words.split())[:LONGEST_ALT] or f"{PICTURE_WORDS} {len(self.pictures) + 1}"
        self.pictures[name] = PictureRecord(
            name=name, alt=alt, width=width, height=height, data=base64.b64encode(drawn).decode()
        )
        self.by_content[content, cut] = f"[[picture:{name}]]"
        return f"[[picture:{name}]]"


def unread(what: str) -> str:
    """What stands in the text where something cannot be read."""
    return UNREAD_MARK.format(what=UNREAD[what])


def text_of(word: Word, into: Text | None = None) -> Text:
    """The text of *word*, put *into* one that is empty."""
    text = into or Text()
    reader = _Reader(word, text, numbering_of(word.numbering))
    for line in reader.blocks(word.body):
        # What was met on the way to a line stands before it, or in its paragraph.
        text.marks += [(len(text.lines), mark) for mark in reader.marks]
        reader.marks.clear()
        text.lines.append(line)
    if any(mark.carried for _begin, mark in text.marks):
        text.media = {sha256(one).hexdigest(): one for one in word.media()}
    if text.bold:
        text.notes.append(Note(Fate.DROPPED, "bold", "no-place-for-look", {"count": text.bold}))
    edges = [name for name in word.margins if "".join(word.xml(name).itertext()).strip()]
    if edges:
        text.notes.append(Note(Fate.DROPPED, "edges", "beside-the-text", {"count": len(edges)}))
    return text


class _Reader:
    """Where the reading stands: the lists, and whether a field's instruction is being read."""

    def __init__(self, word: Word, text: Text, numbering: Numbering) -> None:
        self.word, self.text, self.numbering = word, text, numbering
        self.styles = {value(one, "styleId"): one for one in word.styles or () if local(one) == "style"}
        self.instructions: list[str] = []
        self.boxes: list[Element] = []
        self.begun: list[Words] = []
        """Of paragraphs whose end was deleted: the next one goes on with them."""
        self.marks: list[Mark] = []
        self.font = ""

    def blocks(self, parent: Element) -> Iterator[str]:
        """The lines of paragraphs and tables."""
        for block in parent:
            match local(block):
                case "p":
                    yield from self.paragraph(block)
                case "tbl":
                    yield from self._begun()
                    yield from lines_of_table(block, self._cell)
                case "sdt" if waits(block):
                    pass
                case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                    yield from self.blocks(block)
                case "altChunk":
                    yield unread("object")
                case "AlternateContent":
                    yield from self.blocks(chosen(block))
                case "bookmarkStart":
                    self._meet(mark_named(value(block, "name")))
                case _:
                    pass
        yield from self._begun()

    def _begun(self) -> Iterator[str]:
        """What begins a paragraph that nothing goes on with."""
        if self.begun:
            yield from said(self.begun).split("\n")
        self.begun = []

    def _meet(self, mark: Mark | None) -> None:
        if mark is not None:
            self.marks.append(mark)

    def paragraph(self, paragraph: Element) -> Iterator[str]:
        """The lines of a paragraph, and those of the boxes that float over it."""
        properties = child(paragraph, "pPr")
        pieces = [*self.begun, *self._inline(paragraph)]
        if any(child(properties, "rPr", name) is not None for name in ("del", "moveFrom")):
            self.begun = pieces
            return
        self.begun = []
        label = self._label(properties)
        words = said(pieces)
        yield from f"{label} {words}".strip().split("\n") if label else words.split("\n")
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            inside = " ".join(line.strip() for line in self.blocks(box) if line.strip())
            yield f"{unread('box')} {inside}".strip()

    def _cell(self, cell: Element) -> list[str]:
        return list(self.blocks(cell))

    def _label(self, properties: Element | None) -> str:
        found = child(properties, "numPr")
        style, seen = self.styles.get(value(child(properties, "pStyle"))), set[str]()
        while found is None and style is not None and value(style, "styleId") not in seen:
            seen.add(value(style, "styleId"))
            found = child(style, "pPr", "numPr")
            style = self.styles.get(value(child(style, "basedOn")))
        number, depth = value(child(found, "numId")), value(child(found, "ilvl"), default="0")
        if found is None or number in {"", "0"} or not depth.isdigit():
            return ""
        return self.numbering.label(number, int(depth))

    # Inside a paragraph

    def _inline(self, parent: Element) -> Iterator[Words]:
        for one in parent:
            name = local(one)
            if name == "r":
                yield from self._run(one)
            elif name in {"oMath", "oMathPara"}:
                yield _formula(one)
            elif name == "bookmarkStart":
                self._meet(mark_named(value(one, "name")))
            elif name == "AlternateContent":
                yield from self._inline(chosen(one))
            elif name in PASSED and not waits(one):
                yield from self._inline(one)

    def _run(self, run: Element) -> Iterator[Words]:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            return
        if is_on(properties, "b") and child(run, "t") is not None:
            self.text.bold += 1
        look, self.font = _look(properties), value(child(properties, "rFonts"), "ascii")
        for one in run:
            if (name := local(one)) == "fldChar":
                yield from self._field(value(one, "fldCharType"))
            elif name == "instrText":
                self.instructions.append(one.text or "")
            elif name == "AlternateContent":
                inside = Element("r")
                inside.extend(chosen(one))
                yield from self._run(inside)
            elif name in _IN_RUNS:
                yield Words(_IN_RUNS[name](self, one), look if name in {"t", "tab"} else Look.PLAIN)

    def _field(self, kind: str) -> Iterator[Words]:
        """A field that draws a formula has no text of its own."""
        if kind == "begin":
            self.instructions = []
        elif kind in {"separate", "end"} and self.instructions:
            said = "".join(self.instructions)
            if _FORMULA_FIELD.match(said):
                yield Words(unread("formula"))
            self._meet(mark_in(said))
            self.instructions = []

    def _letters(self, one: Element) -> str:
        return "".join(
            _sign(self.font, f"{ord(letter):04X}") if letter in PRIVATE else letter
            for letter in one.text or ""
        )

    def _ruby(self, one: Element) -> str:
        """A word with its pinyin above, as word(pinyin)."""
        base, above = child(one, "rubyBase"), child(one, "rt")
        words = said(list(self._inline(base))) if base is not None else ""
        sound = said(list(self._inline(above))) if above is not None else ""
        return f"{words}({sound})" if sound else words

    def _drawing(self, one: Element) -> str:
        """Pictures, or what cannot be read of a drawing; its text boxes follow the paragraph."""
        boxes = [box for box in one.iter() if local(box) == "txbxContent"]
        self.boxes += boxes
        words = next((value(about, "descr") for about in one.iter() if local(about) == "docPr"), "")
        shown = "".join(
            self.text.picture(self.word.picture(relation), words, cut) for relation, cut in pictures_in(one)
        )
        return shown or ("" if boxes else unread("picture"))

    def _old_picture(self, one: Element) -> str:
        """VML, as older Words and formula programs write it."""
        boxes = [box for box in one.iter() if local(box) == "txbxContent"]
        self.boxes += boxes
        program = next((value(told, "ProgID") for told in one.iter() if local(told) == "OLEObject"), "")
        shown = "".join(
            self.text.picture(self.word.picture(relation), "", cut) for relation, cut in old_pictures_in(one)
        )
        if local(one) == "object" and unread("picture") in (shown or unread("picture")):
            return unread("formula" if _EQUATION.search(program) else "object")
        is_line = any(value(shape, "hr") for shape in one.iter())
        return shown or ("" if boxes or is_line else unread("picture"))

    def _symbol(self, one: Element) -> str:
        return _sign(value(one, "font"), value(one, "char"))


_IN_RUNS: dict[str, Callable[[_Reader, Element], str]] = {
    "t": _Reader._letters,  # noqa: SLF001 -- of the class above
    "tab": lambda _reader, _one: "\t",
    "ptab": lambda _reader, _one: "\t",
    "br": lambda _reader, _one: "\n",
    "cr": lambda _reader, _one: "\n",
    "noBreakHyphen": lambda _reader, _one: "-",
    "ruby": _Reader._ruby,  # noqa: SLF001
    "drawing": _Reader._drawing,  # noqa: SLF001
    "pict": _Reader._old_picture,  # noqa: SLF001
    "object": _Reader._old_picture,  # noqa: SLF001
    "sym": _Reader._symbol,  # noqa: SLF001
}


def _sign(font: str, code: str) -> str:
    """A letter of a font of signs: those that papers use, else something that is not read."""
    return SYMBOLS.get(font, {}).get(code.upper()[-2:], unread("object"))


def _formula(element: Element) -> Words:
    try:
        latex = latex_of(element)
    except (Unread, RecursionError):
        return Words(unread("formula"))
    return Words(latex, Look.FORMULA) if latex else Words("")


def _look(properties: Element | None) -> Look:
    if properties is None:
        return Look.PLAIN
    raised = value(child(properties, "vertAlign"))
    if raised in {"superscript", "subscript"}:
        return Look.HIGH if raised == "superscript" else Look.LOW
    if is_on(properties, "em"):
        return Look.DOTTED
    return Look.UNDERLINED if is_on(properties, "u") else Look.PLAIN
