"""PDF files: text with our Chinese font inside, page numbers, tables whose heads come again on each page.

The font is the one that the front-end build brings; a file holds as much of it as it uses, some 20 kB. A
character that it has not, such as one of a rare name, is drawn in the machine's own Chinese font, where there
is one. Nothing of a person stands in what a file says about itself: titles name the kind of document.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TableCellFillMode, VAlign, WrapMode, XPos, YPos
from fpdf.fonts import FontFace, TTFFont
from fpdf.prefs import ViewerPreferences

from core.errors import Unavailable
from core.i18n import _, is_chinese, lazy

FONTS = Path(__file__).parent.parent / "build" / "fonts"
FACES = {"": "400", "B": "700"}
CHINESE, LATIN, SYSTEM = "chinese", "latin", "system"
SYSTEM_FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/System/Library/Fonts/PingFang.ttc", 2),
    ("C:/Windows/Fonts/msyh.ttc", 0),
)
"""Where systems keep a font with all characters of names, and the number of its simplified face."""
MARGIN_MM = 15
SIZE, SMALL, LARGE = 9.5, 8.5, 16
LINE = 1.5
"""Heights of lines in heights of letters."""
INK, SOFT, RULE, SHADE = (34, 32, 28), (96, 92, 84), (200, 196, 188), (244, 241, 234)
POINT_MM = 25.4 / 72
PADDING_MM = 1.0
ROUNDING_MM = 0.1
MOST_LINES = 25
"""Of one cell, so that its row fits on a page; what is longer ends in an ellipsis."""
_PIECE = re.compile(r"\n|[^\S\n]+|[（《〈「『【“‘]*(?:[!-~]+|\S)[，。、；：？！）》〉」』】”’…·％]*")
"""What stays on one line: a Latin word or figure, a Chinese character, each with its punctuation."""


class NoFontForPdf(Unavailable):
    """The front-end build, which brings the font, is missing."""

    message = lazy(
        "PDF files cannot be made on this server yet: its fonts are missing. Please print the page."
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, how wide it is beside others, and whether figures stand in it."""

    head: str
    width: float = 1.0
    is_number: bool = False


class Paper(FPDF):
    """An A4 document in our fonts; *title* is what the file calls itself.

    Raises:
        NoFontForPdf: the font is missing.
    """

    def __init__(self, title: str, *, is_wide: bool = False, has_footer: bool = True) -> None:
        super().__init__(orientation="landscape" if is_wide else "portrait", format="A4")
        self._has_footer = has_footer
        self.set_title(title)
        self.set_creator("Weike")
        self.set_lang("zh-CN" if is_chinese() else "en")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=MARGIN_MM + 5)
        for family, name in ((CHINESE, "chinese-simplified"), (LATIN, "latin")):
            for face, weight in FACES.items():
                place = FONTS / f"noto-sans-sc-{name}-{weight}-normal.woff"
                if not place.is_file():
                    raise NoFontForPdf
                self.add_font(family, face, place)
        self._fallbacks = [LATIN]
        self.set_fallback_fonts(self._fallbacks, exact_match=False)
        self.write_in(SIZE)

    def write_in(self, size: float, *, is_bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
        """Go on in this size and colour."""
        self.set_font(CHINESE, "B" if is_bold else "", size)
        self.set_text_color(*colour)

    def prepare(self, *texts: str) -> None:
        """Have a font for every character of *texts*, as far as this machine has one."""
        known: set[int] = set().union(*(one.cmap for one in self.fonts.values() if isinstance(one, TTFFont)))
        missing = {ord(one) for one in "".join(texts) if not one.isspace()} - known
        if missing and SYSTEM not in self._fallbacks and (found := _system_font()):
            place, face = found
            self.add_font(SYSTEM, "", place, collection_font_number=face)
            self._fallbacks.append(SYSTEM)
            self.set_fallback_fonts(self._fallbacks, exact_match=False)

    def broken(self, text: str, width: float) -> str:
        """*text* in lines of at most *width* millimetres, none of which begins with a mark that closes."""
        return "\n".join(_lines(text, lambda line: self.get_string_width(line) <= width))

    def paragraph(self, text: str, size: float = SIZE) -> None:
        """Write *text* over the whole width."""
        text = self.broken(text, self.epw - 2 * self.c_margin)
        self.multi_cell(
            0,
            size * LINE * POINT_MM,
            text,
            wrapmode=WrapMode.CHAR,
            align="L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def footer(self) -> None:
        """The number of the page and of all pages, at the foot of each."""
        if not self._has_footer:
            return
        self.set_y(-MARGIN_MM)
        self.write_in(SMALL, colour=SOFT)
        said = _("Page %(number)s of %(all)s", number=self.page_no(), all="{nb}")
        self.cell(0, 5, said, align="C")


def table_as_pdf(
    title: str, heading: str, notes: Sequence[str], columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> bytes:
    """A table under its *heading* and *notes*, as a PDF file called *title*.

    Raises:
        NoFontForPdf: the font is missing.
    """
    paper = Paper(title, is_wide=True)
    paper.prepare(heading, *notes, *(one.head for one in columns), *(cell for row in rows for cell in row))
    paper.add_page()
    paper.write_in(LARGE, is_bold=True)
    paper.paragraph(heading, LARGE)
    paper.write_in(SIZE, colour=SOFT)
    for note in notes:
        paper.paragraph(note)
    paper.ln(3)
    paper.write_in(SMALL)
    paper.set_draw_color(*RULE)
    whole = sum(one.width for one in columns)
    with paper.table(
        col_widths=tuple(one.width for one in columns),
        text_align=tuple("RIGHT" if one.is_number else "LEFT" for one in columns),
        headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=SHADE),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        cell_fill_mode=TableCellFillMode.NONE,
        line_height=SMALL * LINE * POINT_MM,
        padding=PADDING_MM,
        v_align=VAlign.T,
        repeat_headings=1,
        wrapmode=WrapMode.CHAR,
    ) as table:
        for cells in ([one.head for one in columns], *rows):
            row = table.row()
            for cell, column in zip(cells, columns, strict=True):
                room = paper.epw * column.width / whole - 2 * PADDING_MM - ROUNDING_MM
                lines = paper.broken(cell, room).split("\n")
                row.cell("\n".join([*lines[: MOST_LINES - 1], "…"] if len(lines) > MOST_LINES else lines))
    return bytes(paper.output())


def _lines(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(text):
        if piece == "\n":
            yield line.rstrip()
            line = ""
        elif fits(line + piece):
            line += piece
        elif fits(piece):
            yield line.rstrip()
            line = piece.lstrip()
        else:  # longer than a line: broken wherever it must be
            for letter in piece:
                if line and not fits(line + letter):
                    yield line.rstrip()
                    line = ""
                line += letter
    yield line


@cache
def _system_font() -> tuple[Path, int] | None:
    return next(((Path(place), face) for place, face in SYSTEM_FONTS if Path(place).is_file()), None)
