"""Why a file or a line is not taken."""

from core.errors import Invalid
from core.i18n import lazy


class BadLine(Invalid):
    """A line does not say what it should; the subclass says what is wrong."""

    message = lazy("This line cannot be read.")


class NotText(BadLine):
    """The bytes of the line are no UTF-8."""

    message = lazy("This line is not UTF-8 text.")


class NotJson(BadLine):
    """The line is no JSON object."""

    message = lazy("This line is not a JSON object: %(reason)s.")


class LineTooLong(BadLine):
    """Nobody reads a line of this length."""

    message = lazy("This line is longer than %(limit)s bytes.")


class BadField(BadLine):
    """A field has a value that does not fit."""

    message = lazy("Field “%(field)s”: %(reason)s.")


class MissingField(BadLine):
    """A field that a mapping cannot do without is not there."""

    message = lazy("Field “%(field)s” is missing.")


class NoText(BadLine):
    """A text without a single word: nothing would open."""

    message = lazy("There is no text to show, only marks and notes.")


class BeyondSchool(BadLine):
    """What is meant for university."""

    message = lazy("This is for university; the library ends with upper secondary school.")


class UnknownCode(BadLine):
    """A code names nothing in the curriculum."""

    message = lazy("Field “%(field)s”: nothing here has the code “%(code)s”.")


class SaidTwice(BadLine):
    """The identifier stands on an earlier line of the same file with other content."""

    message = lazy("The identifier “%(identifier)s” stands on an earlier line already.")


class ForeignItem(BadLine):
    """A question's identifier belongs to another resource's question."""

    message = lazy("The question “%(identifier)s” belongs to another resource.")


class UnknownMapping(Invalid):
    """There is no mapping of this name."""

    message = lazy("There is no mapping “%(mapping)s”; there are: %(known)s.")


class BadFile(Invalid):
    """The file as a whole cannot be read."""

    message = lazy("The file “%(name)s” cannot be read: %(reason)s.")


class HasBadLines(Invalid):
    """All or nothing was asked for, and some lines are bad."""

    message = lazy(
        "%(count)s lines are wrong, so nothing was taken. The first is line %(line)s: %(sentence)s"
    )


class Inexpressible(BadLine):
    """A resource says something that a record has no place for."""

    message = lazy("The interchange format has no place for what stands in “%(part)s”.")
