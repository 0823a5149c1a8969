"""Levels, decisions and acts in words for people."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Role
from core.i18n import lazy
from library.review.models import Act, Decision

LEVEL_NAMES = {
    OrganisationKind.SCHOOL: lazy("School review"),
    OrganisationKind.DISTRICT: lazy("District review"),
    OrganisationKind.CITY: lazy("City review"),
}
ACT_NAMES = {
    Act.SUBMITTED: lazy("Submitted for review"),
    Act.TAKEN_BACK: lazy("Taken back from review"),
    Act.ACCEPTED: lazy("Accepted"),
    Act.RETURNED: lazy("Returned to the author"),
    Act.WITHDRAWN: lazy("Withdrawn"),
    Act.REPLACED: lazy("Withdrawn in favour of another"),
    Act.RESTORED: lazy("Published again"),
}
ACT_ICONS = {
    Act.SUBMITTED: "send",
    Act.TAKEN_BACK: "history",
    Act.ACCEPTED: "circle-check",
    Act.RETURNED: "history",
    Act.WITHDRAWN: "circle-x",
    Act.REPLACED: "circle-x",
    Act.RESTORED: "refresh",
}
ACT_TONES = {
    Act.ACCEPTED: "green",
    Act.RESTORED: "green",
    Act.RETURNED: "amber",
    Act.WITHDRAWN: "red",
    Act.REPLACED: "red",
}
DECISION_NAMES = {
    Decision.ACCEPTED: lazy("Accepted"),
    Decision.RETURNED: lazy("Sent back"),
    Decision.TAKEN_BACK: lazy("Taken back"),
}
DECISION_TONES = {Decision.ACCEPTED: "green", Decision.RETURNED: "amber", Decision.TAKEN_BACK: "neutral"}
ROLE_NAMES = {
    Role.TEACHER: lazy("a teacher"),
    Role.ADMINISTRATOR: lazy("an administrator"),
}


def level_name(level: OrganisationKind) -> str:
    """What the review at a level is called: 校审, 县审, 市审."""
    return str(LEVEL_NAMES[level])


def actor_name(role: Role) -> str:
    """Who acted, by role: the change log names nobody."""
    return str(ROLE_NAMES.get(role, role))
