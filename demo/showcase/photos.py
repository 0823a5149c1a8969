"""Photographed work on the teacher's desk: marked by a rubric, with comments of the bank, and drawn on.

One piece of work is back with its pupils. Of the other a part is marked, and the rest waits.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from core.database import db
from demo.calendar import at
from demo.handwriting.equations import Solution
from demo.shelf import ShelfItem, shelf_items
from demo.showcase.cast import Cast
from demo.showcase.pens import notes_on, place_to_speak
from demo.showcase.voices import speak
from demo.weeks.demo_class import REVISION, WORDS, photo_of_equation, solutions
from demo.weeks.homework import title_of
from homework.annotations.queries import sheet_of
from homework.annotations.services import Changes, Drawn, Said, annotate
from homework.annotations.services import speak as speak_on_page
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.comments.models import BankComment
from homework.comments.services import keep
from homework.desk.services import mark
from homework.marking.models import Mark
from homework.marking.queries import ready_to_return
from homework.marking.services import return_work, write_feedback
from homework.rubrics.queries import rubric_of
from homework.rubrics.rubric import Criteria, Criterion, Level
from homework.rubrics.services import write as write_rubric
from homework.submissions.models import Answer, Page, Submission
from library.media.sounds import Sound

CRITERIA = Criteria(
    (
        Criterion(
            "steps",
            "去括号与移项",
            (
                Level("all", 2.0, "每一步都对"),
                Level("some", 1.0, "有一处符号或系数错"),
                Level("none", 0.0, "没有写出步骤"),
            ),
        ),
        Criterion("sums", "计算", (Level("right", 1.0, "计算正确"), Level("wrong", 0.0, "有计算错误"))),
        Criterion("check", "检验", (Level("yes", 1.0, "写了检验"), Level("no", 0.0, "没有检验"))),
    )
)
CHECKED, UNCHECKED, SLIPPED = (
    "步骤完整，检验也写了，很好。",
    "结果对了，还要把检验写出来。",
    "移项要变号：看一看画圈的地方，再订正。",
)
FITTING_ANY = ("书写工整，继续保持。", "请把每一步的依据写在后面。")
"""Comments of the bank that fit any question; the others are for this one."""
CRITERION_IDS = tuple(one.id for one in CRITERIA.all)
COMMENTS = {
    ("all", "right", "yes"): CHECKED,
    ("all", "right", "no"): UNCHECKED,
    ("some", "right", "no"): SLIPPED,
}
"""By the level of each criterion."""
FEEDBACK = "去括号学得很扎实。移项时记住变号，订正后我们再看一遍。"
DRAWN_ON, MARKED = 8, 16
"""Of the work that is back so many pages are drawn on; of the other so many answers are marked."""
FEW = 3
REMARK_HERTZ = 170.0


def show_photos(cast: Cast, remark: Sound) -> Iterator[None]:
    """Mark the photographs of the demo class; *remark* is what the teacher says on the demo pupil's page."""
    item = photo_of_equation(shelf_items(cast.seed))
    solved = solutions(cast.room, cast.seed, item.prompt)
    revision = _Desk(cast, photographed(cast, REVISION), item, solved)
    yield from revision.prepare(at(cast.before, 20.2))
    for moment in (at(cast.yesterday, 8.5), at(cast.yesterday, 17)):
        revision.mark_those_before(moment)
        yield
        revision.draw(DRAWN_ON, moment, remark)
        yield
        revision.give_back(moment + timedelta(minutes=20))
        yield
    words = _Desk(cast, photographed(cast, WORDS), item, solved)
    yield from words.prepare(at(cast.yesterday, 20.2))
    words.mark_those_before(at(cast.yesterday, 20.3), most=MARKED)
    yield
    words.draw(FEW, at(cast.yesterday, 20.4), None)


def make_remark() -> Sound:
    """Record what the teacher says; call it outside a transaction."""
    return speak("teacher", hertz=REMARK_HERTZ, phrases=2)


