"""Rubrics, and what was judged by them."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.markers.names import Names
from homework.markers.queries import names_for
from homework.marking.models import Mark
from homework.rubrics.changes import Change, Judged
from homework.rubrics.models import RecalculatedMark, Rubric, RubricChange, RubricChoice
from homework.submissions.models import Answer, Submission
from library.items.models import ItemVersion


def question_of(hat: Hat, question_id: int) -> Select[AssignmentItem]:
    """A question of work that the teacher is in charge of."""
    own = assignments.in_charge_of(hat)
    return (
        select(AssignmentItem)
        .where(
            AssignmentItem.id == question_id,
            AssignmentItem.assignment_id.in_(own.with_only_columns(Assignment.id)),
        )
        .options(joinedload(AssignmentItem.item_version))
    )


def rubrics_of(question_ids: Collection[int]) -> dict[int, Rubric]:
    """The rubrics by question."""
    rows = db.session.scalars(select(Rubric).where(Rubric.assignment_item_id.in_(question_ids)))
    return {one.assignment_item_id: one for one in rows}


def rubric_of(question_id: int) -> Select[Rubric]:
    """The rubric of a question, if it has one."""
    return select(Rubric).where(Rubric.assignment_item_id == question_id)


def rubrics_in(assignment_id: int) -> Select[Rubric, AssignmentItem]:
    """Rows (rubric, question) of an assignment."""
    return (
        select(Rubric, AssignmentItem)
        .join(AssignmentItem, AssignmentItem.id == Rubric.assignment_item_id)
        .where(AssignmentItem.assignment_id == assignment_id)
        .order_by(AssignmentItem.position)
    )


def earlier_ones(hat: Hat, question: AssignmentItem) -> Select[Rubric, AssignmentItem, Assignment]:
    """Rubrics that the teacher wrote before: those for the same item first, then those worth as much."""
    same_item = ItemVersion.item_id == question.item_version.item_id
    return (
        select(Rubric, AssignmentItem, Assignment)
        .join(AssignmentItem, AssignmentItem.id == Rubric.assignment_item_id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .join(ItemVersion, ItemVersion.id == AssignmentItem.item_version_id)
        .where(
            Rubric.written_by_id == hat.person_id,
            Rubric.assignment_item_id != question.id,
            same_item | (AssignmentItem.points == question.points),
        )
        .order_by(same_item.desc(), Rubric.id.desc())
        .limit(20)
    )


def choices_of(answer_ids: Collection[int]) -> dict[int, RubricChoice]:
    """The chosen levels by answer, as the database has them now."""
    chosen = select(RubricChoice).where(RubricChoice.answer_id.in_(answer_ids))
    rows = db.session.scalars(chosen.execution_options(populate_existing=True))
    return {one.answer_id: one for one in rows}


def judged_by(rubric: Rubric) -> list[Judged]:
    """The answers that were marked by *rubric*, as they stand, in one statement."""
    rows = db.session.execute(
        select(
            Answer.id,
            Submission.id,
            Submission.student_id,
            Submission.assignment_id,
            AssignmentItem.position,
            Submission.returned_at.is_not(None),
            RubricChoice.levels,
            RubricChoice.points,
            Mark.points,
            Mark.version,
        )
        .select_from(RubricChoice)
        .join(Answer, Answer.id == RubricChoice.answer_id)
        .join(Mark, Mark.answer_id == Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(Answer.assignment_item_id == rubric.assignment_item_id)
        .order_by(Answer.id)
    )
    return [Judged(*row) for row in rows]


def changes_of(rubric_id: int) -> Select[RubricChange]:
    """How a rubric was changed, the latest first."""
    return select(RubricChange).where(RubricChange.rubric_id == rubric_id).order_by(RubricChange.id.desc())


def recalculated_by(change_id: int) -> Select[RecalculatedMark]:
    """The marks that a change of a rubric changed."""
    return select(RecalculatedMark).where(RecalculatedMark.rubric_change_id == change_id)


def recalculations(rubric_id: int, hat: Hat) -> dict[int, list[tuple[str, RecalculatedMark]]]:
    """By change of the rubric which marks it changed, with what the teacher calls each pupil."""
    rows = db.session.execute(
        select(RecalculatedMark, Submission)
        .join(RubricChange, RubricChange.id == RecalculatedMark.rubric_change_id)
        .join(Answer, Answer.id == RecalculatedMark.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(RubricChange.rubric_id == rubric_id)
        .order_by(RecalculatedMark.answer_id)
        .options(joinedload(Submission.student))
    ).all()
    names = names_for(rows[0][1].assignment_id, hat) if rows else Names()
    found: dict[int, list[tuple[str, RecalculatedMark]]] = defaultdict(list)
    for mark, submission in rows:
        found[mark.rubric_change_id].append((names.of(submission.student, submission), mark))
    return dict(found)


def change_by(hat: Hat, change_id: int) -> Select[RubricChange]:
    """A change of a rubric that the teacher made."""
    return select(RubricChange).where(RubricChange.id == change_id, RubricChange.made_by_id == hat.person_id)


def named(changes: Collection[Change], hat: Hat) -> list[tuple[str, Change]]:
    """*changes* with what the teacher calls each pupil: her number, while names are hidden."""
    submission_ids = [one.judged.submission_id for one in changes]
    work = {
        one.id: one
        for one in db.session.scalars(
            select(Submission)
            .where(Submission.id.in_(submission_ids))
            .options(joinedload(Submission.student))
        )
    }
    found = []
    names: dict[int, Names] = {}
    for one in changes:
        submission = work[one.judged.submission_id]
        assignment_id = submission.assignment_id
        if assignment_id not in names:
            names[assignment_id] = names_for(assignment_id, hat)
        found.append((names[assignment_id].of(submission.student, submission), one))
    return found
