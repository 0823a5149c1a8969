"""Why nothing is drawn."""

from core.errors import Invalid
from core.i18n import lazy


class NoTopic(Invalid):
    """No knowledge point is named."""

    message = lazy("Choose at least one knowledge point to draw questions about.")


class NothingWanted(Invalid):
    """Neither a number of questions nor a time."""

    message = lazy("Say how many questions there should be, or how many minutes they may take.")
