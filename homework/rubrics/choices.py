"""The levels that gave the marks of answers: what is taken back stands as it was clicked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from accounts.people.models import Hat
from core.database import db, upsert
from homework.marking.history import held_marks
from homework.marking.models import Mark, PastMark
from homework.marking.queries import last_past_marks
from homework.marking.services import mark_alike
from homework.rubrics.models import PastChoice, RubricChoice
from homework.rubrics.queries import choices_of
from homework.rubrics.rubric import Choice, Chosen

COLUMNS = ("levels", "points", "chosen_by_id", "chosen_at")


@dataclass(frozen=True, slots=True)
class Standing:
    """How answers are marked before something changes that."""

    versions: Mapping[int, int]
    """Answer to the version of its mark, of those that have one."""
    choices: Mapping[int, Mapping[str, Any]]
    """Answer to the columns of its choice, of those that have one."""

    def levels(self, answer_id: int) -> Choice:
        """What was chosen; nothing where the points were given by hand."""
        return dict(self.choices.get(answer_id, {}).get("levels", {}))


def standing(answer_ids: Collection[int]) -> Standing:
    """How the answers are marked now; nobody else marks them until the transaction ends."""
    marks = held_marks(sorted(answer_ids))
    chosen = choices_of(answer_ids)
    return Standing(
        {answer_id: one.version for answer_id, one in marks.items()},
        {answer_id: _columns(one) for answer_id, one in chosen.items()},
    )


def give_marks(
    versions: Mapping[int, int],
    hat: Hat,
    *,
    points: float,
    comment: str,
    chosen: Chosen | None = None,
    now: datetime,
) -> list[Mark]:
    """Give answers to one question the same points, with what is *chosen* of its rubric; without it by hand.

    Other levels that had been chosen are past.

    Raises:
        Refusals of ``mark_alike``.
    """
    levels = chosen.levels if chosen else {}
    before = standing(versions)
    others = {one for one in versions if before.levels(one) != levels}
    marks = mark_alike(versions, hat, points=points, comment=comment, anew=others, now=now)
    keep_past(before, marks)
    if chosen is None:
        forget(versions)
    else:
        row = {"levels": levels, "points": chosen.points, "chosen_by_id": hat.person_id, "chosen_at": now}
        rows = [{"answer_id": one, **row} for one in versions]
        upsert(RubricChoice, rows, keys=["answer_id"], update=COLUMNS)
    return marks


def choose_as(others: Mapping[int, int]) -> None:
    """Choose for each answer what is chosen for the *other* one whose mark it got."""
    chosen = choices_of(set(others.values()))
    rows = [
        {"answer_id": answer_id, **_columns(chosen[other])}
        for answer_id, other in others.items()
        if other in chosen
    ]
    upsert(RubricChoice, rows, keys=["answer_id"], update=COLUMNS)


def forget(answer_ids: Iterable[int]) -> None:
    """The marks of these answers come from no levels any more."""
    db.session.execute(delete(RubricChoice).where(RubricChoice.answer_id.in_(list(answer_ids))))


def keep_past(before: Standing, marks: Iterable[Mark]) -> None:
    """Keep with each mark that became past the levels that had given it, or that none had.

    *marks* are those that the answers of *before* have now.
    """
    now_there = {one.answer_id: one.version for one in marks}
    changed = [one for one, version in before.versions.items() if now_there.get(one) != version]
    nothing: Mapping[str, Any] = {"levels": {}, "points": 0.0, "chosen_by_id": None, "chosen_at": None}
    rows = [
        {"past_mark_id": past.id, **before.choices.get(past.answer_id, nothing)}
        for past in db.session.scalars(last_past_marks(changed))
    ]
    if rows:
        db.session.execute(insert(PastChoice), rows)


def bring_back(answer_ids: Iterable[int], marks: Collection[Mark], past: Mapping[int, PastMark]) -> None:
    """Choose for each of *marks* what had been chosen for the *past* one that it repeats.

    Of the answers that have no mark now, nothing is chosen either.
    Of marks that something else changed, a regrade or a comment, that is not known: there the levels stay
    as long as they give the points.
    """
    kept = {one.past_mark_id: one for one in db.session.scalars(_kept_with(past.values()))}
    present = choices_of([one.answer_id for one in marks])
    rows, gone = [], set(answer_ids) - {one.answer_id for one in marks}
    for one in marks:
        was = kept.get(past[one.answer_id].id)
        if was is not None and was.levels:
            rows.append({"answer_id": one.answer_id, **_columns(was)})
        elif was is not None or (one.answer_id in present and present[one.answer_id].points != one.points):
            gone.add(one.answer_id)
    forget(gone)
    if rows:
        upsert(RubricChoice, rows, keys=["answer_id"], update=COLUMNS)


def _kept_with(past: Iterable[PastMark]) -> Any:  # noqa: ANN401 -- Select's parameter is not the entity in 2.1
    return select(PastChoice).where(PastChoice.past_mark_id.in_([one.id for one in past]))


def _columns(choice: RubricChoice | PastChoice) -> dict[str, Any]:
    return {name: getattr(choice, name) for name in COLUMNS}
