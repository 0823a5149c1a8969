"""What the ledger needs to know."""

from core.errors import Invalid
from core.i18n import lazy


class SchoolNeeded(Invalid):
    """A district or the city reads one school at a time."""

    message = lazy("Say which school's homework you want to read.")
