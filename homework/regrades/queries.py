"""Which answers a regrade concerns, who may know them by name, and regrades themselves."""

from collections.abc import Collection

from sqlalchemy import CompoundSelect, Select, and_, exists, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.release import Counting
from homework.marking.models import Mark, MarkSource
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion, RegradeState
from homework.regrades.rulings import Policy
from homework.submissions.models import Answer, Submission
from library.items.models import Item, ItemVersion


def question_of(hat: Hat, question_id: int) -> Select[AssignmentItem]:
    """A question of work that is the teacher's to decide about."""
    return (
        select(AssignmentItem)
        .where(AssignmentItem.id == question_id, AssignmentItem.assignment_id.in_(_in_charge_of(hat)))
        .options(joinedload(AssignmentItem.item_version).joinedload(ItemVersion.item))
    )


def work_asking(hat: Hat, item_id: int) -> Select[AssignmentItem, Assignment, ItemVersion]:
    """What in the teacher's charge asks an item, in the wording it was given with; the newest first."""
    return (
        select(AssignmentItem, Assignment, ItemVersion)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .join(ItemVersion, ItemVersion.id == AssignmentItem.item_version_id)
        .where(
            ItemVersion.item_id == item_id,
            Assignment.withdrawn_at.is_(None),
            AssignmentItem.assignment_id.in_(_in_charge_of(hat)),
        )
        .order_by(Assignment.id.desc(), AssignmentItem.position)
    )


def owns(hat: Hat, item: Item) -> bool:
    """Whether the person wrote the item, and so may put it right wherever it was answered."""
    return item.created_by_id == hat.person_id


def versions_like(version: ItemVersion) -> list[ItemVersion]:
    """The wordings of the item that ask the same and have the same key: all of them are wrong together."""
    of_item = select(ItemVersion).where(
        ItemVersion.item_id == version.item_id, ItemVersion.kind == version.kind
    )
    return [
        one
        for one in db.session.scalars(of_item.order_by(ItemVersion.number))
        if (one.interaction, one.correct, one.parameters)
        == (version.interaction, version.correct, version.parameters)
    ]


def questions_asking(version_ids: Collection[int], hat: Hat | None) -> Select[AssignmentItem]:
    """The questions of assignments that ask these wordings: those in charge of *hat*, or all."""
    asking = select(AssignmentItem).where(AssignmentItem.item_version_id.in_(version_ids))
    if hat is not None:
        asking = asking.where(AssignmentItem.assignment_id.in_(_in_charge_of(hat)))
    return asking.order_by(AssignmentItem.id)


def by_client_key(client_key: object) -> Select[Regrade]:
    """The regrade that was made from one preview."""
    return select(Regrade).where(Regrade.client_key == client_key)


def visible_to(hat: Hat) -> Select[Regrade]:
    """What the teacher marked anew, and what others did that changed work in his charge."""
    concerned = select(RegradeQuestion.regrade_id).join(
        AssignmentItem, AssignmentItem.id == RegradeQuestion.assignment_item_id
    )
    return select(Regrade).where(
        or_(
            Regrade.made_by_id == hat.person_id,
            Regrade.id.in_(concerned.where(AssignmentItem.assignment_id.in_(_in_charge_of(hat)))),
        )
    )


def undone_by(hat: Hat) -> Select[Regrade]:
    """Those that the teacher may undo: what she made, and what she may decide about as who made it could.

    That is, where all work that it concerns is in her charge by now. Where only some is, and where the author
    of a question put it right for everybody, she puts the key of her own work right once more.
    """
    elsewhere = (
        exists()
        .where(RegradeQuestion.regrade_id == Regrade.id)
        .where(AssignmentItem.id == RegradeQuestion.assignment_item_id)
        .where(AssignmentItem.assignment_id.not_in(_in_charge_of(hat)))
        .correlate(Regrade)
    )
    return visible_to(hat).where(
        or_(Regrade.made_by_id == hat.person_id, and_(~Regrade.is_everywhere, ~elsewhere))
    )


