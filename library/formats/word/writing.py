"""Questions as a paper in Word: numbered, with choices and blanks; key and solutions on pages of their own.

Numbers and letters are typed, not made by Word, so that the paper can be read again as it stands. What a
paper does not say of a question stands in a field beside its key (``carrying.py``).
"""

import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph

from core.i18n import _
from library.formats.building import written
from library.formats.docx.marks import Part, key_of
from library.formats.formulas import IN_DOLLARS
from library.formats.offered import BLANK, in_order, named, number_of, right_of, room_behind
from library.formats.word.carrying import Carrier
from library.formats.word.omml import omml_of
from library.formats.writing import legal
from library.items.kinds.choice import Choice
from library.items.kinds.inline import offered_at_blanks
from library.items.kinds.numeric import asks_unit
from library.items.kinds.table import kind_of
from library.items.kinds.written import lines_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord
from library.items.texts import PieceKind, pieces_of
from library.items.variants import Posed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, CHINESE = "Times New Roman", "SimSun"
PIXELS_PER_INCH = 96
WIDEST_INCHES = 5.9
LINES_FOR_PAPER = 6
_BORDER = (
    '<w:pBdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:bottom w:val="single" w:sz="4" w:space="1" w:color="999999"/></w:pBdr>'
)


def write(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord], title: str) -> bytes:
    """The questions as a document in the language of the page."""
    document = Document()
    _set_fonts(document)
    document.core_properties.author = ""
    document.core_properties.title = legal(title)[:250]
    if title.strip():
        document.add_heading(legal(title), 0)
    carrier = Carrier(document)
    asked: list[_Writer] = []
    for place, one in enumerate(in_order(records, stimuli)):
        if one is None:
            continue
        writer = _Writer(document, carrier, one, key_of(place, one.identifier))
        if isinstance(one, StimulusRecord):
            writer.passage(one)
        else:
            asked.append(writer)
            writer.question(len(asked), one.asked)
    if asked:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        carrier.begin(Part.ANSWERS, key_of(0, title))
        document.add_heading(_("Answers:"), 1)
        for number, (writer, record) in enumerate(zip(asked, records, strict=True), start=1):
            writer.solution(number, record.asked)
    return carrier.saved()


def _set_fonts(document: Paper) -> None:
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name = LATIN
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)


def left_as_latex(asked: Posed) -> list[str]:
    """The formulas of a question that stay as they were typed."""
    texts = [asked.prompt, asked.explanation, *kind_of(asked).offered_in_words(asked)]
    formulas = [piece for text in texts for piece in IN_DOLLARS.split(text)[1::2]]
    return [one for one in formulas if omml_of(one.strip("$")) is None]


class _Writer:
    """The paragraphs of one question, or of what questions are about."""

    def __init__(
        self, document: Paper, carrier: Carrier, record: ItemRecord | StimulusRecord, key: str
    ) -> None:
        self.document, self.carrier, self.record, self.key = document, carrier, record, key
        self.pictures = named(record.pictures)
        self.shown: set[str] = set()

    def passage(self, record: StimulusRecord) -> None:
        """What the questions after it are about."""
        title = " ".join(record.title.split())
        paragraph = self._paragraph(is_kept=True)
        said = _("Passage: %(title)s", title=title) if title else _("Passage:")
        self._carry(paragraph, Part.PASSAGE, said.removesuffix(title))
        self.fill(paragraph, title)
        for line in record.text.split("\n"):
            self.line(line)
        self._hide_others(paragraph)

    def question(self, number: int, asked: Posed) -> None:
        """A question with its number, and the room for its answer."""
        self.carrier.begin(Part.ASKED, self.key)
        first, *more = (asked.prompt + room_behind(asked)).split("\n")
        self.line(f"{number}. {first}", is_kept=True)
        for line in more:
            self.line(line, is_kept=True)
        if write_answers := _ANSWERS.get(asked.kind):
            self.carrier.begin(Part.OFFERED, self.key)
            write_answers(self, asked)

    def solution(self, number: int, asked: Posed) -> None:
        """The number of a question, with what is carried of it, its key, and its solution."""
        paragraph = self._paragraph()
        self._carry(paragraph, Part.KEY, f"{number}.")
        key, first, *more = _key(asked), *asked.explanation.split("\n")
        if key:
            self.fill(paragraph, " " + _("Answer: %(key)s", key=key))
        if first:
            self.carrier.begin(Part.EXPLAINED, self.key, None if key else paragraph)
            said = _("Explanation: %(text)s", text=first)
            self.fill(self._paragraph() if key else paragraph, said if key else f" {said}")
            for line in more:
                self.line(line)
        self._hide_others(paragraph)

    def _carry(self, paragraph: Paragraph, part: Part, shown: str) -> None:
        self.carrier.carry(paragraph, part, self.key, self.record, shown)

    def _hide_others(self, paragraph: Paragraph) -> None:
        """Pictures that no line shows, such as those of hints, stand hidden beside the key."""
        for name in self.pictures:
            if name not in self.shown:
                self._picture(paragraph, name, is_hidden=True)

    def _paragraph(self, *, is_kept: bool = False) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = is_kept
        return paragraph

    def line(self, text: str, *, is_kept: bool = False) -> Paragraph:
        """One paragraph with formulas and pictures."""
        paragraph = self._paragraph(is_kept=is_kept)
        self.fill(paragraph, text)
        return paragraph

    def fill(self, paragraph: Paragraph, text: str) -> None:
        """Put the pieces of a text into a paragraph."""
        for piece in pieces_of(text):
            if piece.kind is PieceKind.BLANK:
                paragraph.add_run(BLANK)
            elif piece.kind is PieceKind.PICTURE:
                self._picture(paragraph, piece.text)
            else:
                for number, part in enumerate(IN_DOLLARS.split(piece.text)):
                    _put(paragraph, part, is_formula=bool(number % 2))

    def _picture(self, paragraph: Paragraph, name: str, *, is_hidden: bool = False) -> None:
        one = self.pictures.get(name)
        if one is None:
            return
        self.shown.add(name)
        width = min(one.width / PIXELS_PER_INCH, WIDEST_INCHES)
        run = paragraph.add_run()
        if is_hidden:
            run.font.hidden = True
        shape = run.add_picture(io.BytesIO(one.content()), width=Inches(width))
        shape._inline.docPr.set("descr", legal(one.alt))  # noqa: SLF001 -- the library has no other way to say it


