"""Take the questions that a teacher chose into a practice of hers, and take them back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from accounts.people.models import Hat
from core.database import db
from library.intake import queries
from library.intake.errors import EditedSince, NothingChosen, NotNow, StandInsGone, UsedAlready
from library.intake.keeping import record_of, stimulus_of
from library.intake.models import ImportedQuestion, IntakeState, QuestionImport, Wish
from library.items import services as items
from library.items.removal import remove_unused
from library.items.services import Placed
from library.resources import services as resources
from library.resources.models import Resource, ResourceItem, ResourceKind, ReviewState
from library.resources.removal import remove_draft
from library.resources.services import Wording
from library.sets.services import following

MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Wanted:
    """What becomes of the chosen questions."""

    title: str
    """Of the new practice; of no account where they join one."""
    draft: Resource | None = None
    """The practice that they join."""
    point_ids: frozenset[int] = frozenset()
    """Knowledge points of all of them, besides those that each names."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Questions that another was to stand for which is gone, by position."""

    taken: Sequence[int]
    """Those that were taken themselves."""
    left_out: Sequence[int]
    """Those that cannot be read."""


def take(run: QuestionImport, hat: Hat, wanted: Wanted, *, now: datetime) -> Alone:
    """Make drafts of the chosen questions, and let a practice ask them in their order.

    Where another question was to be used instead that the teacher can no longer see, the one of the import
    is taken, if it can be read. Tells which those are.

    Raises:
        NotNow: they were taken already.
        NothingChosen: there is none that can be taken.
        StandInsGone: there is none, because others were to stand for them that are gone.
    """
    if run.state is not IntakeState.READ:
        raise NotNow
    wished = list(db.session.scalars(queries.questions_of(run.id).where(queries.is_wished())))
    left = _without_their_twins(hat, wished)
    alone = Alone(
        taken=[row.position for row in left if not row.problem],
        left_out=[row.position for row in left if row.problem],
    )
    for row in left:
        row.wish = Wish.TAKE
    rows = [row for row in wished if row.wish is Wish.USE or not row.problem]
    if not rows:
        raise StandInsGone if alone.left_out else NothingChosen
    new = [row for row in rows if row.wish is Wish.TAKE]
    ids = _add(run, new, wanted, now=now)
    resource = wanted.draft or _make(run, rows, wanted, hat, now=now)
    asked = [ids[row.position] if row.position in ids else int(row.twin_id or 0) for row in rows]
    _ask(resource, asked, now=now)
    db.session.execute(
        update(ImportedQuestion),
        [
            {"import_id": run.id, "position": row.position, "item_id": item_id}
            for row, item_id in zip(rows, asked, strict=True)
        ],
    )
    run.resource_id, run.is_new_resource = resource.id, wanted.draft is None
    run.state, run.finished_at = IntakeState.TAKEN, now
    return alone


def undo(run: QuestionImport, *, now: datetime) -> None:
    """Take everything back that the import made: the questions, and the practice, if it asks nothing else.

    The import can be looked at and taken again.

    Raises:
        NotNow: nothing was taken.
        UsedAlready: the practice is published.
        EditedSince: a question was edited meanwhile.
        ItemUsed: a question was answered or given to a class already.
        NamedElsewhere: something tells of the practice, such as a decision about it.
    """
    if run.state is not IntakeState.TAKEN:
        raise NotNow
    rows = list(db.session.scalars(queries.questions_of(run.id).where(ImportedQuestion.item_id.is_not(None))))
    made = [row.item_id for row in rows if row.wish is Wish.TAKE and row.item_id]
    named = [row.item_id for row in rows if row.item_id]
    resource = db.session.get(Resource, run.resource_id) if run.resource_id else None
    is_new = run.is_new_resource
    if resource is not None and resource.review_state is not ReviewState.DRAFT:
        raise UsedAlready
    if db.session.scalars(queries.edited_among(made)).first():
        raise EditedSince
    run.state, run.resource_id, run.finished_at = IntakeState.READ, None, None
    for row in rows:
        row.item_id = None
    db.session.flush()
    if resource is not None:
        left = set(db.session.scalars(queries.items_in(resource.id))) - set(named)
        if is_new and not left:
            remove_draft(resource)
        else:
            # A question that was there already may have stood in the older practice before.
            _ask_no_more(resource, named if is_new else made, now=now)
    remove_unused(made)