def may_undo(hat: Hat, regrade: Regrade) -> bool:
    """Whether the teacher may undo it."""
    found = undone_by(hat).where(Regrade.id == regrade.id).with_only_columns(Regrade.id)
    return db.session.scalar(found) is not None


def of_question(question_id: int) -> Select[Regrade]:
    """What was decided about a question and stands, the first one first."""
    return (
        select(Regrade)
        .join(RegradeQuestion, RegradeQuestion.regrade_id == Regrade.id)
        .where(
            RegradeQuestion.assignment_item_id == question_id,
            Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED)),
        )
        .order_by(Regrade.id)
    )


def standing_for(assignment_id: int) -> Select[Regrade]:
    """What was decided about questions of an assignment and stands, the first one first."""
    return (
        select(Regrade)
        .where(
            Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED)),
            exists()
            .where(RegradeQuestion.regrade_id == Regrade.id)
            .where(
                RegradeQuestion.assignment_item_id == AssignmentItem.id,
                AssignmentItem.assignment_id == assignment_id,
            ),
        )
        .order_by(Regrade.id)
    )


def question_rows_of(regrade_id: int) -> Select[RegradeQuestion]:
    """The questions that a regrade concerns."""
    return (
        select(RegradeQuestion)
        .where(RegradeQuestion.regrade_id == regrade_id)
        .order_by(RegradeQuestion.assignment_item_id)
    )


def question_ids_of(regrade_id: int) -> Select[int]:
    """Ids of the questions that a regrade concerns."""
    return select(RegradeQuestion.assignment_item_id).where(RegradeQuestion.regrade_id == regrade_id)


def dropped_without(regrade_id: int) -> Select[int]:
    """Ids of the questions that other regrades have dropped, and that nobody has taken back."""
    return (
        select(RegradeQuestion.assignment_item_id)
        .join(Regrade, Regrade.id == RegradeQuestion.regrade_id)
        .where(
            Regrade.id != regrade_id,
            Regrade.policy == Policy.DROP,
            Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED)),
        )
    )


def changes_of(regrade_id: int) -> Select[RegradeChange]:
    """What a regrade changed."""
    return select(RegradeChange).where(RegradeChange.regrade_id == regrade_id).order_by(RegradeChange.id)


def change_ids_of(regrade_id: int) -> Select[int]:
    """Ids of what a regrade changed."""
    return select(RegradeChange.id).where(RegradeChange.regrade_id == regrade_id).order_by(RegradeChange.id)


def wording_of(regrade: Regrade) -> ItemVersion:
    """The question as pupils saw it, with the key that was wrong."""
    return db.session.get_one(ItemVersion, regrade.version_ids[-1])


def numbers_of(regrade: Regrade) -> list[int]:
    """The numbers of the wordings whose answers were marked anew."""
    rows = select(ItemVersion.number).where(ItemVersion.id.in_(regrade.version_ids))
    return list(db.session.scalars(rows.order_by(ItemVersion.number)))


def titles_of(regrade_ids: Collection[int], hat: Hat) -> dict[int, list[tuple[int, str, int]]]:
    """Of each regrade (assignment id, its title, the question's place), in work in the teacher's charge."""
    rows = (
        select(RegradeQuestion.regrade_id, Assignment.id, Assignment.title, AssignmentItem.position)
        .join(AssignmentItem, AssignmentItem.id == RegradeQuestion.assignment_item_id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(RegradeQuestion.regrade_id.in_(regrade_ids), Assignment.id.in_(_in_charge_of(hat)))
        .order_by(Assignment.id.desc())
    )
    found: dict[int, list[tuple[int, str, int]]] = {one: [] for one in regrade_ids}
    for regrade_id, assignment_id, title, position in db.session.execute(rows):
        found[regrade_id].append((assignment_id, title, position))
    return found


def later_than(regrade: Regrade) -> Select[int]:
    """Ids of regrades that touched the same questions or answers later and stand."""
    stands = Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED, RegradeState.UNDOING))
    mine = select(RegradeQuestion.assignment_item_id).where(RegradeQuestion.regrade_id == regrade.id)
    ours = select(RegradeChange.attempt_id).where(RegradeChange.regrade_id == regrade.id)
    return select(Regrade.id).where(
        Regrade.id > regrade.id,
        stands,
        or_(
            exists().where(
                RegradeQuestion.regrade_id == Regrade.id, RegradeQuestion.assignment_item_id.in_(mine)
            ),
            exists().where(RegradeChange.regrade_id == Regrade.id, RegradeChange.attempt_id.in_(ours)),
        ),
    )