def _put(paragraph: Paragraph, text: str, *, is_formula: bool) -> None:
    formula = omml_of(text.strip("$")) if is_formula else None
    if formula is not None:
        paragraph._p.append(parse_xml(legal(formula)))  # noqa: SLF001 -- the library knows no formulas
    elif text:
        paragraph.add_run(legal(text))


def _choices(writer: _Writer, asked: Posed) -> None:
    kind = kind_of(asked)
    offered = kind.offered(asked) if isinstance(kind, Choice) else asked.interaction["choices"]
    for number, one in enumerate(offered, start=1):
        text = " ".join(one["text"].split("\n"))
        writer.line(f"{one['id']}. {text}", is_kept=number < len(offered))


def _inline(writer: _Writer, asked: Posed) -> None:
    if asked.interaction.get("choices"):
        _choices(writer, asked)
        return
    for number, offered in enumerate(offered_at_blanks(asked)):
        choices = "    ".join(f"{one['id']}. {one['text']}" for one in offered)
        writer.line(f"{_circled(number)}  {choices}")


def _pairs(writer: _Writer, asked: Posed) -> None:
    left, right = asked.interaction["left"], asked.interaction["right"]
    table = writer.document.add_table(rows=max(len(left), len(right)), cols=2)
    for row, one in enumerate(left):
        # A numeral with a dot would begin a question.
        writer.fill(table.cell(row, 0).paragraphs[0], f"{_circled(row)} {one['text']}")
    for row, one in enumerate(right):
        writer.fill(table.cell(row, 1).paragraphs[0], f"{one['id']}. {one['text']}")
    writer.document.add_paragraph()


def _circled(place: int) -> str:
    """The numeral in a circle, from one on."""
    return chr(ord("\N{CIRCLED DIGIT ONE}") + place)


def _spots(writer: _Writer, asked: Posed) -> None:
    name = asked.interaction["picture"]
    if f"[[picture:{name}]]" not in asked.prompt:
        writer.line(f"[[picture:{name}]]")


def _lines(writer: _Writer, asked: Posed) -> None:
    for _number in range(lines_of(asked)):
        paragraph = writer.document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(parse_xml(_BORDER))  # noqa: SLF001 -- the library knows no borders


def _room(writer: _Writer, asked: Posed) -> None:
    del asked
    for _number in range(LINES_FOR_PAPER):
        writer.document.add_paragraph()


_ANSWERS: Mapping[ItemKind, Callable[[_Writer, Posed], None]] = MappingProxyType(
    {
        ItemKind.CHOICE: _choices,
        ItemKind.MULTIPLE_CHOICE: _choices,
        ItemKind.INLINE_CHOICE: _inline,
        ItemKind.MATCH: _pairs,
        ItemKind.ORDER: _choices,
        ItemKind.HOTSPOT: _spots,
        ItemKind.EXTENDED_TEXT: _lines,
        ItemKind.PHOTO: _room,
    }
)


def _key(asked: Posed) -> str:
    """The key on one line: letters where letters say it."""
    if asked.kind in {ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE}:
        return "".join(sorted(right_of(asked)))
    if asked.kind is ItemKind.TRUE_FALSE:
        return "√" if right_of(asked) == {"true"} else "×"
    if asked.kind is ItemKind.ORDER:
        return " ".join(asked.correct["order"])
    if asked.kind is ItemKind.INLINE_CHOICE:
        return "; ".join(
            f"{_circled(place)} {_chosen(asked, place)}" for place in range(len(asked.correct["chosen"]))
        )
    number = number_of(asked) if asked.kind is ItemKind.NUMERIC and not asks_unit(asked) else None
    if number is not None:
        return written(number[0]) + (f"±{written(number[1])}" if number[1] else "")
    return "; ".join(kind_of(asked).key(asked))


def _chosen(asked: Posed, place: int) -> str:
    """The right choice at a blank, with its letter."""
    right = asked.correct["chosen"][place]
    return next(
        f"{one['id']}. {one['text']}" for one in offered_at_blanks(asked)[place] if one["id"] == right
    )
