"""Reading a response from a page's form or from JSON."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from library.items.errors import BadResponse
from library.items.kinds.kind import Asked
from library.items.kinds.table import kind_of


def parse_response(asked: Asked, source: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The response to *asked* that stands in *source*: JSON in the response's shape, or a form.

    A form (``request.form``) has the fields that the macro ``question(version, prefix)`` made. An
    unanswered question gives an empty response; ``is_answered`` tells.

    Raises:
        BadResponse: the answer does not fit the question; the subclass says how.
    """
    kind = kind_of(asked)
    if isinstance(source, MultiDict):
        return {kind.field: kind.read(asked, kind.raw_of_form(source.getlist(_named(asked, prefix))))}
    if set(source) - {kind.field}:
        raise BadResponse
    return {kind.field: kind.read(asked, source.get(kind.field))}


def typed_response(asked: Asked, form: MultiDict[str, str], prefix: str = "") -> dict[str, Any]:
    """What stands in the fields, finished or not: for drafts and refused forms, which lose nothing."""
    return kind_of(asked).typed(asked, form.getlist(_named(asked, prefix)))


def _named(asked: Asked, prefix: str) -> str:
    field = kind_of(asked).field
    return f"{prefix}-{field}" if prefix else field
