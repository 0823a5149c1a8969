"""Why a report is not taken."""

from core.errors import Invalid, TooMany
from core.i18n import lazy


class HoldsPersonalNumber(Invalid):
    """A phone or identity-card number stands in it."""

    message = lazy(
        "There seems to be a phone or identity-card number in your text. Please take it out: "
        "nobody needs it to mend the resource. Nothing has been sent."
    )


class TooManyReports(TooMany):
    """More than a reader comes across in an hour."""

    message = lazy("You have reported a lot in the last hour. Please go on in %(minutes)s minutes.")


class NoAnswer(Invalid):
    """The reporter waits for a sentence."""

    message = lazy("Please tell the person who reported it what you did.")
