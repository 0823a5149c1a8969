"""What a second reader, and who settles, sends."""

from werkzeug.datastructures import MultiDict

from homework.desk.forms import LONGEST_COMMENT, read_versions
from homework.marking.errors import UnreadableMark
from homework.readings.services import Otherwise

POINTS, COMMENT, COUNTS = "points-", "comment-", "counts-"
"""Before the id of an answer, in the names of its fields."""
READERS = "reader"
"""What ``counts-…`` says where the reader's points count."""


def read_seen(form: MultiDict[str, str]) -> dict[int, int]:
    """Answer id to the version of the first mark; none where nothing was answered."""
    return read_versions(form) if form.getlist("answer") else {}


def read_otherwise(form: MultiDict[str, str]) -> dict[int, Otherwise]:
    """What the reader would give, by answer; a field left empty says that she agrees.

    Raises:
        UnreadableMark: points are no number.
    """
    typed = {
        int(name.removeprefix(POINTS)): value.strip().replace(",", ".")
        for name, value in form.items()
        if name.removeprefix(POINTS).isdecimal() and name.startswith(POINTS) and value.strip()
    }
    try:
        points = {answer_id: float(value) for answer_id, value in typed.items()}
    except ValueError as error:
        raise UnreadableMark from error
    return {
        answer_id: Otherwise(value, form.get(f"{COMMENT}{answer_id}", "").strip()[:LONGEST_COMMENT])
        for answer_id, value in points.items()
    }


def read_decisions(form: MultiDict[str, str]) -> dict[int, bool]:
    """Answer id to whether the reader's points count instead of the first reader's."""
    return {
        int(name.removeprefix(COUNTS)): value == READERS
        for name, value in form.items()
        if name.startswith(COUNTS) and name.removeprefix(COUNTS).isdecimal()
    }
