"""Why questions are not taken out."""

from core.errors import Invalid, NotAllowed
from core.i18n import lazy


class NoQuestionsHere(Invalid):
    """The resource asks nothing, or nothing that may leave."""

    message = lazy("There are no questions here that can be taken out.")


class StaysHere(NotAllowed):
    """Its licence, or where it stands, keeps it here."""

    message = lazy("These questions stay here: their licence does not let them be passed on.")
