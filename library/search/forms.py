"""A search as it stands in an address."""

from collections.abc import Mapping
from typing import TypeVar

from library.resources.models import ResourceKind
from library.search.engine import Order
from library.search.wishes import Wish, understand

LONGEST = 10_000
HIGHEST_GRADE = 12
Member = TypeVar("Member", ResourceKind, Order)


def read_wish(arguments: Mapping[str, str], subjects: Mapping[str, str]) -> Wish:
    """The wish in an address; what makes no sense is left out, so that an old link still finds something."""
    return understand(
        arguments.get("q", "")[:LONGEST],
        subjects=subjects,
        subject=arguments.get("subject", ""),
        grade=_grade(arguments.get("grade", "")),
        kind=_member(ResourceKind, arguments.get("type", "")),
        language=arguments.get("language", ""),
        order=_member(Order, arguments.get("sort", "")) or Order.RELEVANCE,
        cursor=arguments.get("cursor", ""),
    )


def _grade(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_GRADE else None


def _member(kind: type[Member], text: str) -> Member | None:
    return kind(text) if text in {one.value for one in kind} else None
