"""Questions about a text."""

from sqlalchemy import Select, select

from library.items.models import Item, ItemVersion, StimulusVersion


def items_about(stimulus_id: int) -> Select[Item]:
    """The questions whose present wording is about the text."""
    return (
        select(Item)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .join(StimulusVersion, StimulusVersion.id == ItemVersion.stimulus_version_id)
        .where(StimulusVersion.stimulus_id == stimulus_id)
        .order_by(ItemVersion.stimulus_position, Item.id)
    )
