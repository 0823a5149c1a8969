"""Who may decide about a pupil's consent."""

from datetime import date

from accounts.guardians.consents import decides_alone
from accounts.people.models import Hat, Person


def may_decide(hat: Hat, student: Person, *, is_linked: bool, is_granted: bool, today: date) -> bool:
    """A linked guardian decides; from 14 the pupil does too. To refuse, a pupil is never too young."""
    if hat.is_guardian:
        return is_linked
    is_own = hat.is_student and hat.person_id == student.id
    return is_own and (not is_granted or decides_alone(student.born_on, today))
