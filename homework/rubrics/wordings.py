"""What the criteria of a rubric were when, to say in its words of then which levels gave a mark."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.database import db
from homework.rubrics.models import Rubric, RubricChange
from homework.rubrics.rubric import Criteria
from homework.submissions.models import Answer


@dataclass(frozen=True, slots=True)
class Wordings:
    """The criteria of one rubric over time."""

    present: Criteria
    earlier: Sequence[tuple[datetime, Criteria]] = ()
    """Until which moment, and which; the earliest first."""

    def at(self, moment: datetime) -> Criteria:
        """What marks were given by at *moment*; at that of a change those that it gave."""
        return next((criteria for until, criteria in self.earlier if until > moment), self.present)


def wordings_of(answer_ids: Collection[int]) -> dict[int, Wordings]:
    """By answer the criteria of its question, where it has some; in two statements."""
    rows = (
        select(Answer.id, Rubric)
        .join(Rubric, Rubric.assignment_item_id == Answer.assignment_item_id)
        .where(Answer.id.in_(answer_ids))
    )
    rubrics = dict(db.session.execute(rows).all())
    if not rubrics:
        return {}
    changes = select(RubricChange).where(RubricChange.rubric_id.in_({one.id for one in rubrics.values()}))
    earlier: dict[int, list[tuple[datetime, Criteria]]] = defaultdict(list)
    for one in db.session.scalars(changes):
        until = earlier[one.rubric_id]
        until.append((one.made_at, Criteria.of_data(one.earlier_criteria, one.earlier_rounding)))
        if one.undone_at is not None:
            until.append((one.undone_at, Criteria.of_data(one.criteria, one.rounding)))
    return {
        answer_id: Wordings(rubric.judged_by, sorted(earlier[rubric.id], key=lambda found: found[0]))
        for answer_id, rubric in rubrics.items()
    }
