"""Who decides about a key takes turns with those who answer by it, mark, and give back (decision 0037)."""

from collections.abc import Collection

from sqlalchemy import select

from core.database import hold_rows
from homework.assignments.turns import hold_to_decide
from homework.regrades import queries
from library.items.models import Item


def hold(question_ids: Collection[int], item_id: int) -> None:
    """Until the transaction ends nobody answers these questions, or marks what was answered.

    Nor does anybody else put the item right, in whichever work: that would count its wordings as well.
    """
    hold_to_decide(question_ids)
    hold_rows(select(Item.id).where(Item.id == item_id).with_for_update(key_share=True))
    hold_rows(queries.answers_held(question_ids))


def hold_what_counts(question_ids: Collection[int]) -> None:
    """The same for the last step, which says what of a pupil's hand-ins counts."""
    hold_to_decide(question_ids)
    hold_rows(queries.answers_held_where_the_best_counts(question_ids))
