"""Progress for programs."""

from apiflask import APIBlueprint

from accounts.classes.models import SchoolClass
from accounts.classes.queries import students_visible_to
from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from spaces.progress import policy, queries
from spaces.progress.schemas import ClassProgressOut, ProgressOut

bp = APIBlueprint("progress_api", __name__, url_prefix="/api/v1", tag="Progress")


@bp.get("/students/<int:student_id>/progress")
@bp.output(ProgressOut)
@bp.doc(
    summary="A pupil's learning",
    description="For the pupil, linked guardians and teachers of a class. Administrators use the page, which"
    " asks for a reason.",
    responses={
        401: "Nobody is signed in.",
        403: "An administrator's hat is worn.",
        404: "There is no such pupil, or not of yours.",
    },
)
@allow(policy.may_read_progress_freely)
def student_progress(student_id: int) -> ProgressOut:
    """The week, homework, lessons and mastery of one pupil."""
    student = find(students_visible_to(current_hat()).where(Person.id == student_id))
    return ProgressOut.of(queries.progress_of(student, clock.now()))


@bp.get("/classes/<int:class_id>/progress")
@bp.output(ClassProgressOut)
@bp.doc(
    summary="A class's week",
    description="For teachers of the class and administrators of its school.",
    responses={
        401: "Nobody is signed in.",
        403: "The hat that is worn reads no class.",
        404: "There is no such class, or not of yours.",
    },
)
@allow(policy.may_read_class)
def class_progress(class_id: int) -> ClassProgressOut:
    """Who did what this week, who is ready for the next homework, what is weak."""
    found = find(queries.classes_of_staff(current_hat()).where(SchoolClass.id == class_id))
    return ClassProgressOut.of(queries.class_progress(found, clock.now()))
