"""Order the import of a channel, let it go on, stop it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from accounts.people.models import Hat
from core.database import db
from core.errors import NotAllowed
from library.channels.errors import NotWaiting
from library.channels.models import ChannelImport, ChannelPart
from library.channels.policy import may_take_channels
from library.curriculum.models import Subject
from library.interchange.models import OrderState
from library.interchange.policy import import_tiers
from library.packages.html import cleaned
from library.resources.models import Tier

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that was sent, and what is to become of it."""

    name: str
    content_sha256: str
    tier: Tier
    subject_id: int | None
    grades: tuple[int, int]


def order(
    hat: Hat, wanted: Wanted, *, language: str, state: OrderState = OrderState.CHECKING, now: datetime
) -> ChannelImport:
    """Order an import for *hat*'s organisation; it is looked at first.

    Raises:
        NotAllowed: *hat* does not import for this tier.
    """
    if not may_take_channels(hat) or wanted.tier not in import_tiers(hat):
        raise NotAllowed
    made = ChannelImport(
        ordered_by_id=hat.person_id,
        ordered_for_id=hat.organisation_id,
        tier=wanted.tier,
        organisation_id=None if wanted.tier is Tier.PUBLIC else hat.organisation_id,
        subject_id=wanted.subject_id,
        grade_from=wanted.grades[0],
        grade_to=wanted.grades[1],
        name=cleaned(wanted.name)[-LONGEST_NAME:] or "channel",
        content_sha256=wanted.content_sha256,
        language=language,
        state=state,
        ordered_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def carry_out(order: ChannelImport) -> None:
    """Have an order that was looked at, or stopped, carried out.

    Raises:
        NotWaiting: it is neither.
    """
    if order.state not in {OrderState.CHECKED, OrderState.STOPPED}:
        raise NotWaiting
    order.state, order.is_stop_asked, order.finished_at = OrderState.IMPORTING, False, None


def stop(order: ChannelImport) -> None:
    """Ask a running order to stop; one that does not run is left alone."""
    order.is_stop_asked = order.is_running


def subject_code(subject_id: int | None) -> str | None:
    """The code of a subject."""
    return db.session.scalar(select(Subject.code).where(Subject.id == subject_id)) if subject_id else None


def forget(import_id: int) -> None:
    """Forget an import that was only looked at, with its report."""
    db.session.execute(delete(ChannelPart).where(ChannelPart.import_id == import_id))
    db.session.execute(delete(ChannelImport).where(ChannelImport.id == import_id))