def _without_their_twins(hat: Hat, rows: Sequence[ImportedQuestion]) -> list[ImportedQuestion]:
    """Those that a question was to stand for which the teacher can no longer see."""
    used = [row for row in rows if row.wish is Wish.USE]
    wanted = [row.twin_id for row in used if row.twin_id]
    there = {one.item_id for one in db.session.scalars(queries.visible_versions(hat, wanted))}
    return [row for row in used if row.twin_id not in there]


def _add(
    run: QuestionImport, rows: Sequence[ImportedQuestion], wanted: Wanted, *, now: datetime
) -> dict[int, int]:
    """Make the questions; their ids by position."""
    named = {point_id for row in rows for point_id in row.point_ids} | wanted.point_ids
    points = {one.id: one.code for one in db.session.scalars(queries.points_by_id(named))}
    prefix = f"intake-{run.id}-{run.reading}-{int(now.timestamp())}"
    stimuli = _write_stimuli(run, rows, prefix, now=now)
    placed = []
    for row in rows:
        assert row.record is not None, "what cannot be asked is never taken"
        about = row.record["stimulus"]
        ids = dict.fromkeys([*row.point_ids, *sorted(wanted.point_ids)])
        record = record_of(
            row.record,
            identifier=f"{prefix}-{row.position}",
            stimulus=f"{prefix}-{about}" if about else "",
            knowledge_points=[points[one] for one in ids if one in points],
        )
        placed.append(Placed(record, row.position, run.subject_id))
    by_code = {code: point_id for point_id, code in points.items()}
    ids_made = items.add(placed, stimuli, by_code, by_id=run.made_by_id, now=now)
    return {row.position: item_id for row, item_id in zip(rows, ids_made, strict=True)}


def _write_stimuli(
    run: QuestionImport, rows: Sequence[ImportedQuestion], prefix: str, *, now: datetime
) -> Mapping[str, int]:
    used = {row.record["stimulus"] for row in rows if row.record}
    records = [
        (stimulus_of(one, f"{prefix}-{one['identifier']}"), run.subject_id)
        for one in run.stimuli
        if one["identifier"] in used
    ]
    return items.write_stimuli(records, now=now)


def _make(
    run: QuestionImport, rows: Sequence[ImportedQuestion], wanted: Wanted, hat: Hat, *, now: datetime
) -> Resource:
    minutes = sum(float(row.record["minutes"]) for row in rows if row.record)
    wording = Wording(
        title=wanted.title,
        subject_id=run.subject_id,
        grade_from=run.grade_from,
        grade_to=run.grade_to,
        minutes=min(max(round(minutes), 1), MOST_MINUTES),
        point_ids=wanted.point_ids,
    )
    return resources.make(ResourceKind.PRACTICE, wording, author=hat, now=now)


def _ask(resource: Resource, item_ids: Sequence[int], *, now: datetime) -> None:
    """Let the practice ask the questions after those that it asks already; each once."""
    already = set(db.session.scalars(queries.items_in(resource.id)))
    fresh = [one for one in dict.fromkeys(item_ids) if one not in already]
    last = db.session.scalar(queries.last_position(resource.id)) or 0
    rows: list[dict[str, Any]] = [
        {"resource_id": resource.id, "position": position, "item_id": item_id}
        for position, item_id in enumerate(fresh, start=last + 1)
    ]
    with following(resource, now=now):
        if rows:
            db.session.execute(insert(ResourceItem), rows)


def _ask_no_more(resource: Resource, item_ids: Collection[int], *, now: datetime) -> None:
    with following(resource, now=now):
        db.session.execute(
            delete(ResourceItem).where(
                ResourceItem.resource_id == resource.id, ResourceItem.item_id.in_(item_ids)
            )
        )
