"""How the marks of answers became what they are: for the teachers of the pupil, nobody else."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Person
from core.database import db
from homework.marking.models import Mark, MarkSource, PastMark
from homework.readings.models import SettledMark
from homework.regrades.models import Regrade, RegradeChange, RegradeState
from homework.rubrics.models import PastChoice, RecalculatedMark, RubricChange, RubricChoice
from homework.rubrics.rubric import Criterion, Level
from homework.rubrics.wordings import Wordings, wordings_of
from homework.submissions.models import Answer

Moment = tuple[int, datetime]
"""What a mark is known by: its answer, and when it was given."""


@dataclass(frozen=True, slots=True)
class Step:
    """One mark that an answer had, or has."""

    points: float
    comment: str
    source: MarkSource
    by: Person | None
    """None for a key."""
    at: datetime
    levels: Sequence[tuple[Criterion, Level]] = ()
    """What was chosen of the rubric, in its words of then; nothing where the points were given by hand."""
    was_taken_back: bool = False
    """Whether the answer had no mark after it."""
    reason: str = ""
    """Why the rubric was changed that gave it, or the key, where one did."""
    reader: Person | None = None
    """The second reader, where her points were taken."""


@dataclass(frozen=True, slots=True)
class _Replaced:
    """A mark that a corrected key replaced; the regrade keeps it, so that it can be undone."""

    by_points: float | None
    reason: str
    earlier: Step


@dataclass(frozen=True, slots=True)
class _Known:
    """What other rooms know of marks."""

    reasons: Mapping[Moment, str]
    readers: Mapping[Moment, Person]
    wordings: Mapping[int, Wordings]

    def step(
        self, mark: Mark | PastMark, by: Person | None, choice: PastChoice | RubricChoice | None
    ) -> Step:
        moment = mark.answer_id, mark.marked_at
        return Step(
            mark.points,
            mark.comment,
            mark.source,
            by,
            mark.marked_at,
            levels=self._levels(mark, choice),
            was_taken_back=isinstance(mark, PastMark) and mark.was_taken_back,
            reason=self.reasons.get(moment, ""),
            reader=self.readers.get(moment),
        )

    def _levels(
        self, mark: Mark | PastMark, choice: PastChoice | RubricChoice | None
    ) -> Sequence[tuple[Criterion, Level]]:
        wordings = self.wordings.get(mark.answer_id)
        # Levels that are chosen still are those of the mark that the key replaced.
        if wordings is None or choice is None or mark.source is MarkSource.REGRADE:
            return ()
        return wordings.at(mark.marked_at).levels_in(choice.levels)


def histories_of(answer_ids: Collection[int]) -> dict[int, list[Step]]:
    """The marks of the answers, the latest first; one mark alone is no history.

    In two statements where there is none, else in seven.
    """
    replaced = _replaced(answer_ids)
    past = db.session.execute(
        select(PastMark, Person, PastChoice)
        .outerjoin(Person, Person.id == PastMark.marked_by_id)
        .outerjoin(PastChoice, PastChoice.past_mark_id == PastMark.id)
        .where(PastMark.answer_id.in_(answer_ids))
        .order_by(PastMark.id.desc())
    ).all()
    changed = {earlier.answer_id for earlier, _by, _choice in past} | set(replaced)
    if not changed:
        return {}
    present = db.session.execute(
        select(Mark, Person, RubricChoice)
        .outerjoin(Person, Person.id == Mark.marked_by_id)
        .outerjoin(RubricChoice, RubricChoice.answer_id == Mark.answer_id)
        .where(Mark.answer_id.in_(changed))
    ).all()
    known = _Known(_reasons(changed), _readers(changed), wordings_of(changed))
    found: dict[int, list[Step]] = defaultdict(list)
    for mark, by, choice in present:
        found[mark.answer_id].append(known.step(mark, by, choice))
    for earlier, by, past_choice in past:
        found[earlier.answer_id].append(known.step(earlier, by, past_choice))
    return {answer_id: _with(replaced.get(answer_id, []), steps) for answer_id, steps in found.items()}


def _replaced(answer_ids: Collection[int]) -> dict[int, list[_Replaced]]:
    """The marks that corrected keys replaced, by answer, the latest first."""
    rows = db.session.execute(
        select(Answer.id, RegradeChange, Regrade.reason, Person)
        .join(RegradeChange, RegradeChange.answer_id == Answer.id)
        .join(Regrade, Regrade.id == RegradeChange.regrade_id)
        .outerjoin(Person, Person.id == RegradeChange.earlier_marked_by_id)
        .where(
            Answer.id.in_(answer_ids),
            RegradeChange.marks,
            Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED)),
        )
        .order_by(RegradeChange.id.desc())
    )
    found: dict[int, list[_Replaced]] = defaultdict(list)
    for answer_id, one, reason, by in rows:
        points, source, at = one.earlier_points, one.earlier_source, one.earlier_marked_at
        if points is None or source is None or at is None:
            continue  # nobody had marked
        earlier = Step(points, one.earlier_comment, source, by, at)
        found[answer_id].append(_Replaced(one.points, reason, earlier))
    return dict(found)


def _with(replaced: Sequence[_Replaced], steps: Sequence[Step]) -> list[Step]:
    """*steps* with what corrected keys *replaced*, each below the mark that took its place."""
    waiting, found = list(replaced), []
    for step in steps:
        if waiting and step.source is MarkSource.REGRADE and step.points == waiting[0].by_points:
            one = waiting.pop(0)
            found += [replace(step, reason=one.reason), one.earlier]
        else:
            found.append(step)
    return found


def _reasons(answer_ids: Collection[int]) -> dict[Moment, str]:
    """Why rubrics were changed, by the marks that this, or its undo, gave."""
    rows = db.session.execute(
        select(RecalculatedMark.answer_id, RubricChange)
        .join(RubricChange, RubricChange.id == RecalculatedMark.rubric_change_id)
        .where(RecalculatedMark.answer_id.in_(answer_ids))
    )
    found = {}
    for answer_id, change in rows:
        for moment in (change.made_at, change.undone_at):
            if moment is not None:
                found[answer_id, moment] = change.reason
    return found


def _readers(answer_ids: Collection[int]) -> dict[Moment, Person]:
    """The second readers, by the marks that say what they would give."""
    rows = (
        select(SettledMark, Person)
        .join(Person, Person.id == SettledMark.reader_id)
        .where(SettledMark.answer_id.in_(answer_ids))
    )
    return {(one.answer_id, one.given_at): reader for one, reader in db.session.execute(rows)}
