"""Submissions as a hat may see them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import students_visible_to
from accounts.people.models import Hat, Person, Role
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.submissions.models import Answer, Draft, Page, Recording, Submission
from homework.teams.models import Team, TeamHandIn, TeamMember
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.media.pictures import Picture
from library.media.receiving import Photo, Received
from library.media.sounds import Sound


def by_client_key(client_key: UUID) -> Select[Submission]:
    """The submission that was sent with this key."""
    return select(Submission).where(Submission.client_key == client_key)


def counts() -> ColumnElement[bool]:
    """Whether a submission is the one of the pupil's that counts for its assignment."""
    return Submission.is_counted.is_(True)


def latest_of(assignment_id: int, student_id: int) -> Select[Submission]:
    """The pupil's last hand-in of the assignment."""
    return (
        select(Submission)
        .where(Submission.assignment_id == assignment_id, Submission.student_id == student_id)
        .order_by(Submission.number.desc())
        .limit(1)
    )


def all_of(assignment_id: int, student_id: int) -> Select[Submission]:
    """All hand-ins of the pupil for the assignment, the first one first."""
    return (
        select(Submission)
        .where(Submission.assignment_id == assignment_id, Submission.student_id == student_id)
        .order_by(Submission.number)
    )


def number_of(assignment_id: int, student_id: int) -> Select[int]:
    """How often the pupil has handed in for the assignment."""
    return select(func.count(Submission.id)).where(
        Submission.assignment_id == assignment_id, Submission.student_id == student_id
    )


def answers_held(assignment_id: int, student_id: int | None) -> Select[int]:
    """The answers of the pupil's hand-ins, or of everybody's, held until the transaction ends.

    Nobody marks or returns them meanwhile.
    """
    held = (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Submission.assignment_id == assignment_id)
        .order_by(Answer.id)
        .with_for_update(key_share=True, of=Answer)
    )
    return held if student_id is None else held.where(Submission.student_id == student_id)


def handed_in_by(submission_id: int) -> Select[int | None]:
    """Who handed a member's part of group work in; no row for work done alone."""
    return (
        select(TeamHandIn.handed_in_by_id)
        .join(Submission, Submission.team_hand_in_id == TeamHandIn.id)
        .where(Submission.id == submission_id)
    )


def working_with(team: Team, student_id: int) -> Select[int]:
    """Ids of the other members of the group who are given its work now, and are not excused from it."""
    needs_to = (
        exists()
        .where(
            AssignmentTarget.assignment_id == team.assignment_id, AssignmentTarget.class_id == team.class_id
        )
        .where(Enrolment.person_id == TeamMember.student_id)
        .where(assignments.reaches(), ~assignments.is_excused())
    )
    return (
        select(TeamMember.student_id)
        .where(TeamMember.team_id == team.id, TeamMember.student_id != student_id, needs_to)
        .order_by(TeamMember.student_id)
    )


def members_in(team_hand_in_id: int) -> Select[Person]:
    """The pupils who have a part of the group's hand-in."""
    return (
        select(Person)
        .join(Submission, Submission.student_id == Person.id)
        .where(Submission.team_hand_in_id == team_hand_in_id)
        .order_by(Person.name, Person.id)
    )


def handed_in_for(team_id: int) -> Select[Submission]:
    """What was handed in last for the group: the part of who handed it in comes first."""
    return (
        select(Submission)
        .join(TeamHandIn, TeamHandIn.id == Submission.team_hand_in_id)
        .where(TeamHandIn.team_id == team_id)
        .order_by(TeamHandIn.id.desc(), Submission.id)
        .limit(1)
    )


def counted_for(assignment_ids: Iterable[int], student_ids: Iterable[int]) -> Select[Submission]:
    """What counts of the pupils' hand-ins for the assignments."""
    return select(Submission).where(
        Submission.assignment_id.in_(assignment_ids), Submission.student_id.in_(student_ids), counts()
    )


