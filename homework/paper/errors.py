"""Why a cell, or a pupil's line, is not taken."""

from core.errors import Conflict, Invalid, NotAllowed
from core.i18n import lazy


class NotAChoice(Invalid):
    """Letters that the question does not offer, or more than one where one is asked for."""

    message = lazy("Type one of the letters %(letters)s.")


class NotSomeChoices(Invalid):
    """Letters that the question does not offer."""

    message = lazy("Type any of the letters %(letters)s.")


class NotTrueOrFalse(Invalid):
    """Neither of the two."""

    message = lazy("Type T for true or F for false.")


class NotPoints(Invalid):
    """Neither points nor a sign for right or wrong."""

    message = lazy("Type points from 0 to %(most)s, or R for all and W for none.")


class AnswerUnreadable(Invalid):
    """The answer after the equals sign does not fit the question."""

    message = lazy("This answer does not fit: %(reason)s")


class RowIsNewer(Conflict):
    """Another page saved this pupil's line; what stands there is in the details."""

    message = lazy("This line was changed on another device. You see its state now.")


class HandedInHerself(NotAllowed):
    """The pupil handed in on a device, and nobody said that the paper takes its place."""

    message = lazy("handed in on a device: tick “paper counts” to replace it.")


class AlreadyReturned(Conflict):
    """The work is back with the pupil."""

    message = lazy("has the work back already, so it stands as it is.")


class CellsWrong(Invalid):
    """Cells of the line cannot be read."""

    message = lazy("has cells that cannot be read.")