class _Desk:
    """One piece of photographed work, and how each pupil solved it."""

    def __init__(self, cast: Cast, work: Assignment, item: ShelfItem, solved: Mapping[int, Solution]) -> None:
        self.cast, self.work, self.item, self.solved = cast, work, item, solved
        questions = db.session.scalars(questions_of(work.id))
        self.question = next(one for one in questions if one.item_version_id == item.version)
        self.comments: dict[str, BankComment] = {}

    def prepare(self, moment: datetime) -> Iterator[None]:
        """Write the rubric, and keep the comments."""
        teacher = self.cast.teacher
        if db.session.scalar(rubric_of(self.question.id)) is None:
            write_rubric(self.question, teacher, CRITERIA, seen="", reason="", now=moment)
        for text in (CHECKED, UNCHECKED, SLIPPED):
            self.comments[text] = keep(teacher, text, item_id=self.item.item, now=moment)
        for text in FITTING_ANY:
            keep(teacher, text, item_id=None, now=moment)
        yield

    def mark_those_before(self, moment: datetime, *, most: int | None = None) -> None:
        """Mark what was handed in before *moment*, alike solutions together, one comment for each kind."""
        alike: dict[tuple[str, str, str], list[int]] = {}
        waiting = [(answer, pupil) for answer, pupil, came in self._unmarked() if came < moment]
        for answer, pupil in waiting[:most]:
            alike.setdefault(_levels_of(self.solved[pupil]), []).append(answer)
        for levels, answers in alike.items():
            comment = self.comments[COMMENTS[levels]]
            mark(
                self.question,
                dict.fromkeys(answers, 0),
                self.cast.teacher,
                points=None,
                comment=comment.text,
                levels=dict(zip(CRITERION_IDS, levels, strict=True)),
                bank_comment_id=comment.id,
                now=moment,
            )

    def draw(self, most: int, moment: datetime, remark: Sound | None) -> None:
        """Draw on pages that are marked: on the demo pupil's first; *remark* is spoken on hers."""
        rows = db.session.execute(
            select(Page.id, Submission.student_id)
            .join(Answer, Answer.id == Page.answer_id)
            .join(Submission, Submission.id == Answer.submission_id)
            .join(Mark, Mark.answer_id == Answer.id)
            .where(Answer.assignment_item_id == self.question.id, Mark.marked_at <= moment)
            .order_by(Submission.student_id != self.cast.pupil.id, Submission.student_id)
            .limit(most)
        )
        for page_id, pupil in rows.all():
            solution = self.solved[pupil]
            name = f"note/{self.work.id}/{pupil}"
            notes = list(notes_on(solution, self.cast.chance(name)))
            drawn = [Drawn(self.cast.key(f"{name}/{number}"), *note) for number, note in enumerate(notes)]
            annotate(sheet_of(page_id), self.cast.teacher, Changes(added=drawn), now=moment)
            if remark is not None and pupil == self.cast.pupil.id:
                said = Said(self.cast.key(f"{name}/remark"), place_to_speak(solution), remark)
                speak_on_page(sheet_of(page_id), self.cast.teacher, said, now=moment)

    def give_back(self, moment: datetime) -> None:
        """Return what is marked; the demo pupil gets a few words with it."""
        teacher = self.cast.teacher
        ready = list(db.session.scalars(ready_to_return(self.work.id, teacher)))
        for submission in ready:
            if submission.student_id == self.cast.pupil.id:
                write_feedback(submission, teacher, FEEDBACK, now=moment)
        if ready:
            return_work(self.work, teacher, now=moment)

    def _unmarked(self) -> list[tuple[int, int, datetime]]:
        """Rows (answer, pupil, when it was handed in) of what nobody has marked; the demo pupil's first."""
        is_marked = exists().where(Mark.answer_id == Answer.id)
        rows = db.session.execute(
            select(Answer.id, Submission.student_id, Submission.received_at)
            .join(Submission, Submission.id == Answer.submission_id)
            .where(Answer.assignment_item_id == self.question.id, ~is_marked)
            .order_by(Submission.student_id != self.cast.pupil.id, Submission.student_id)
        )
        return [(answer, pupil, came) for answer, pupil, came in rows]


def photographed(cast: Cast, about: str) -> Assignment:
    """What the teacher gave last under this title."""
    named = (Assignment.title == title_of(about), Assignment.teacher_id == cast.teacher.person_id)
    return db.session.scalars(select(Assignment).where(*named).order_by(Assignment.id.desc()).limit(1)).one()


def _levels_of(solution: Solution) -> tuple[str, str, str]:
    """The level of each criterion."""
    steps = "some" if solution.has_slip else "all"
    return steps, "right", "yes" if solution.is_checked else "no"