def unfinished(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil can still hand in and has not, the nearest due time first."""
    done = exists().where(Submission.assignment_id == Assignment.id, Submission.student_id == student_id)
    return assignments.open_for(student_id, now).where(~done)


def returned_for(student_id: int, since: datetime) -> Select[Submission]:
    """The pupil's work that came back marked at or after *since*, the newest first."""
    return (
        select(Submission)
        .where(Submission.student_id == student_id, Submission.returned_at >= since, counts())
        .order_by(Submission.returned_at.desc(), Submission.id.desc())
    )


def is_given(through: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether who handed a submission in is given its work now, *through* her ``Enrolment`` in a class."""
    return (
        exists()
        .where(AssignmentTarget.assignment_id == Submission.assignment_id)
        .where(Enrolment.person_id == Submission.student_id, assignments.reaches(), through)
        .correlate(Submission, SchoolClass)
    )


def has_left() -> ColumnElement[bool]:
    """Whether a submission is of who left the class or group, and so is given its work no more."""
    return ~is_given(true())


def concerns(hat: Hat) -> ColumnElement[bool]:
    """Whether a submission to work that the staff's hat sees is its affair: whose figures it stands in.

    That is what was handed in through a class of the teacher's, or of the administrator's school. What was
    handed in by who has left is the affair of the teacher in charge of the work, and of the school.
    """
    own = is_given(Enrolment.class_id.in_(assignments.class_ids_concerning(hat)))
    if hat.is_administrator:
        return or_(own, has_left())
    in_charge = assignments.in_charge_of(hat).where(Assignment.id == Submission.assignment_id)
    is_in_charge = in_charge.with_only_columns(Assignment.id).correlate(Submission).exists()
    return or_(own, and_(has_left(), is_in_charge))


def is_counted_pupil() -> ColumnElement[bool]:
    """Whether the pupil of an enrolment counts among those who are to hand in what a target gives.

    Who is excused does not, unless she has handed in: her work is marked and goes back like any other.
    """
    handed_in = (
        exists()
        .where(Submission.assignment_id == AssignmentTarget.assignment_id)
        .where(Submission.student_id == Enrolment.person_id)
        .correlate(AssignmentTarget, Enrolment)
    )
    return or_(~assignments.is_excused(), handed_in)


def visible_to(hat: Hat) -> Select[Submission]:
    """The submissions that the hat may read.

    A pupil reads her own, a guardian those of linked children, a teacher those of pupils in his
    classes to work that was given there by him or in his subject, and where he is in charge of it those
    of who has left. Administrators read counts only.
    """
    submissions = select(Submission)
    match hat.role:
        case Role.STUDENT:
            return submissions.where(Submission.student_id == hat.person_id)
        case Role.GUARDIAN:
            children = students_visible_to(hat).with_only_columns(Person.id)
            return submissions.where(Submission.student_id.in_(children))
        case Role.TEACHER:
            return submissions.where(
                Submission.assignment_id.in_(assignments.taught_by(hat).with_only_columns(Assignment.id)),
                concerns(hat),
            )
        case Role.ADMINISTRATOR:
            return submissions.where(false())


def answers_of(submission_ids: Iterable[int]) -> Select[Answer]:
    """The answers of the submissions with their questions and attempts, in the order of the questions."""
    return (
        select(Answer)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(Answer.submission_id.in_(submission_ids))
        .order_by(Answer.submission_id, AssignmentItem.position)
        .options(*with_question())
    )


def with_question() -> tuple[ExecutableOption, ...]:
    """Load answers with what was asked and what was answered."""
    return (
        joinedload(Answer.attempt),
        joinedload(Answer.assignment_item).joinedload(AssignmentItem.item_version),
    )


def pages_of(answer_ids: Iterable[int]) -> Select[Page]:
    """The photographed pages of the answers, in order."""
    return select(Page).where(Page.answer_id.in_(answer_ids)).order_by(Page.answer_id, Page.position)


def pages_visible_to(hat: Hat) -> Select[Page]:
    """The photographed pages that the hat may see."""
    readable = visible_to(hat).with_only_columns(Submission.id)
    return select(Page).join(Answer, Answer.id == Page.answer_id).where(Answer.submission_id.in_(readable))


def photo_of(page: Page) -> Photo:
    """The photograph on a page: as it was stored, or as it was received."""
    if page.received is not None:
        return Received(page.received, page.width, page.height, page.upload_sha256)
    assert page.picture_sha256 is not None
    assert page.thumbnail_sha256 is not None
    return Picture(page.picture_sha256, page.thumbnail_sha256, page.width, page.height, page.upload_sha256)


def received() -> Select[str | None]:
    """The names of photographs that are still to be written anew, the first one first."""
    return (
        select(Page.received)
        .where(Page.received.is_not(None))
        .group_by(Page.received)
        .order_by(func.min(Page.id))
    )


def sound_of(recording: Recording) -> Sound:
    """The sound of a spoken answer, as it was stored."""
    return Sound(recording.sound_sha256, recording.seconds, recording.upload_sha256)


def recordings_of(answer_ids: Iterable[int]) -> Select[Recording]:
    """The spoken answers, in order."""
    return (
        select(Recording)
        .where(Recording.answer_id.in_(answer_ids))
        .order_by(Recording.answer_id, Recording.position)
    )


def recordings_by_answer(
    questions: Iterable[AssignmentItem], answer_ids: Iterable[int]
) -> dict[int, list[Recording]]:
    """The spoken answers by answer: one query, where any of the questions asks for speech."""
    found: dict[int, list[Recording]] = defaultdict(list)
    if any(kind_of(one.item_version).files is Files.RECORDINGS for one in questions):
        for one in db.session.scalars(recordings_of(answer_ids)):
            found[one.answer_id].append(one)
    return found


def recordings_audible_to(hat: Hat) -> Select[Recording]:
    """The spoken answers that the hat may hear."""
    readable = visible_to(hat).with_only_columns(Submission.id)
    return (
        select(Recording)
        .join(Answer, Answer.id == Recording.answer_id)
        .where(Answer.submission_id.in_(readable))
    )


def draft_of(assignment_id: int, student_id: int) -> Select[Draft]:
    """What the pupil has typed so far."""
    return select(Draft).where(Draft.assignment_id == assignment_id, Draft.student_id == student_id)


def readable_assignments(hat: Hat, now: datetime) -> Select[Assignment]:
    """What the hat may see, and what her own or her child's work stands under, even after a move."""
    own = visible_to(hat).with_only_columns(Submission.assignment_id)
    seen = assignments.visible_to(hat, now).with_only_columns(Assignment.id)
    return select(Assignment).where(or_(Assignment.id.in_(seen), Assignment.id.in_(own)))


def is_concerned(assignment_id: int) -> ColumnElement[bool]:
    """Whether a person owes the assignment through a class now, or has handed something in for it."""
    owes = (
        exists()
        .where(AssignmentTarget.assignment_id == assignment_id)
        .where(Enrolment.person_id == Person.id, assignments.reaches())
    )
    did = exists().where(Submission.assignment_id == assignment_id, Submission.student_id == Person.id)
    return or_(owes, did)
