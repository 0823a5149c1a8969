"""What is to be corrected, what was, and how far a class is."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.annotations.queries import on_pages
from homework.annotations.sheets import Annotated, by_page
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem
from homework.corrections.models import Correction, CorrectionNote, CorrectionPage, CorrectionRecording
from homework.corrections.stages import OPEN, Stage, Stretch, Verdict, compare, stage_of, words_of
from homework.marking.models import Mark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from homework.submissions.questions import Question
from learning.attempts.models import Attempt
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.variants import Posed


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a correction, compared with what stood before."""

    correction: Correction
    pages: list[CorrectionPage]
    compared: list[Stretch]
    recordings: list[CorrectionRecording] = field(default_factory=list)
    notes: dict[int, Annotated] = field(default_factory=dict)
    """What teachers drew on the pages, by page; the pupil sees it once the version is judged."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question that did not get all points, with everything that was done about it."""

    submission: Submission
    question: AssignmentItem
    asked: Posed
    """What the pupil meets: of a question with variants, hers."""
    answer: Answer | None
    mark: Mark | None
    pages: list[Page] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    notes: dict[int, Annotated] = field(default_factory=dict)
    """What teachers drew on the pages, by page."""
    versions: list[Version] = field(default_factory=list)

    @property
    def latest(self) -> Correction | None:
        """The last version."""
        return self.versions[-1].correction if self.versions else None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.latest.state if self.latest else None)

    @property
    def is_open(self) -> bool:
        """Whether it is the pupil's turn."""
        return self.stage in OPEN

    @property
    def response(self) -> dict[str, Any]:
        """What was answered first; empty where nothing was."""
        return dict(self.answer.attempt.response) if self.answer else {}

    @property
    def last_response(self) -> dict[str, Any]:
        """What was answered last."""
        return dict(self.latest.attempt.response) if self.latest else self.response


@dataclass(slots=True)
class Count:
    """How many questions stand where."""

    owed: int = 0
    again: int = 0
    waiting: int = 0
    accepted: int = 0

    def add(self, stage: Stage) -> None:
        """One more at *stage*."""
        setattr(self, stage.value, getattr(self, stage.value) + 1)

    @property
    def all(self) -> int:
        """How many there were to correct."""
        return self.owed + self.again + self.waiting + self.accepted

    @property
    def open(self) -> int:
        """How many the pupil owes."""
        return self.owed + self.again


@dataclass(frozen=True, slots=True)
class Debt:
    """How far one pupil is with correcting one piece of work."""

    submission: Submission
    student: Person
    count: Count


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that a teacher looks at, with what it corrects."""

    correction: Correction
    student: Person
    line: Line


@dataclass(frozen=True, slots=True)
class Group:
    """Corrections that say the same, and so are judged together."""

    waiting: list[Waiting]

    @property
    def first(self) -> Waiting:
        """The one whose words stand for all."""
        return self.waiting[0]


def returned_to(hat: Hat) -> Select[Submission]:
    """Work that counts and is back, which the hat may read."""
    return submissions.visible_to(hat).where(Submission.returned_at.is_not(None), submissions.counts())


def lines_of(submission: Submission) -> list[Line]:
    """What is to be corrected in a returned hand-in, with all versions, in at most eight statements."""
    latest = _corrected()
    rows = db.session.execute(
        select(Submission, AssignmentItem, Answer, Mark)
        .select_from(Submission)
        .join(AssignmentItem, AssignmentItem.assignment_id == Submission.assignment_id)
        .outerjoin(
            Answer,
            and_(Answer.submission_id == Submission.id, Answer.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .outerjoin(
            latest,
            and_(latest.c.submission_id == Submission.id, latest.c.assignment_item_id == AssignmentItem.id),
        )
        .where(Submission.id == submission.id, or_(_owes(), latest.c.latest.is_not(None)))
        .order_by(AssignmentItem.position)
        .options(joinedload(AssignmentItem.item_version), joinedload(Answer.attempt))
    ).all()
    return _filled(
        [(row[0], row[1], cast("Answer | None", row[2]), cast("Mark | None", row[3])) for row in rows]
    )


def counts_of(submission_ids: Collection[int] | Select[int]) -> dict[int, Count]:
    """How many questions stand where, by hand-in; hand-ins with nothing to correct are left out."""
    latest = _corrected()
    rows = db.session.execute(
        select(Submission.id, Correction.state)
        .select_from(Submission)
        .join(AssignmentItem, AssignmentItem.assignment_id == Submission.assignment_id)
        .outerjoin(
            Answer,
            and_(Answer.submission_id == Submission.id, Answer.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .outerjoin(
            latest,
            and_(latest.c.submission_id == Submission.id, latest.c.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Correction, Correction.id == latest.c.latest)
        .where(Submission.id.in_(submission_ids), or_(_owes(), Correction.id.is_not(None)))
    )
    found: dict[int, Count] = defaultdict(Count)
    for submission_id, state in rows:
        found[submission_id].add(stage_of(cast("Verdict | None", state)))
    return dict(found)


def debts_of(assignment_id: int, hat: Hat) -> list[Debt]:
    """How far each of the teacher's pupils is with correcting the work, in two statements."""
    returned = returned_to(hat).where(Submission.assignment_id == assignment_id)
    counts = counts_of(returned.with_only_columns(Submission.id))
    rows = db.session.scalars(
        returned.where(Submission.id.in_(counts)).options(joinedload(Submission.student))
    )
    listed = [Debt(one, one.student, counts[one.id]) for one in rows]
    return sorted(
        listed, key=lambda one: (-one.count.open, -one.count.waiting, one.student.name, one.student.id)
    )


