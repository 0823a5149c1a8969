"""Why a curriculum is not taken."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class BadDocument(Invalid):
    """The file is no curriculum."""

    message = lazy("The file is not a curriculum: %(reason)s.")


class UnknownCodes(Invalid):
    """Codes are named that stand neither in the file nor in the database."""

    message = lazy("Nothing has these codes: %(codes)s.")


class CodeTwice(Invalid):
    """Two entries of a kind have the same code."""

    message = lazy("The code “%(code)s” stands twice among the %(kind)s (line %(lines)s).")


class Circle(Invalid):
    """A knowledge point would need itself before itself."""

    message = lazy("These knowledge points need each other in a circle: %(path)s.")


class SameBook(Conflict):
    """An edition has one book of a subject for a grade and half-year."""

    message = lazy("“%(code)s” and “%(other)s” are the same book: subject, edition, grade and half agree.")


class SamePlace(Conflict):
    """A book has one unit at a position."""

    message = lazy("The units “%(code)s” and “%(other)s” stand at the same position of one book.")
