"""What is to be corrected in returned work, with everything that was done about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from core.database import db
from homework.annotations.queries import on_pages
from homework.annotations.sheets import Annotated, by_page
from homework.assignments.layers import Layer
from homework.assignments.models import AssignmentItem
from homework.corrections.models import Correction, CorrectionNote, CorrectionPage, CorrectionRecording
from homework.corrections.queries import latest_versions, owes
from homework.corrections.stages import (
    OPEN,
    Stage,
    Stretch,
    Verdict,
    compare,
    is_owed,
    stage_of,
    verdict_now,
    words_of,
)
from homework.marking.models import Mark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from homework.submissions.questions import Question
from learning.attempts.models import Attempt
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.variants import Posed

Row = tuple[Submission, AssignmentItem, Answer | None, Mark | None]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a correction, compared with what stood before."""

    correction: Correction
    pages: list[CorrectionPage]
    compared: list[Stretch]
    recordings: list[CorrectionRecording] = field(default_factory=list)
    notes: dict[int, Annotated] = field(default_factory=dict)
    """What teachers drew on the pages, by page; the pupil sees it once the version is judged."""

    @property
    def verdict(self) -> Verdict:
        """What holds of it now."""
        one = self.correction
        return verdict_now(one.state, is_by_key=one.judged_by_id is None, is_correct=one.attempt.is_correct)


@dataclass(frozen=True, slots=True)
class Line:
    """A question that did not get all points at first, with everything that was done about it."""

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
        verdicts = [one.verdict for one in self.versions]
        return stage_of(
            verdicts[-1] if verdicts else None,
            is_accepted=Verdict.ACCEPTED in verdicts,
            is_owed=self._is_owed,
        )

    @property
    def _is_owed(self) -> bool:
        return is_owed(
            self.mark.points if self.mark else None,
            self.question.points,
            is_answered=self.answer is not None,
            is_required=self.question.layer is Layer.REQUIRED,
            is_dropped=self.question.is_dropped,
        )

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


def lines_of(submission: Submission) -> list[Line]:
    """What is to be corrected in a returned hand-in, with all versions, in at most eight statements."""
    latest = latest_versions([submission.id])
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
        .where(Submission.id == submission.id, or_(owes(), latest.c.latest.is_not(None)))
        .order_by(AssignmentItem.position)
        .options(joinedload(AssignmentItem.item_version), joinedload(Answer.attempt))
    ).all()
    return filled(
        [(row[0], row[1], cast("Answer | None", row[2]), cast("Mark | None", row[3])) for row in rows]
    )


def question_in(submission: Submission, item: AssignmentItem) -> Question:
    """The question as it was answered there, or as it was put to the pupil."""
    answered = select(Attempt).join(Answer, Answer.attempt_id == Attempt.id)
    mine = answered.where(Answer.submission_id == submission.id, Answer.assignment_item_id == item.id)
    return _asked(submission, item, db.session.scalar(mine))


def filled(rows: Sequence[Row]) -> list[Line]:
    """Lines with their pages, what is drawn on them, recordings and versions, in at most seven statements."""
    answers = [answer.id for _submission, _question, answer, _mark in rows if answer]
    pages: dict[int, list[Page]] = defaultdict(list)
    for page in db.session.scalars(submissions.pages_of(answers)):
        pages[page.answer_id].append(page)
    drawn = on_pages([page.id for shown in pages.values() for page in shown])
    spoken = submissions.recordings_by_answer([row[1] for row in rows], answers)
    corrected = _corrections_of(rows)
    found = [one for versions in corrected.values() for one in versions]
    photos = _photos([one.id for one in found])
    noted = by_page(CorrectionNote, [photo.id for shown in photos.values() for photo in shown])
    said = _recordings([row[1] for row in rows], [one.id for one in found])
    lines = []
    for submission, question, answer, mark in rows:
        asked = _asked(submission, question, answer.attempt if answer else None).asked
        versions = []
        before = words_of(asked, answer.attempt.response) if answer else ""
        for one in corrected[submission.id, question.id]:
            after = words_of(asked, one.attempt.response)
            notes = {photo.id: noted[photo.id] for photo in photos[one.id] if photo.id in noted}
            versions.append(Version(one, photos[one.id], compare(before, after), said[one.id], notes))
            before = after
        kept = (pages[answer.id], spoken.get(answer.id, [])) if answer else ([], [])
        on_them = {page.id: drawn[page.id] for page in kept[0] if page.id in drawn}
        lines.append(Line(submission, question, asked, answer, mark, *kept, on_them, versions))
    return lines


def _asked(submission: Submission, item: AssignmentItem, attempt: Attempt | None) -> Question:
    return Question.answered(item, attempt) if attempt else Question.of(item, submission.student_id)


def _corrections_of(rows: Sequence[Row]) -> dict[tuple[int, int], list[Correction]]:
    """The versions by hand-in and question, the first one first."""
    found: dict[tuple[int, int], list[Correction]] = defaultdict(list)
    versions = (
        select(Correction)
        .where(
            Correction.submission_id.in_({row[0].id for row in rows}),
            Correction.assignment_item_id.in_({row[1].id for row in rows}),
        )
        .order_by(Correction.number)
        .options(joinedload(Correction.attempt), joinedload(Correction.judged_by))
    )
    for one in db.session.scalars(versions):
        found[one.submission_id, one.assignment_item_id].append(one)
    return found


def _photos(correction_ids: Sequence[int]) -> dict[int, list[CorrectionPage]]:
    found: dict[int, list[CorrectionPage]] = defaultdict(list)
    rows = (
        select(CorrectionPage)
        .where(CorrectionPage.correction_id.in_(correction_ids))
        .order_by(CorrectionPage.correction_id, CorrectionPage.position)
    )
    for one in db.session.scalars(rows):
        found[one.correction_id].append(one)
    return found


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
