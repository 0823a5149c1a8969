"""Answer sheets as PDF: each pupil's begins on a page of its own, with her name on every page of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from segno import QRCode

from core.i18n import _, localized, ngettext
from core.pdf import INK, MARGIN_MM, SMALL, SOFT, Paper
from homework.sheets.layout import Look, Room
from homework.sheets.queries import Sheet, Sheets

CODE_MM, QUIET = 20.0, 2
HEAD_MM = 32.0
BUBBLE_MM, BUBBLE_STEP_MM = 5.2, 7.2
ROW_MM, BOX_MM, GAP_MM = 9.0, 65.0, 3.0
PICTURE_MM = 95.0
"""The most height of a picture to mark places in."""
NUMBER_MM, FIGURE_MM = 21.0, 8.0
"""For the number of a question with its points, and for the number alone."""
IN_A_ROW, BLANKS_IN_A_ROW = 3, 2
TITLE, NUMBER = 14, 10


def sheets_as_pdf(sheets: Sheets, code: QRCode, pictures: Mapping[int, Path]) -> bytes:
    """All sheets in one file, with the *pictures* to mark places in, by asset.

    Raises:
        NoFontForPdf: the font is missing.
    """
    paper = _SheetPaper(sheets, code, pictures)
    names = [localized(one.pupil) for one in sheets.sheets if one.pupil]
    paper.prepare(sheets.assignment.title, localized(sheets.school_class), "√×", *names)
    for sheet in sheets.sheets:
        paper.draw(sheet)
    return bytes(paper.output())


class _SheetPaper(Paper):
    """Sheets with a head on each page."""

    def __init__(self, sheets: Sheets, code: QRCode, pictures: Mapping[int, Path]) -> None:
        super().__init__(_("Answer sheets"), has_footer=False)
        self._sheets, self._code, self._pictures = sheets, code, pictures
        self._sheet: Sheet | None = None
        self.set_auto_page_break(auto=False)

    def draw(self, sheet: Sheet) -> None:
        """One pupil's sheet, as many pages as it takes."""
        self._sheet = sheet
        self.add_page()
        waiting: list[Room] = []
        for room in sheet.rooms:
            if room.is_narrow:
                waiting.append(room)
            if waiting and (not room.is_narrow or len(waiting) == IN_A_ROW):
                self._side_by_side(waiting)
                waiting = []
            if not room.is_narrow:
                self._wide(room)
        if waiting:
            self._side_by_side(waiting)

    def header(self) -> None:
        """Title, class, name, seat and the code that leads to the work."""
        sheet, assignment = self._sheet, self._sheets.assignment
        width = self.epw - CODE_MM - GAP_MM
        self.set_xy(MARGIN_MM, MARGIN_MM)
        self.write_in(TITLE, is_bold=True)
        self.cell(width, 8, self.broken(assignment.title, width).partition("\n")[0])
        pupil, seat = (sheet.pupil, sheet.seat_number) if sheet else (None, None)
        parts = (
            (_("Class"), localized(self._sheets.school_class), 0.42),
            (_("Name"), localized(pupil) if pupil else "", 0.38),
            (_("Seat"), str(seat or ""), 0.2),
        )
        left: float = MARGIN_MM
        for label, said, share in parts:
            self._labelled(left, MARGIN_MM + 12, width * share - GAP_MM, label, said)
            left += width * share
        self._draw_code(MARGIN_MM + self.epw - CODE_MM, MARGIN_MM)
        self.set_xy(MARGIN_MM, MARGIN_MM + HEAD_MM - GAP_MM)

    def _labelled(self, x: float, y: float, width: float, label: str, said: str) -> None:
        self.write_in(SMALL, colour=SOFT)
        self.set_xy(x, y)
        wide = self.get_string_width(label) + 3
        self.cell(wide, 7, label)
        self.write_in(NUMBER, is_bold=True)
        # A long name takes two lines rather than run into what stands beside it.
        lines = self.broken(said, width - wide).split("\n")[:2]
        self.set_xy(x + wide, y if len(lines) == 1 else y - 2)
        for line in lines:
            self.cell(width - wide, 7 if len(lines) == 1 else 4.5, line, new_x="LEFT", new_y="NEXT")
        self.set_draw_color(*INK)
        self.line(x + wide, y + 7, x + width, y + 7)

    def _draw_code(self, x: float, y: float) -> None:
        rows = [list(row) for row in self._code.matrix_iter(scale=1, border=QUIET)]
        step = CODE_MM / len(rows)
        self.set_fill_color(*INK)
        for down, row in enumerate(rows):
            for across, is_dark in enumerate(row):
                if is_dark:
                    # A trifle wider, so that no white hair shows between two of them.
                    self.rect(x + across * step, y + down * step, step * 1.02, step * 1.02, style="F")

    def _side_by_side(self, rooms: Sequence[Room]) -> None:
        self._need(ROW_MM)
        y, width = self.get_y(), self.epw / IN_A_ROW
        for place, room in enumerate(rooms):
            x = MARGIN_MM + place * width
            self._numbered(x, y, room)
            match room.look:
                case Look.BUBBLES:
                    self._bubbles(x + NUMBER_MM, y, room.letters)
                case Look.BLANKS:
                    self._blank(x + NUMBER_MM, y, width - NUMBER_MM - GAP_MM, room.unit)
                case _:
                    self.write_in(SMALL, colour=SOFT)
                    self.set_xy(x + NUMBER_MM, y)
                    self.cell(width - NUMBER_MM, ROW_MM, _("answered elsewhere"))
        self.set_xy(MARGIN_MM, y + ROW_MM)

    def _wide(self, room: Room) -> None:
        if room.look is Look.PICTURE:
            self._in_picture(room)
            return
        height = BOX_MM if room.look is Look.BOX else ROW_MM
        self._need(height)
        y = self.get_y()
        self._numbered(MARGIN_MM, y, room)
        x, width = MARGIN_MM + NUMBER_MM, self.epw - NUMBER_MM
        if room.look in {Look.BOX, Look.BUBBLES}:
            if room.look is Look.BOX:
                self.rect(x, y + 2, width, BOX_MM - 4)
            else:
                self._bubbles(x, y, room.letters)
            self.set_xy(MARGIN_MM, y + height)
            return
        in_a_row = 1 if room.look is Look.LINES else BLANKS_IN_A_ROW
        for number in range(room.count):
            place = number % in_a_row
            if number and not place:
                self.set_xy(MARGIN_MM, self.get_y() + ROW_MM)
                self._need(ROW_MM)
            y = self.get_y()
            self._blank(x + place * width / in_a_row, y, width / in_a_row - GAP_MM, "")
            self.set_xy(MARGIN_MM, y)
        self.set_xy(MARGIN_MM, self.get_y() + ROW_MM)

    def _in_picture(self, room: Room) -> None:
        """What is to be marked, and below it the picture, as large as it fits, unless it is gone."""
        x, most = MARGIN_MM + NUMBER_MM, self.epw - NUMBER_MM
        picture = room.picture or {}
        place = self._pictures.get(picture.get("asset", 0))
        wide = min(most, PICTURE_MM * picture["width"] / picture["height"]) if place else 0.0
        high = wide * picture["height"] / picture["width"] if place else 0.0
        self._need(ROW_MM + high)
        y = self.get_y()
        self._numbered(MARGIN_MM, y, room)
        self.write_in(SMALL)
        self.set_xy(x, y)
        asked = ngettext(
            "Mark %(num)s place in the picture with a cross.",
            "Mark %(num)s places in the picture with a cross.",
            room.count,
        )
        self.cell(most, ROW_MM, asked)
        if place:
            self.image(place, x, y + ROW_MM, wide, high)
            self.rect(x, y + ROW_MM, wide, high)
        self.set_xy(MARGIN_MM, y + ROW_MM + high + GAP_MM)

    def _numbered(self, x: float, y: float, room: Room) -> None:
        self.write_in(NUMBER, is_bold=True)
        self.set_xy(x, y)
        self.cell(FIGURE_MM, ROW_MM, str(room.number))
        self.write_in(SMALL, colour=SOFT)
        self.cell(NUMBER_MM - FIGURE_MM, ROW_MM, _("(%(points)s)", points=f"{room.points:g}"))

    def _bubbles(self, x: float, y: float, letters: Sequence[str]) -> None:
        self.write_in(SMALL)
        self.set_draw_color(*INK)
        for place, letter in enumerate(letters):
            left, top = x + place * BUBBLE_STEP_MM, y + (ROW_MM - BUBBLE_MM) / 2
            self.ellipse(left, top, BUBBLE_MM, BUBBLE_MM)
            self.set_xy(left, top)
            self.cell(BUBBLE_MM, BUBBLE_MM, letter, align="C")

    def _blank(self, x: float, y: float, width: float, unit: str) -> None:
        self.set_draw_color(*INK)
        self.write_in(NUMBER)
        wide = self.get_string_width(unit) + 2 if unit else 0
        self.line(x, y + ROW_MM - 1.5, x + width - wide, y + ROW_MM - 1.5)
        if unit:
            self.set_xy(x + width - wide, y)
            self.cell(wide, ROW_MM, unit)

    def _need(self, height: float) -> None:
        if self.get_y() + height > self.h - MARGIN_MM:
            self.add_page()
