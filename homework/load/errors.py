"""What a school may not set."""

from core.errors import Invalid
from core.i18n import lazy


class MoreThanTheLaw(Invalid):
    """A cap of a school above the one of law."""

    message = lazy(
        "In grade %(grade)s the law allows %(cap)s minutes a day. A school may allow less, not more."
    )


class NoSuchCap(Invalid):
    """A figure that is no number of minutes of a day."""

    message = lazy("Grade %(grade)s: a whole number of minutes from 1 to 600, or nothing.")
