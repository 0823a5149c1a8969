"""Why nothing is taken out."""

from core.errors import Invalid, NotFound
from core.i18n import lazy


class NothingChosen(Invalid):
    """No collection was named."""

    message = lazy("Please choose at least one collection of the library.")


class NothingThere(Invalid):
    """There is nothing in a collection that the person may open."""

    message = lazy("There is nothing in this collection that you could take out.")


class FileForgotten(NotFound):
    """The file is not kept any more."""

    message = lazy("This file is not here any more; it is kept for a week. Please make it again.")