def waiting_by_question(assignment_id: int, hat: Hat) -> dict[int, int]:
    """How many corrections of each question wait for the teacher."""
    rows = (
        select(Correction.assignment_item_id, func.count(Correction.id))
        .join(AssignmentItem, AssignmentItem.id == Correction.assignment_item_id)
        .where(
            AssignmentItem.assignment_id == assignment_id,
            Correction.state == Verdict.WAITING,
            Correction.submission_id.in_(returned_to(hat).with_only_columns(Submission.id)),
        )
        .group_by(Correction.assignment_item_id)
    )
    counted: dict[int, int] = dict(db.session.execute(rows).all())
    return counted


def waiting_at(question: AssignmentItem, hat: Hat) -> list[Group]:
    """The corrections of one question that wait for the teacher, equal ones in at most ten statements."""
    found = list(
        db.session.scalars(
            corrections_visible_to(hat)
            .where(Correction.assignment_item_id == question.id, Correction.state == Verdict.WAITING)
            .order_by(Correction.id)
            .options(
                joinedload(Correction.submission).joinedload(Submission.student),
                joinedload(Correction.attempt),
            )
        )
    )
    ids = [one.submission_id for one in found]
    answers = {
        one.submission_id: one
        for one in db.session.scalars(
            select(Answer)
            .where(Answer.submission_id.in_(ids), Answer.assignment_item_id == question.id)
            .options(joinedload(Answer.attempt))
        )
    }
    marks = {
        one.answer_id: one
        for one in db.session.scalars(
            select(Mark).where(Mark.answer_id.in_([a.id for a in answers.values()]))
        )
    }
    rows = []
    for one in found:
        answer = answers.get(one.submission_id)
        rows.append((one.submission, question, answer, marks.get(answer.id) if answer else None))
    groups: dict[Any, list[Waiting]] = {}
    for one, line in zip(found, _filled(rows), strict=True):
        same = kind_of(line.asked).same(line.asked, one.attempt.response)
        groups.setdefault(one.id if same is None else (line.asked.seed, same), []).append(
            Waiting(one, one.submission.student, line)
        )
    return sorted(
        (Group(one) for one in groups.values()), key=lambda one: (-len(one.waiting), one.first.correction.id)
    )


def corrections_visible_to(hat: Hat) -> Select[Correction]:
    """The corrections that the hat may read: as the work that they belong to."""
    return select(Correction).where(
        Correction.submission_id.in_(returned_to(hat).with_only_columns(Submission.id))
    )


def latest_of(submission_id: int, assignment_item_id: int) -> Select[Correction]:
    """The last version of a question's correction."""
    return (
        select(Correction)
        .where(Correction.submission_id == submission_id, Correction.assignment_item_id == assignment_item_id)
        .order_by(Correction.number.desc())
        .limit(1)
        .options(joinedload(Correction.attempt))
    )


def question_in(submission: Submission, item: AssignmentItem) -> Question:
    """The question as it was answered there, or as it was put to the pupil."""
    answered = select(Attempt).join(Answer, Answer.attempt_id == Attempt.id)
    mine = answered.where(Answer.submission_id == submission.id, Answer.assignment_item_id == item.id)
    return _asked(submission, item, db.session.scalar(mine))


def by_client_key(client_key: object) -> Select[Correction]:
    """The correction that was sent with this key."""
    return select(Correction).where(Correction.client_key == client_key)


def pages_visible_to(hat: Hat) -> Select[CorrectionPage]:
    """The photographed pages of corrections that the hat may see."""
    readable = corrections_visible_to(hat).with_only_columns(Correction.id)
    return select(CorrectionPage).where(CorrectionPage.correction_id.in_(readable))


def recordings_audible_to(hat: Hat) -> Select[CorrectionRecording]:
    """The spoken corrections that the hat may hear."""
    readable = corrections_visible_to(hat).with_only_columns(Correction.id)
    return select(CorrectionRecording).where(CorrectionRecording.correction_id.in_(readable))


