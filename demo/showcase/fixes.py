"""Corrections of the photographed work that is back (订正): the demo pupil's, and those of some classmates.

Hers comes back once with red ink on its photograph, and is accepted then. The others wait for the teacher.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from core.database import db
from demo.calendar import at
from demo.handwriting.equations import Equation, Solution
from demo.population import Learner
from demo.shelf import shelf_items
from demo.showcase.cast import Cast, at_work
from demo.showcase.pens import Note, notes_on, notes_on_missing_check
from demo.showcase.photos import photographed
from demo.weeks.demo_class import REVISION, photo_of_equation, solutions
from homework.annotations.services import Changes, Drawn, annotate
from homework.corrections.lines import lines_of
from homework.corrections.models import Correction, CorrectionPage
from homework.corrections.services import Fix, correct, judge
from homework.redpen.queries import sheet_of
from homework.submissions.models import Submission
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.media.pictures import Picture

CLASSMATES = 3
UNCHECKED = 3
"""Each so manieth of the classmates still forgets the check."""
ONCE_MORE = "移项改对了！还差检验：把结果代回原方程，看左右两边是否相等。"
ACCEPTED = "步骤和检验都完整，这道题过关了。"


class Version(NamedTuple):
    """One version of a correction: how the equation is solved now, and the photograph of it."""

    solution: Solution
    picture: Picture


class Fixed(NamedTuple):
    """What one pupil sends, version by version."""

    learner: Learner
    versions: Sequence[Version]


def draw_fixes(cast: Cast) -> list[Fixed]:
    """Draw what the demo pupil, and after her some classmates, correct; call it outside a transaction."""
    prompt = photo_of_equation(shelf_items(cast.seed)).prompt
    equation, first = Equation.in_words(prompt), solutions(cast.room, cast.seed, prompt)
    owing = [one for one in at_work(cast.room) if one is not cast.pupil and not first[one.id].is_checked]
    return [
        _drawn(cast, cast.pupil, equation, are_checked=(False, True)),
        *(
            _drawn(cast, one, equation, are_checked=(number % UNCHECKED != 0,))
            for number, one in enumerate(owing[:CLASSMATES], 1)
        ),
    ]


def show_fixes(cast: Cast, fixes: Sequence[Fixed]) -> Iterator[None]:
    """Let them correct what came back, and judge the demo pupil's corrections."""
    work = photographed(cast, REVISION)
    (pupil, (refused, accepted)), *classmates = fixes
    for number, (learner, [version]) in enumerate(classmates):
        for submission in _returned(work.id, learner):
            _correct(cast, submission, learner, version, 1, now=at(cast.yesterday, 17.5 + number / 4))
        yield
    for submission in _returned(work.id, pupil):
        _correct(cast, submission, pupil, refused, 1, now=at(cast.yesterday, 17.5))
        yield
        notes = notes_on_missing_check(refused.solution, cast.chance("fix/1"))
        _judge(cast, submission, 1, notes, ONCE_MORE, accept=False, now=at(cast.yesterday, 18.2))
        yield
        _correct(cast, submission, pupil, accepted, 2, now=at(cast.yesterday, 19))
        yield
        notes = notes_on(accepted.solution, cast.chance("fix/2"))
        _judge(cast, submission, 2, notes, ACCEPTED, accept=True, now=at(cast.yesterday, 20.1))
        yield


def _drawn(cast: Cast, learner: Learner, equation: Equation, *, are_checked: Iterable[bool]) -> Fixed:
    versions = []
    for number, is_checked in enumerate(are_checked, 1):
        rng = cast.chance(f"fix/{learner.id}/{number}")
        solution = Solution.without_slip(equation, rng, is_checked=is_checked)
        versions.append(Version(solution, solution.photograph()))
    return Fixed(learner, versions)


def _returned(assignment_id: int, learner: Learner) -> Sequence[Submission]:
    """The pupil's work, if she handed it in and it is back."""
    mine = (Submission.assignment_id == assignment_id, Submission.student_id == learner.id)
    return db.session.scalars(select(Submission).where(*mine, Submission.returned_at.is_not(None))).all()


def _correct(
    cast: Cast, submission: Submission, learner: Learner, version: Version, number: int, *, now: datetime
) -> None:
    """Correct all that is open: the equation with a photograph, the rest as the key says."""
    for line in lines_of(submission):
        if line.is_open:
            is_photo = line.asked.kind is ItemKind.PHOTO
            fix = Fix(
                client_key=cast.key(f"fix/{submission.id}/{line.question.position}/{number}"),
                response={} if is_photo else kind_of(line.asked).right(line.asked),
                pictures=(version.picture,) if is_photo else (),
            )
            correct(submission, line.question, cast.hat(learner), fix, now=now)


def _judge(  # noqa: PLR0913 -- which version, what is drawn and said about it, and when
    cast: Cast,
    submission: Submission,
    number: int,
    notes: Iterable[Note],
    comment: str,
    *,
    accept: bool,
    now: datetime,
) -> None:
    """Draw on a version's photograph, then say whether it will do."""
    page, correction = db.session.execute(
        select(CorrectionPage, Correction)
        .join(Correction, Correction.id == CorrectionPage.correction_id)
        .where(Correction.submission_id == submission.id, Correction.number == number)
    ).one()
    name = f"fix/{submission.id}/{number}/note"
    drawn = [Drawn(cast.key(f"{name}/{position}"), *note) for position, note in enumerate(notes)]
    annotate(sheet_of(page.id), cast.teacher, Changes(added=drawn), now=now)
    judge({correction.id: 1}, cast.teacher, accept=accept, comment=comment, now=now)
