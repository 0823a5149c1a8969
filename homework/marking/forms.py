"""A mark as it arrives from the marking page."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from homework.marking.errors import UnreadableMark

LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class MarkInput:
    """Points and comment for one or several answers."""

    versions: Mapping[int, int]
    """Answer id to the version of the mark that the teacher saw, 0 for none."""
    points: float
    comment: str


def read_mark(form: MultiDict[str, str]) -> MarkInput:
    """The mark in *form*: ``answer`` repeated as ``id:version``, ``points``, ``comment``.

    Raises:
        UnreadableMark: a part is missing or no number.
    """
    try:
        pairs = [one.split(":") for one in form.getlist("answer")]
        versions = {int(answer_id): int(version) for answer_id, version in pairs}
        points = float(form.get("quick") or form.get("points", "").replace(",", "."))
    except ValueError as error:
        raise UnreadableMark from error
    if not versions:
        raise UnreadableMark
    return MarkInput(versions, points, form.get("comment", "").strip()[:LONGEST_COMMENT])