def held(correction_ids: Sequence[int]) -> Select[int]:
    """The corrections' rows, held until the transaction ends: two teachers judge one after the other."""
    return (
        select(Correction.id)
        .where(Correction.id.in_(correction_ids))
        .order_by(Correction.id)
        .with_for_update()
    )


def owing_of(student_id: int) -> Select[Submission]:
    """The pupil's work that is back and did not get all points, the newest first."""
    return (
        select(Submission)
        .where(Submission.student_id == student_id, Submission.returned_at.is_not(None), submissions.counts())
        .order_by(Submission.id.desc())
        .options(joinedload(Submission.assignment).joinedload(Assignment.subject))
    )


def _asked(submission: Submission, item: AssignmentItem, attempt: Attempt | None) -> Question:
    return Question.answered(item, attempt) if attempt else Question.of(item, submission.student_id)


def _owes() -> Any:  # noqa: ANN401 -- a condition
    """The database's form of ``stages.is_owed``: what all must do is owed also where nothing was answered."""
    return and_(
        AssignmentItem.is_dropped.is_(False),
        or_(
            Mark.points < AssignmentItem.points,
            and_(Answer.id.is_(None), AssignmentItem.layer == Layer.REQUIRED),
        ),
    )


def _corrected() -> Any:  # noqa: ANN401 -- a subquery
    return (
        select(
            Correction.submission_id,
            Correction.assignment_item_id,
            func.max(Correction.id).label("latest"),
        )
        .group_by(Correction.submission_id, Correction.assignment_item_id)
        .subquery()
    )


def _filled(
    rows: Sequence[tuple[Submission, AssignmentItem, Answer | None, Mark | None]],
) -> list[Line]:
    """Lines with their pages, what is drawn on them, recordings and versions, in at most seven statements."""
    pages: dict[int, list[Page]] = defaultdict(list)
    answers = [answer.id for _submission, _question, answer, _mark in rows if answer]
    for page in db.session.scalars(submissions.pages_of(answers)):
        pages[page.answer_id].append(page)
    drawn = on_pages([page.id for shown in pages.values() for page in shown])
    spoken = submissions.recordings_by_answer([row[1] for row in rows], answers)
    corrections: dict[tuple[int, int], list[Correction]] = defaultdict(list)
    found = db.session.scalars(
        select(Correction)
        .where(
            Correction.submission_id.in_({row[0].id for row in rows}),
            Correction.assignment_item_id.in_({row[1].id for row in rows}),
        )
        .order_by(Correction.number)
        .options(joinedload(Correction.attempt), joinedload(Correction.judged_by))
    ).all()
    photos: dict[int, list[CorrectionPage]] = defaultdict(list)
    for photo in db.session.scalars(
        select(CorrectionPage)
        .where(CorrectionPage.correction_id.in_([one.id for one in found]))
        .order_by(CorrectionPage.correction_id, CorrectionPage.position)
    ):
        photos[photo.correction_id].append(photo)
    noted = by_page(CorrectionNote, [photo.id for shown in photos.values() for photo in shown])
    said = _recordings([row[1] for row in rows], [one.id for one in found])
    for one in found:
        corrections[one.submission_id, one.assignment_item_id].append(one)
    lines = []
    for submission, question, answer, mark in rows:
        versions = []
        asked = _asked(submission, question, answer.attempt if answer else None).asked
        before = words_of(asked, answer.attempt.response) if answer else ""
        for one in corrections[submission.id, question.id]:
            after = words_of(asked, one.attempt.response)
            notes = {photo.id: noted[photo.id] for photo in photos[one.id] if photo.id in noted}
            versions.append(Version(one, photos[one.id], compare(before, after), said[one.id], notes))
            before = after
        kept = (pages[answer.id], spoken.get(answer.id, [])) if answer else ([], [])
        on_them = {page.id: drawn[page.id] for page in kept[0] if page.id in drawn}
        lines.append(Line(submission, question, asked, answer, mark, *kept, on_them, versions))
    return lines


def _recordings(
    questions: Sequence[AssignmentItem], correction_ids: Sequence[int]
) -> dict[int, list[CorrectionRecording]]:
    """The spoken corrections by correction: one statement, where any of the questions asks for speech."""
    found: dict[int, list[CorrectionRecording]] = defaultdict(list)
    if any(kind_of(one.item_version).files is Files.RECORDINGS for one in questions):
        rows = (
            select(CorrectionRecording)
            .where(CorrectionRecording.correction_id.in_(correction_ids))
            .order_by(CorrectionRecording.correction_id, CorrectionRecording.position)
        )
        for one in db.session.scalars(rows):
            found[one.correction_id].append(one)
    return found
