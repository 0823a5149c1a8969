"""Why a file or a line is not taken."""

from core.errors import Conflict, Invalid
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

    message = lazy("Field “identifier”: “%(identifier)s” stands on line %(line)s already.")


class ForeignResource(BadLine):
    """The identifier belongs to a resource that who imports does not look after."""

    message = lazy("Field “identifier”: “%(identifier)s” is a resource of somebody else.")


class NotYourDraft(BadLine):
    """A teacher's import names what is published, or what a colleague made."""

    message = lazy(
        "Field “identifier”: “%(identifier)s” is published already, or a colleague's. "
        "Please change it on its page."
    )


class NotForThisTier(BadLine):
    """The line says that it belongs elsewhere."""

    message = lazy("Field “%(field)s”: this import is for “%(expected)s”, not for “%(found)s”.")


class ForeignItem(BadLine):
    """A question's identifier belongs to another resource's question."""

    message = lazy("The question “%(identifier)s” belongs to another resource.")


class UnknownMapping(Invalid):
    """There is no mapping of this name."""

    message = lazy("There is no mapping “%(mapping)s”; there are: %(known)s.")


class BadFile(Invalid):
    """The file as a whole cannot be read."""

    message = lazy("The file “%(name)s” cannot be read: %(reason)s.")


class EmptyFile(BadFile):
    """There is nothing to take."""

    message = lazy("The file “%(name)s” has no lines.")


class TooManyLines(BadFile):
    """More drafts than a school's reviewers could ever read."""

    message = lazy(
        "The file “%(name)s” has more than %(limit)s lines. Please ask an administrator of your school to "
        "import it."
    )


class NotAWorkbook(BadFile):
    """It is no Excel workbook, whatever its name says."""

    message = lazy("The file “%(name)s” is not an Excel workbook (.xlsx).")


class HoldsMacros(BadFile):
    """A workbook with programs in it is not opened."""

    message = lazy("The workbook “%(name)s” holds macros. Please save it as .xlsx without them.")


class WorkbookTooLarge(BadFile):
    """Unpacked, the workbook is larger than is read."""

    message = lazy("The workbook “%(name)s” is too large when unpacked. Please use CSV or JSON Lines.")


class UnknownForm(BadFile):
    """Nothing here reads files of this kind."""

    message = lazy("The file “%(name)s” is none of these: JSON Lines (.jsonl), CSV (.csv), Excel (.xlsx).")


class Stopped(Invalid):
    """A person stopped it."""

    message = lazy("It was stopped before the whole file was tried.")


class FileGone(BadFile):
    """What was sent is not kept any more."""

    message = lazy("The file “%(name)s” is not here any more. Please send it again.")


class NotNow(Conflict):
    """The import is not where this could be done to it."""

    message = lazy("This import is not waiting for that. Please look at where it stands now.")


class HasBadLines(Invalid):
    """All or nothing was asked for, and some lines are bad."""

    message = lazy(
        "%(count)s lines are wrong, so nothing was taken. The first is line %(line)s: %(sentence)s"
    )


class Inexpressible(BadLine):
    """A resource says something that a record has no place for."""

    message = lazy("The interchange format has no place for what stands in “%(part)s”.")
