"""A question as one person meets it in one place."""

from learning.attempts.models import AttemptContext
from library.items.models import ItemVersion
from library.items.variants import Posed, pose, seed_for

SEEN = ("item_id", "kind", "prompt", "interaction", "parameters", "pictures", "stimulus_version_id")
"""What of a wording decides what an answer to it means."""


def judged_as(shown: ItemVersion, present: ItemVersion) -> ItemVersion:
    """The wording by which an answer to *shown* is judged: as *present*, where that only has another key.

    So it is judged as one that comes from a page opened now (``docs/decisions/0019``). Where the question
    itself has changed, it is judged as it was asked.
    """
    return present if asks_the_same(shown, present) else shown


def asks_the_same(one: ItemVersion, other: ItemVersion) -> bool:
    """Whether a person who sees *one* sees *other*; their keys may differ."""
    return all(getattr(one, name) == getattr(other, name) for name in SEEN)


def asked_of(version: ItemVersion, person_id: int, context: AttemptContext, context_id: int | None) -> Posed:
    """The variant that is the person's there; the question as it stands, if it has none."""
    return pose(version, seed_for(person_id, context.value, context_id, version.item_id))
