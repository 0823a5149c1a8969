"""One piece of work with everything a page shows of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from core.i18n import localized
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer, is_required
from homework.assignments.models import Assignment, AssignmentException
from homework.assignments.release import are_answers_shown
from homework.assignments.schedule import Times
from homework.assignments.teaming import Teaming
from homework.marking import queries as marking
from homework.marking.members import own_among
from homework.marking.models import Mark
from homework.readings import queries as readings
from homework.rubrics import queries as rubrics
from homework.rubrics.rubric import Choice, Criteria
from homework.sending.queries import sent_for
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from homework.submissions.questions import Question
from homework.teams import queries as teams
from homework.teams.models import Team, TeamHandIn
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.marking import Judgement, misconception_of


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a piece of work: what was asked, answered and given for it."""

    question: Question
    answer: Answer | None = None
    mark: Mark | None = None
    pages: list[Page] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    rubric: Criteria | None = None
    """By what the answer is judged, where that is said."""
    choice: Choice = field(default_factory=dict)
    """The levels that were chosen; none, where the marks were not given by them."""
    is_own_mark: bool = False
    """Whether she got a mark of her own for what her group answered."""
    is_required: bool = True
    """Whether the pupil had to answer it: what she may do beyond counts only if she does it."""

    @property
    def response(self) -> dict[str, Any]:
        """What was answered; empty where nothing was."""
        return dict(self.answer.attempt.response) if self.answer else {}

    @property
    def judgement(self) -> Judgement:
        """What the given points say of the answer: no answer is a wrong one."""
        if self.answer is None:
            return Judgement(0.0, is_correct=False)
        if self.mark is None:
            return Judgement(None, None)
        share = self.mark.points / self.question.points
        return Judgement(share, is_correct=share == 1)

    @property
    def hint(self) -> str:
        """What the typical error in the answer is, if it shows one."""
        return misconception_of(self.question.asked, self.response) if self.answer else ""

    @property
    def is_on_paper(self) -> bool:
        """Whether it was answered, but only what the answer is worth was entered."""
        return self.answer is not None and not kind_of(self.question.asked).is_answered(self.response)

    @property
    def is_spoken(self) -> bool:
        """Whether speech is asked for."""
        return kind_of(self.question.asked).files is Files.RECORDINGS

    @property
    def is_photo(self) -> bool:
        """Whether photographs are asked for."""
        return kind_of(self.question.asked).files is Files.PHOTOS


@dataclass(frozen=True, slots=True)
class TeamWork:
    """The group for which work was handed in."""

    number: int
    members: list[Person]
    """Those who got a part of it, the pupil among them; nobody where peers are not shown."""
    size: int
    handed_in_by: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Work:
    """A hand-in with its lines and, once it is back, its points and feedback."""

    submission: Submission
    assignment: Assignment
    student: Person
    lines: list[Line]
    times: Times
    """When it was due for this pupil."""
    feedback: str = ""
    exception: AssignmentException | None = None
    team: TeamWork | None = None

    @property
    def points(self) -> float:
        """Given so far."""
        return sum(one.mark.points for one in self.lines if one.mark and not one.question.is_dropped)

    @property
    def most_points(self) -> float:
        """What the questions are worth that had to be answered, and those that were; dropped ones are not."""
        return sum(
            one.question.points
            for one in self.lines
            if (one.is_required or one.answer) and not one.question.is_dropped
        )

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(one.answer is not None for one in self.lines)

    @property
    def photos(self) -> int:
        """How many pages arrived."""
        return sum(len(one.pages) for one in self.lines)

    @property
    def is_returned(self) -> bool:
        """Whether marks and solutions may be seen by the pupil."""
        return self.submission.returned_at is not None

    def are_answers_shown_at(self, now: datetime) -> bool:
        """Whether the pupil and her guardians may see key and explanations at *now*."""
        return are_answers_shown(
            self.assignment.answers_shown,
            due_at=self.times.due_at,
            shown_at=self.assignment.answers_shown_at,
            now=now,
        )

    @property
    def is_marked(self) -> bool:
        """Whether every answer has its mark."""
        return all(one.mark for one in self.lines if one.answer)


@dataclass(frozen=True, slots=True)
class FileThere:
    """A photograph or recording that the server has already, for the next hand-in to name."""

    sha256: str
    sent_id: int | None = None
    page_id: int | None = None
    recording_id: int | None = None


@dataclass(frozen=True, slots=True)
class TeamAtWork:
    """Group work as a pupil meets it who is about to do it."""

    team: Team | None
    members: list[Person]
    size: int
    """How many form a group where pupils find together; 0 where the teacher says who is with whom."""
    others: list[tuple[Team, list[Person]]]
    """Groups of her class that she could join, with who is in them."""
    has_handed_in: bool
    last: TeamWork | None
    """What was handed in for the group last, by whom, and who did what."""

    @property
    def may_change(self) -> bool:
        """Whether she may leave, or choose a group."""
        return bool(self.size) and not self.has_handed_in


def readable(hat: Hat, submission_id: int) -> Any:  # noqa: ANN401 -- Select's parameter is not the entity in 2.1
    """The submission, if the hat may read it, with its assignment and pupil."""
    return (
        readings.readable(hat)
        .where(Submission.id == submission_id)
        .options(
            joinedload(Submission.assignment).joinedload(Assignment.subject),
            joinedload(Submission.student),
            joinedload(Submission.entered_by),
        )
    )


