"""Read which return a form names."""

from collections.abc import Mapping
from datetime import datetime

from homework.returns.errors import UnknownReturn
from homework.returns.queries import Which


def read_which(form: Mapping[str, str]) -> Which:
    """What is to be taken back.

    Raises:
        UnknownReturn: neither an action nor a class is named, or no moment.
    """
    at, by_id, class_id = read_moment(form.get("at", "")), form.get("by", ""), form.get("class_id", "")
    if at is None or not (by_id.isdecimal() or class_id.isdecimal()):
        raise UnknownReturn
    return Which(
        at,
        by_id=int(by_id) if by_id.isdecimal() else None,
        class_id=int(class_id) if class_id.isdecimal() else None,
    )


def read_moment(text: str) -> datetime | None:
    """The moment that a page named; None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
