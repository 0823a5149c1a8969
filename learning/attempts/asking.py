"""A question as one person meets it in one place."""

from learning.attempts.models import AttemptContext
from library.items.models import ItemVersion
from library.items.variants import Posed, pose, seed_for


def asked_of(version: ItemVersion, person_id: int, context: AttemptContext, context_id: int | None) -> Posed:
    """The variant that is the person's there; the question as it stands, if it has none."""
    return pose(version, seed_for(person_id, context.value, context_id, version.item_id))
