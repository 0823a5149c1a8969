"""Who may do what with a micro-lesson."""

from accounts.people.models import Hat
from learning.lessons.models import MicroLesson


def may_author(hat: Hat | None) -> bool:
    """Teachers make lessons."""
    return hat is not None and hat.is_teacher


def may_edit(hat: Hat, lesson: MicroLesson) -> bool:
    """Who made a lesson edits it."""
    return may_author(hat) and lesson.resource.created_by_id == hat.person_id


def may_learn(hat: Hat | None) -> bool:
    """Whose watching and answering is recorded: pupils', and teachers' who prepare."""
    return hat is not None and (hat.is_student or hat.is_teacher)