def marked_since(regrade_id: int) -> Select[int | None, int, int]:
    """Rows (answer id, pupil id, assignment id) whose marks are not the regrade's any more."""
    return (
        select(RegradeChange.answer_id, Submission.student_id, Submission.assignment_id)
        .join(Answer, Answer.id == RegradeChange.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .outerjoin(Mark, Mark.answer_id == RegradeChange.answer_id)
        .where(
            RegradeChange.regrade_id == regrade_id,
            RegradeChange.marks,
            or_(Mark.id.is_(None), Mark.version != RegradeChange.version),
        )
        .order_by(RegradeChange.answer_id)
    )


def marked_by_hand_before(regrade_id: int) -> Select[int]:
    """Ids of the answers whose marks by hand a regrade replaced."""
    return (
        select(Answer.id)
        .join(RegradeChange, RegradeChange.answer_id == Answer.id)
        .where(
            RegradeChange.regrade_id == regrade_id,
            RegradeChange.marks,
            RegradeChange.earlier_source == MarkSource.TEACHER,
        )
    )


def answers_held(question_ids: Collection[int]) -> Select[int]:
    """The answers to the questions, and to all of their work where the best hand-in counts, held.

    In one statement: in two, the later answers of a hand-in would be held before its earlier ones, while who
    gives it back holds the earlier ones and waits for the later.
    """
    asked = select(Answer.id).where(Answer.assignment_item_id.in_(question_ids))
    return _held(union(asked, _where_the_best_counts(question_ids)))


def answers_held_where_the_best_counts(question_ids: Collection[int]) -> Select[int]:
    """All answers of the work that asks these questions, held where its marks decide which hand-in counts."""
    return _held(_where_the_best_counts(question_ids))


def pupils_whose_best_counts(regrade_id: int) -> Select[int, int]:
    """Rows (assignment, pupil) of work with changed marks of which the best hand-in counts."""
    return (
        select(Submission.assignment_id, Submission.student_id)
        .join(Answer, Answer.submission_id == Submission.id)
        .join(RegradeChange, RegradeChange.answer_id == Answer.id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(RegradeChange.regrade_id == regrade_id, Assignment.counting == Counting.BEST)
        .distinct()
    )


def pupils_with(submission_ids: Collection[int]) -> Select[int, int]:
    """Rows (assignment, pupil) of these hand-ins."""
    return select(Submission.assignment_id, Submission.student_id).where(Submission.id.in_(submission_ids))


def best_counting(assignment_ids: Collection[int], student_ids: Collection[int]) -> Select[Submission]:
    """All hand-ins of pupils who have several for one assignment, none of them returned."""
    other = aliased(Submission)
    is_back = (
        exists()
        .where(other.assignment_id == Submission.assignment_id, other.student_id == Submission.student_id)
        .where(other.returned_at.is_not(None))
    )
    return (
        select(Submission)
        .where(Submission.assignment_id.in_(assignment_ids), Submission.student_id.in_(student_ids), ~is_back)
        .order_by(Submission.assignment_id, Submission.student_id, Submission.number)
    )


def _where_the_best_counts(question_ids: Collection[int]) -> Select[int]:
    works = select(AssignmentItem.assignment_id).where(AssignmentItem.id.in_(question_ids))
    return (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(Assignment.id.in_(works), Assignment.counting == Counting.BEST)
    )


def _held(answer_ids: Select[int] | CompoundSelect[int]) -> Select[int]:
    """Until the transaction ends: who marks them waits, or comes first."""
    return (
        select(Answer.id)
        .where(Answer.id.in_(answer_ids))
        .order_by(Answer.id)
        .with_for_update(key_share=True, of=Answer)
    )


def _in_charge_of(hat: Hat) -> Select[int]:
    return assignments.in_charge_of(hat).with_only_columns(Assignment.id)
