"""All formats of questions that are read or written, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from library.formats.docx import word
from library.formats.papers import paper
from library.formats.reading import Format
from library.formats.sheets import sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format("paper", (".txt", ".md"), "text/plain", read=paper.read),
            Format("word", (".docx", ".docm", ".doc", ".wps"), DOCX, read=word.read),
            Format("workbook", (".xlsx", ".xlsm", ".xls"), XLSX, read=sheet.read_workbook),
            Format("csv", (".csv", ".tsv"), "text/csv", read=sheet.read_csv),
        )
    }
)
