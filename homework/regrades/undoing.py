"""Take a regrade back, to the letter: everything becomes what it was, whatever the regrade made of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from accounts.people.models import Hat
from core.database import db, publish
from homework.assignments.models import AssignmentItem
from homework.regrades import queries
from homework.regrades.counting import count_as_before
from homework.regrades.errors import LaterRegrade, StillRunning
from homework.regrades.events import MarkedAnew
from homework.regrades.holding import hold
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion, RegradeState
from homework.regrades.portions import in_portions
from homework.regrades.reopening import close_readings, open_readings_again
from homework.regrades.rows import write_portion_back
from homework.regrades.rulings import Policy
from homework.regrades.telling import log, marked_since, tell
from learning.attempts.models import Attempt
from library.items.models import Item, ItemVersion


def begin_undo(regrade: Regrade, hat: Hat, *, now: datetime) -> bool:
    """Let questions ask what they asked, and decide to take the rest back; return whether that is new.

    ``write_back`` carries it out.

    Raises:
        StillRunning: it is not applied completely yet.
        LaterRegrade: the same answers were marked anew once more.
        MarkedSince: somebody marked some of them by hand since; who, stands in the details.
    """
    hold(db.session.scalars(queries.question_ids_of(regrade.id)).all(), regrade.item_id)
    db.session.refresh(regrade, ["state"])  # another click may have come first
    if regrade.state in (RegradeState.UNDONE, RegradeState.UNDOING):
        return False
    if regrade.state is not RegradeState.APPLIED:
        raise StillRunning
    if db.session.scalar(queries.later_than(regrade).limit(1)) is not None:
        raise LaterRegrade
    if since := db.session.execute(queries.marked_since(regrade.id)).all():
        raise marked_since(since, hat)
    regrade.state = RegradeState.UNDOING
    regrade.undone_by_id = hat.person_id
    still_dropped = set(db.session.scalars(queries.dropped_without(regrade.id)))
    # First of all, so that who hands in meanwhile is judged as before.
    for row in db.session.scalars(queries.question_rows_of(regrade.id)):
        question = db.session.get_one(AssignmentItem, row.assignment_item_id)
        if row.earlier_version_id is not None:
            question.item_version_id = row.earlier_version_id
            row.earlier_version_id = None
        if regrade.policy is Policy.DROP:
            question.is_dropped = question.id in still_dropped
    db.session.flush()
    open_readings_again(regrade, now=now)
    log("undo_regrade", regrade, hat, now)
    return True


def write_back(regrade: Regrade, change_ids: Collection[int] | None = None, *, now: datetime) -> None:
    """Put these answers (all, if None) back as they were. Doing it again changes nothing more."""
    wanted = queries.changes_of(regrade.id)
    if change_ids is not None:
        wanted = wanted.where(RegradeChange.id.in_(change_ids))
    for portion in in_portions(db.session.scalars(wanted).all()):
        write_portion_back(regrade, portion, now)


def finish_undo(regrade: Regrade, *, now: datetime) -> None:
    """Everything is back: the corrected wording leaves the library, and goes if nobody has answered it."""
    if regrade.state is not RegradeState.UNDOING:
        return
    count_as_before(regrade)
    close_readings(regrade, now=now)
    item = db.session.get_one(Item, regrade.item_id)
    new_version_id = regrade.new_version_id
    if regrade.earlier_current_id is not None and item.current_version_id == new_version_id:
        item.current_version_id = regrade.earlier_current_id
    regrade.earlier_current_id = None
    regrade.state = RegradeState.UNDONE
    regrade.undone_at = now
    db.session.flush()
    tell(regrade, is_undone=True, now=now)
    if new_version_id is not None and not _is_used(new_version_id):
        regrade.new_version_id = None
        db.session.flush()
        db.session.execute(delete(ItemVersion).where(ItemVersion.id == new_version_id))
    publish(MarkedAnew(regrade.id, regrade.item_id))


def number_of_changes(regrade: Regrade) -> int:
    """How many answers it changed."""
    return len(db.session.scalars(queries.change_ids_of(regrade.id)).all())


def _is_used(version_id: int) -> bool:
    attempts = select(Attempt.id).where(Attempt.item_version_id == version_id).limit(1)
    asked = select(AssignmentItem.id).where(AssignmentItem.item_version_id == version_id).limit(1)
    earlier = (
        select(RegradeQuestion.regrade_id).where(RegradeQuestion.earlier_version_id == version_id).limit(1)
    )
    return any(db.session.scalar(one) is not None for one in (attempts, asked, earlier))
