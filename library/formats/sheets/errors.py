"""What is wrong with a table of questions, or with one of its rows."""

from core.i18n import lazy
from library.formats.errors import BadFile, BadQuestion


class NoHeadings(BadFile):
    """Nothing says what stands in which column."""

    message = lazy(
        "No row says what stands in the columns. The first row needs headings such as “Question” and "
        "“Answer”; the template has them all."
    )


class HeadingTwice(BadFile):
    """Two columns that say they hold the same."""

    message = lazy("Two columns are called “%(name)s”. Keep one, or give the other another name.")


class TooManyRows(BadFile):
    """More than a person looks through."""

    message = lazy("The table has more than %(limit)s rows. Please send it in parts.")


class OldWorkbook(BadFile):
    """The format of Excel 97 to 2003."""

    message = lazy("This is a workbook of an old Excel (.xls). Open it, save it as .xlsx, and send that.")


class UnreadableWorkbook(BadFile):
    """What the reader of workbooks refuses."""

    message = lazy("This workbook cannot be read. %(reason)s")


class FormulaInCell(BadQuestion):
    """A cell that would have to be computed."""

    message = lazy(
        "Row %(row)s, column “%(column)s”: the cell holds a formula, which is not computed here. "
        "Copy the column and paste it as values."
    )


class DateInCell(BadQuestion):
    """Excel made a date of something like 1/2 or 3-4."""

    message = lazy(
        "Row %(row)s, column “%(column)s”: Excel has made a date of it (%(text)s). "
        "Format the column as text and type it again."
    )


class ErrorInCell(BadQuestion):
    """What Excel writes where it could not compute."""

    message = lazy(
        "Row %(row)s, column “%(column)s”: the cell holds an error (%(text)s). "
        "Correct it in the table, or here."
    )


class OpenQuote(BadFile):
    """All that follows in a CSV file would be one cell."""

    message = lazy(
        "Line %(line)s: a cell begins with a quotation mark that nothing closes, so that all below it would "
        "be one cell. Close it, or save the table as an Excel workbook."
    )


class BrokenLetters(BadQuestion):
    """Letters that got lost on the way through another encoding."""

    message = lazy(
        "Row %(row)s, column “%(column)s”: some letters got lost. Save the file as UTF-8 and send it again."
    )


class MergedWords(BadQuestion):
    """The words of a question are merged over several rows."""

    message = lazy(
        "Row %(row)s, column “%(column)s”: the cell is merged with the one above. One row is one question: "
        "split the cells, and put choices into columns of their own."
    )
