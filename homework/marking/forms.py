"""A mark as it arrives from the marking page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from homework.marking.errors import UnreadableMark

LONGEST_COMMENT = 2000
LEVEL = "level-"
"""Before the id of a criterion, in the name of its field."""


@dataclass(frozen=True, slots=True)
class MarkInput:
    """Points and comment for one or several answers."""

    versions: Mapping[int, int]
    """Answer id to the version of the mark that the teacher saw, 0 for none."""
    points: float | None
    """None where the levels of a rubric give them."""
    comment: str
    levels: Mapping[str, str] = field(default_factory=dict)
    """Criterion to level."""
    bank_comment_id: int | None = None
    """Of the bank, where the comment came from there."""


def read_mark(form: MultiDict[str, str]) -> MarkInput:
    """The mark in *form*: what ``read_versions`` takes, ``points`` or ``level-…``, ``comment``, ``bank``.

    Raises:
        UnreadableMark: a part is missing or no number.
    """
    levels = {name.removeprefix(LEVEL): value for name, value in form.items() if name.startswith(LEVEL)}
    typed = (form.get("quick") or form.get("points", "")).strip().replace(",", ".")
    try:
        points = float(typed) if typed else None
    except ValueError as error:
        raise UnreadableMark from error
    if points is None and not levels:
        raise UnreadableMark
    return MarkInput(
        read_versions(form),
        points,
        form.get("comment", "").strip()[:LONGEST_COMMENT],
        levels,
        form.get("bank", type=int),
    )


def read_versions(form: MultiDict[str, str]) -> dict[int, int]:
    """Answer id to the version of its mark, from ``answer`` repeated as ``id:version``.

    Raises:
        UnreadableMark: there is none, or one is not of this shape.
    """
    try:
        pairs = [one.split(":") for one in form.getlist("answer")]
        versions = {int(answer_id): int(version) for answer_id, version in pairs}
    except ValueError as error:
        raise UnreadableMark from error
    if not versions:
        raise UnreadableMark
    return versions
