"""Why a Word file is not read."""

from core.i18n import lazy
from library.formats.errors import BadFile, BadQuestion


class NotWord(BadFile):
    """Something else, whatever its name."""

    message = lazy("This is no Word file (.docx).")


class OldWord(BadFile):
    """The format of Word 97 to 2003, or of WPS."""

    message = lazy("This is a file of an old Word (.doc). Open it, save it as .docx, and send that.")


class DamagedWord(BadFile):
    """Its parts cannot be read."""

    message = lazy(
        "This Word file is damaged and cannot be read. Open it in Word, save it again, and send that."
    )


class RefusedWord(BadFile):
    """What all Office files are refused for: programs inside, or more than is reasonable."""

    message = lazy("This Word file is not read. %(reason)s")


class NamesOthers(BadFile):
    """XML that declares entities: Word never writes any."""

    message = lazy(
        "This Word file holds references to other files that Word does not write (ENTITY). It is not read."
    )


class ChangedBeyondReading(BadQuestion):
    """Of a question that papers have no words for, more than its words was changed."""

    message = lazy(
        "Question %(number)s: what it offers, or its key, was changed in Word. Of this question that cannot "
        "be read. Undo the change in the file, and make it here after taking the question."
    )
