"""What a second reader, and who settles, sends."""

from werkzeug.datastructures import MultiDict

from homework.marking.errors import UnreadableMark
from homework.marking.forms import LONGEST_COMMENT, read_versions
from homework.readings.services import Otherwise

POINTS, COMMENT, COUNTS = "points-", "comment-", "counts-"
"""Before the id of an answer, in the names of its fields."""
READERS = "reader"
"""What ``counts-…`` says where the reader's points count."""


def read_seen(form: MultiDict[str, str]) -> dict[int, int]:
    """Answer id to the version of the first mark; none where nothing was answered."""
    return read_versions(form) if form.getlist("answer") else {}


def read_otherwise(form: MultiDict[str, str]) -> dict[int, Otherwise]:
    """What the reader would give or say, by answer; points left empty say that she agrees.

    Raises:
        UnreadableMark: points are no number.
    """
    typed, comments = _typed(form, POINTS), _typed(form, COMMENT)
    try:
        points = {answer_id: float(value.replace(",", ".")) for answer_id, value in typed.items()}
    except ValueError as error:
        raise UnreadableMark from error
    return {
        answer_id: Otherwise(points.get(answer_id), comments.get(answer_id, "")[:LONGEST_COMMENT])
        for answer_id in sorted({*points, *comments})
    }


def read_decisions(form: MultiDict[str, str]) -> dict[int, bool]:
    """Answer id to whether the reader's points count instead of the first reader's."""
    return {
        int(name.removeprefix(COUNTS)): value == READERS
        for name, value in form.items()
        if name.startswith(COUNTS) and name.removeprefix(COUNTS).isdecimal()
    }


def _typed(form: MultiDict[str, str], prefix: str) -> dict[int, str]:
    """What stands in the fields ``<prefix><answer>``, of those that are not empty."""
    return {
        int(name.removeprefix(prefix)): value.strip()
        for name, value in form.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal() and value.strip()
    }
