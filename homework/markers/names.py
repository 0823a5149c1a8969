"""What a marker calls a pupil: by name, or by number while the work is marked blind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from accounts.people.models import Person
from core.i18n import _, localized
from homework.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Names:
    """How the pupils of one assignment are called before one marker."""

    is_blind: bool = False
    numbers: Mapping[int, int] = field(default_factory=dict)
    """Pupil to number."""
    shown: Collection[int] = frozenset()
    """Ids of the hand-ins behind whose number this marker has looked."""

    def hides(self, submission: Submission) -> bool:
        """Whether the marker must not learn whose work it is: until it is back, unless she gave a reason."""
        return self.is_blind and submission.returned_at is None and submission.id not in self.shown

    def of(self, student: Person, submission: Submission) -> str:
        """The name, or the number in its place."""
        return self.number_of(submission) if self.hides(submission) else localized(student)

    def number_of(self, submission: Submission) -> str:
        """The number in words."""
        number = self.numbers.get(submission.student_id)
        return _("Pupil %(number)s", number=f"{number:02d}" if number else "–")
