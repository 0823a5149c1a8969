"""Why nobody reads a second time."""

from core.errors import Invalid, NotAllowed
from core.i18n import lazy


class NothingToRead(Invalid):
    """No work is marked completely and still here."""

    message = lazy("Nothing can be read a second time yet: mark every answer of at least one pupil first.")


class NobodyToRead(Invalid):
    """Who marks cannot be the second reader as well."""

    message = lazy("Choose a colleague as second reader, not yourself.")


class NotYourReading(NotAllowed):
    """Another teacher is asked to read, or reads already."""

    message = lazy("Another teacher is asked to read this work.")
