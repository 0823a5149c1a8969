"""What a consent allows, at which age (个人信息保护法 §15, §31)."""

from datetime import date

from accounts.guardians.models import ConsentRecord

AGE_OF_OWN_CONSENT = 14
"""Below it the data of a child are sensitive, and a guardian must consent (§28, §31)."""
TEXT_VERSION = "2026-09"
"""Which wording of the consent the pages show now; raise it when its meaning changes."""


def decides_alone(born_on: date | None, today: date) -> bool:
    """Whether the person is old enough to consent herself; an unknown birthday counts as too young."""
    return born_on is not None and age(born_on, today) >= AGE_OF_OWN_CONSENT


def age(born_on: date, today: date) -> int:
    """Completed years; who is born on 29 February has her birthday on 1 March of common years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def may_personalise(born_on: date | None, latest: ConsentRecord | None, today: date) -> bool:
    """Whether suggestions may be made from what the pupil did.

    Under 14 only with a guardian's standing grant; from 14 unless the latest decision refuses.
    """
    if latest is not None and not latest.is_granted:
        return False
    if decides_alone(born_on, today):
        return True
    return latest is not None and latest.decided_by_id != latest.student_id
