"""Attempts by person and place."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, false, func, select

from accounts.people.models import Hat
from learning.attempts.models import Attempt, AttemptContext
from learning.lessons import queries as lessons
from learning.lessons.models import MicroLesson
from library.items.models import ItemVersion
from library.resources import queries as resources
from library.resources.models import Resource


def by_client_keys(client_keys: Collection[UUID]) -> Select[Attempt]:
    """The attempts that devices sent under these keys."""
    return select(Attempt).where(Attempt.client_key.in_(client_keys))


def wording_under(client_key: UUID) -> Select[ItemVersion]:
    """The wording to which the attempt under this key is pinned."""
    return (
        select(ItemVersion)
        .join(Attempt, Attempt.item_version_id == ItemVersion.id)
        .where(Attempt.client_key == client_key)
    )


def of_person(person_id: int) -> Select[Attempt]:
    """All attempts of a person."""
    return select(Attempt).where(Attempt.person_id == person_id)


def at_item(person_id: int, item_id: int) -> Select[Attempt]:
    """The person's attempts at an item, anywhere, the first one first."""
    return of_person(person_id).where(Attempt.item_id == item_id).order_by(Attempt.id)


def in_place(person_id: int, context: AttemptContext, context_id: int) -> Select[Attempt]:
    """The person's attempts in one lesson, exercise or assignment, the first one first."""
    return (
        of_person(person_id)
        .where(Attempt.context == context, Attempt.context_id == context_id)
        .order_by(Attempt.id)
    )


def latest_in_place(
    person_id: int, context: AttemptContext, context_id: int, item_ids: Sequence[int]
) -> Select[Attempt]:
    """The person's latest attempt at each of the items in one place."""
    latest = (
        select(func.max(Attempt.id))
        .where(
            Attempt.person_id == person_id,
            Attempt.context == context,
            Attempt.context_id == context_id,
            Attempt.item_id.in_(item_ids),
        )
        .group_by(Attempt.item_id)
    )
    return select(Attempt).where(Attempt.id.in_(latest))


def asked(hat: Hat, context: AttemptContext, context_id: int, item_id: int) -> Select[ItemVersion]:
    """The present wording of an item that a lesson or exercise asks which the hat may open.

    What an assignment asks is answered by handing in, and corrected after it is returned.
    """
    match context:
        case AttemptContext.LESSON:
            may_open = lessons.visible_to(hat).where(MicroLesson.id == context_id)
            return lessons.asked_version(context_id, item_id).where(
                may_open.with_only_columns(MicroLesson.id).exists()
            )
        case AttemptContext.PRACTICE:
            may_see = resources.visible_to(hat).where(Resource.id == context_id)
            return resources.items_of_resource(context_id).where(
                ItemVersion.item_id == item_id, may_see.with_only_columns(Resource.id).exists()
            )
        case AttemptContext.HOMEWORK | AttemptContext.CORRECTION:
            return select(ItemVersion).where(false())
