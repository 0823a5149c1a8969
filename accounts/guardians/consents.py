"""Whether a consent stands, as a rule (个人信息保护法 §24, §31; 未成年人网络保护条例 §32)."""

from datetime import date

from accounts.guardians.models import ConsentRecord

OWN_SAY_AGE = 14
"""From this age on pupils decide for themselves (个人信息保护法 §31)."""


def age_on(born_on: date, today: date) -> int:
    """Completed years of life on *today*."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def may_personalise(born_on: date | None, latest: ConsentRecord | None, today: date) -> bool:
    """Whether suggestions may be made from a pupil's own data.

    Under 14 only with a standing grant; from 14 on unless it was withdrawn. Who has no recorded
    birthday counts as a child.
    """
    if latest is not None:
        return latest.is_granted
    return born_on is not None and age_on(born_on, today) >= OWN_SAY_AGE
