"""What a school sets."""

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict

NOT_A_NUMBER = 0
"""Stands for what cannot be read, and is refused as a cap."""


def read_caps(form: MultiDict[str, str], grades: Iterable[int]) -> Mapping[int, int | None]:
    """The field ``cap-<grade>`` of each grade; an empty one leaves the grade to the law."""
    caps: dict[int, int | None] = {}
    for grade in grades:
        text = form.get(f"cap-{grade}", "").strip()
        caps[grade] = None if not text else int(text) if text.isdecimal() and len(text) < 5 else NOT_A_NUMBER  # noqa: PLR2004 -- digits
    return caps
