"""Refusals of whole roster files; what is wrong in a line is a ``Problem`` of ``lines``."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class UnreadableRoster(Invalid):
    """The file is neither CSV text nor a workbook."""

    message = lazy("This file cannot be read. Please save it as CSV or as an Excel workbook (.xlsx).")


class RosterTooLarge(Invalid):
    """The file, or what is packed in it, is larger than any school's roster."""

    message = lazy("This file is larger than %(most_mb)s MB. Please import it in several parts.")


class TooManyLines(Invalid):
    """More lines than one import takes."""

    message = lazy("This file has more than %(most)s lines. Please import it in several parts.")


class EmptyRoster(Invalid):
    """No line but the headings."""

    message = lazy("This file has no line below its headings.")


class MissingColumns(Invalid):
    """The first line does not name a column that is needed."""

    message = lazy("The first line must name the columns. Missing: %(columns)s.")


class UnknownColumns(Invalid):
    """The first line names a column that the roster does not have."""

    message = lazy("The first line names columns that the roster does not have: %(columns)s.")


class RosterHasProblems(Invalid):
    """Nothing is imported while a line is wrong."""

    message = lazy("Nothing was imported, because some lines are wrong.")


class RosterGone(Conflict):
    """The file of the preview was imported already, or was forgotten over night."""

    message = lazy("This file is no longer here. Please upload it again.")


class RosterChanged(Conflict):
    """Someone changed the school's people between the preview and the import."""

    message = lazy("The school's people changed in the meantime. Please look at the preview again.")


class NoTerm(Conflict):
    """Classes belong to a term, and there is none."""

    message = lazy("There is no school term yet. Please ask the city's administrator to enter it.")
