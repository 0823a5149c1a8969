"""Files to fill in: a paper as text or in Word, a table in Excel or as CSV."""

import csv
import io

from core.i18n import _
from library.formats.docx.blank import word_file
from library.formats.papers.example import EXAMPLE
from library.formats.sheets.columns import DIFFICULTIES_OFFERED, EXAMPLES, KINDS_OFFERED, TEMPLATE
from library.formats.table import XLSX
from library.formats.word.writing import MEDIA_TYPE as DOCX
from library.interchange.workbooks import template as workbook

_MARK = "\ufeff"
MEDIA_TYPES = {
    "docx": DOCX,
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def template(suffix: str) -> bytes:
    """The file to fill in, in the format of *suffix*."""
    match suffix:
        case "docx":
            return word_file(EXAMPLE.strip().split("\n"))
        case "xlsx":
            offered = {"题型": KINDS_OFFERED, "难度": DIFFICULTIES_OFFERED}
            codes = {column: [(one, "") for one in words] for column, words in offered.items()}
            return workbook(TEMPLATE, EXAMPLES, codes, (_("Questions"), _("Words to choose from")))
        case "csv":
            out = io.StringIO()
            rows = csv.writer(out)
            rows.writerow(TEMPLATE)
            rows.writerows([one.get(name, "") for name in TEMPLATE] for one in EXAMPLES)
            return (_MARK + out.getvalue()).encode()
        case _:
            return (_MARK + EXAMPLE.replace("\n", "\r\n")).encode()
