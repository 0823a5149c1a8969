"""Why resources stay, in words."""

from core.i18n import lazy
from library.interchange.outgoing import LeftOut

REASONS = {
    LeftOut.NOT_PUBLISHED.value: lazy("They are not published."),
    LeftOut.PERSONAL.value: lazy("They stand in a personal collection."),
    LeftOut.LICENCE_UNKNOWN.value: lazy("Their licence is not known here."),
    LeftOut.LICENCE_FORBIDS.value: lazy("Their licence forbids passing them on."),
    LeftOut.OTHER_TIER.value: lazy("They stand in another collection than was asked for."),
    LeftOut.NOT_EXPRESSIBLE.value: lazy("The format has no place for what they say."),
}


def reason_in_words(reason: str) -> str:
    """A reason in the reader's language; what is a sentence already stands for itself."""
    return str(REASONS.get(reason, reason))
