"""Questions as a paper in Word: numbered, with choices and blanks; key and solutions on pages of their own.

Numbers and letters are typed, not made by Word, so that the paper can be read again as it stands.
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
from library.formats.formulas import IN_DOLLARS
from library.formats.offered import in_order, named, number_of, right_of
from library.formats.word.omml import omml_of
from library.formats.writing import legal
from library.items.kinds.blanks import blanks_of
from library.items.kinds.choice import Choice
from library.items.kinds.inline import offered_at_blanks
from library.items.kinds.numeric import asks_unit, unit_of
from library.items.kinds.table import kind_of
from library.items.kinds.written import lines_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, PictureRecord, StimulusRecord
from library.items.texts import PieceKind, blanks_in, pieces_of
from library.items.variants import Posed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, CHINESE = "Times New Roman", "SimSun"
PIXELS_PER_INCH = 96
WIDEST_INCHES = 5.9
BLANK = "______"
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
    number = 0
    for one in in_order(records, stimuli):
        if isinstance(one, StimulusRecord):
            _Writer(document, one.pictures).passage(one)
        elif one is not None:
            number += 1
            _Writer(document, one.pictures).question(number, one.asked)
    if records:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_heading(_("Answers:"), 1)
        for place, record in enumerate(records, start=1):
            _Writer(document, record.pictures).solution(place, record.asked)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


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
    """The paragraphs of one question."""

    def __init__(self, document: Paper, pictures: Sequence[PictureRecord]) -> None:
        self.document, self.pictures = document, named(pictures)

    def passage(self, record: StimulusRecord) -> None:
        """What the questions after it are about."""
        title = " ".join(record.title.split())
        self.line(_("Passage: %(title)s", title=title) if title else _("Passage:"), is_kept=True)
        for line in record.text.split("\n"):
            self.line(line)

    def question(self, number: int, asked: Posed) -> None:
        """A question with its number, and the room for its answer."""
        words = asked.prompt
        if asked.kind is ItemKind.TEXT_ENTRY and not blanks_in(words):
            words += f" {BLANK}" * blanks_of(asked)
        if asked.kind is ItemKind.NUMERIC:
            words += f" {BLANK} {unit_of(asked)}".rstrip()
        if asked.kind is ItemKind.TRUE_FALSE:
            words += " (    )"
        first, *more = words.split("\n")
        self.line(f"{number}. {first}", is_kept=True)
        for line in more:
            self.line(line, is_kept=True)
        if write_answers := _ANSWERS.get(asked.kind):
            write_answers(self, asked)

    def solution(self, number: int, asked: Posed) -> None:
        """The key of a question, and its solution."""
        key, first, *more = _key(asked), *asked.explanation.split("\n")
        said = [_("Answer: %(key)s", key=key)] if key else []
        said += [_("Explanation: %(text)s", text=first), *more] if first else []
        if said:
            self.line(f"{number}. {said[0]}")
        for line in said[1:]:
            self.line(line)

    def line(self, text: str, *, is_kept: bool = False) -> Paragraph:
        """One paragraph with formulas and pictures."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = is_kept
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

    def _picture(self, paragraph: Paragraph, name: str) -> None:
        one = self.pictures.get(name)
        if one is None:
            return
        width = min(one.width / PIXELS_PER_INCH, WIDEST_INCHES)
        shape = paragraph.add_run().add_picture(io.BytesIO(one.content()), width=Inches(width))
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
