"""How a resource was used, over all grades."""

from sqlalchemy import Select, func, select

from library.resources.models import ResourceUse

_COUNTS = ("people", "classes", "opened", "started", "finished", "answers", "right_answers", "assigned")


def use_of(resource_id: int) -> Select[int]:
    """The sums over all grades; people of two grades are different people."""
    return select(
        *(func.coalesce(func.sum(getattr(ResourceUse, name)), 0).label(name) for name in _COUNTS)
    ).where(ResourceUse.resource_id == resource_id)