def work_of(submission: Submission, *, shows_peers: bool = True) -> Work:
    """Everything that stands in *submission*, whatever the number of questions in at most fifteen queries.

    *shows_peers* tells whether the reader may know with whom the pupil worked: guardians may not.
    """
    answers = {
        one.assignment_item_id: one for one in db.session.scalars(submissions.answers_of([submission.id]))
    }
    marks = _marks([one.id for one in answers.values()])
    pages = _pages([one.id for one in answers.values()])
    own = own_among([one.id for one in answers.values()]) if submission.team_hand_in_id else set()
    questions = list(db.session.scalars(assignments.questions_of(submission.assignment_id)))
    spoken = submissions.recordings_by_answer(questions, [one.id for one in answers.values()])
    judged_by = {one: found.judged_by for one, found in rubrics.rubrics_of([q.id for q in questions]).items()}
    choices = rubrics.choices_of([one.id for one in answers.values()]) if judged_by else {}
    lines = []
    depths = assignments.depths_of(submission.student_id, [submission.assignment_id])
    depth = depths.get(submission.assignment_id, Layer.REQUIRED)
    for question in questions:
        answer = answers.get(question.id)
        must = is_required(question.layer, depth)
        rubric = judged_by.get(question.id)
        if answer is None:
            asked = Question.of(question, submission.student_id)
            lines.append(Line(asked, rubric=rubric, is_required=must))
            continue
        chosen = choices.get(answer.id)
        lines.append(
            Line(
                Question.answered(question, answer.attempt),
                answer,
                marks.get(answer.id),
                pages[answer.id],
                spoken.get(answer.id, []),
                rubric=rubric,
                choice=chosen.levels if chosen else {},
                is_own_mark=answer.id in own,
                is_required=must,
            )
        )
    said = db.session.scalar(marking.feedback_of([submission.id]))
    exception = db.session.scalar(assignments.exception_of(submission.assignment_id, submission.student_id))
    return Work(
        submission,
        submission.assignment,
        submission.student,
        lines,
        assignments.times_of(submission.assignment, exception),
        said.text if said else "",
        exception,
        _team(submission, shows_peers=shows_peers) if submission.team_hand_in_id else None,
    )


def files_there(
    assignment_id: int,
    student_id: int,
    questions: Iterable[Question],
    responses: Mapping[int, Mapping[str, Any]],
    last: Submission | None,
) -> dict[int, list[FileThere]]:
    """What the server has of the questions' files: what a draft names, else what was handed in last."""
    asked = [one.id for one in questions if kind_of(one.asked).files]
    if not asked:
        return {}
    sent = {
        one.upload_sha256: FileThere(one.upload_sha256, sent_id=one.id)
        for one in db.session.scalars(sent_for(assignment_id, student_id))
    }
    handed_in = _files_in(last) if last else {}
    before = {one.sha256: one for files in handed_in.values() for one in files}
    found = {}
    for one in asked:
        named = responses.get(one, {}).get("sent")
        if named is None:
            found[one] = handed_in.get(one, [])
        else:
            found[one] = [there for name in named if (there := sent.get(name) or before.get(name))]
    return found


def team_at_work(assignment: Assignment, student_id: int) -> TeamAtWork | None:
    """With whom the pupil does the work, and with whom she could; None for work done alone."""
    if assignment.teaming is Teaming.ALONE:
        return None
    team = db.session.scalar(teams.team_of(assignment.id, student_id))
    chooses = assignment.teaming is Teaming.CHOSEN
    if team is not None:
        members = teams.members_by_team([team.id])[team.id]
        last = db.session.scalar(submissions.handed_in_for(team.id))
        said = _team(last, shows_peers=True) if last else None
        return TeamAtWork(team, members, assignment.team_size or 0, [], last is not None, said)
    others: list[tuple[Team, list[Person]]] = []
    if chooses:
        class_ids = assignments.class_ids_of_pupil(assignment.id, student_id)
        all_of_them = list(db.session.scalars(teams.teams_of(assignment.id, class_ids)))
        by_team = teams.members_by_team([one.id for one in all_of_them])
        closed = set(db.session.scalars(teams.handed_in([one.id for one in all_of_them])))
        others = [(one, by_team[one.id]) for one in all_of_them if one.id not in closed]
    return TeamAtWork(None, [], assignment.team_size or 0, others, has_handed_in=False, last=None)


def _files_in(submission: Submission) -> dict[int, list[FileThere]]:
    answers = {one.id: one for one in db.session.scalars(submissions.answers_of([submission.id]))}
    found: dict[int, list[FileThere]] = defaultdict(list)
    for page in db.session.scalars(submissions.pages_of(answers)):
        there = FileThere(page.upload_sha256, page_id=page.id)
        found[answers[page.answer_id].assignment_item_id].append(there)
    for recording in db.session.scalars(submissions.recordings_of(answers)):
        there = FileThere(recording.upload_sha256, recording_id=recording.id)
        found[answers[recording.answer_id].assignment_item_id].append(there)
    return found


def _team(submission: Submission, *, shows_peers: bool) -> TeamWork:
    shared = db.session.scalars(
        select(TeamHandIn)
        .where(TeamHandIn.id == submission.team_hand_in_id)
        .options(joinedload(TeamHandIn.team), joinedload(TeamHandIn.handed_in_by))
    ).one()
    members = list(db.session.scalars(submissions.members_in(shared.id)))
    if not shows_peers:
        return TeamWork(shared.team.number, [], len(members), None, "")
    by = localized(shared.handed_in_by) if shared.handed_in_by else None
    return TeamWork(shared.team.number, members, len(members), by, shared.note)


def _marks(answer_ids: Iterable[int]) -> dict[int, Mark]:
    return {one.answer_id: one for one in db.session.scalars(marking.marks_of(list(answer_ids)))}


def _pages(answer_ids: Iterable[int]) -> dict[int, list[Page]]:
    found: dict[int, list[Page]] = defaultdict(list)
    for page in db.session.scalars(submissions.pages_of(list(answer_ids))):
        found[page.answer_id].append(page)
    return found
