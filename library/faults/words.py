"""Kinds of faults and what became of them, in words for people."""

from accounts.people.models import Role
from core.i18n import lazy
from library.faults.models import FaultKind, FaultState

FAULT_NAMES = {
    FaultKind.WRONG_ANSWER: lazy("Something is not right in it"),
    FaultKind.TYPO: lazy("A misprint"),
    FaultKind.BROKEN_VIDEO: lazy("The video or picture does not work"),
    FaultKind.BROKEN_LINK: lazy("The link leads nowhere"),
    FaultKind.UNSUITABLE: lazy("It is not suitable for pupils"),
    FaultKind.LICENCE: lazy("It may not be used like this (rights of others)"),
    FaultKind.OTHER: lazy("Something else"),
}
STATE_NAMES = {
    FaultState.OPEN: lazy("Not answered yet"),
    FaultState.MENDED: lazy("Mended"),
    FaultState.NO_FAULT: lazy("No fault found"),
}
STATE_TONES = {FaultState.OPEN: "amber", FaultState.MENDED: "green", FaultState.NO_FAULT: "neutral"}
REPORTERS = {
    Role.STUDENT: lazy("a pupil"),
    Role.TEACHER: lazy("a teacher"),
    Role.GUARDIAN: lazy("a guardian"),
    Role.ADMINISTRATOR: lazy("an administrator"),
}
