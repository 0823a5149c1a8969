"""A search as it stands in an address."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from library.curriculum.models import Stage
from library.resources.models import EndUser, ResourceKind
from library.search.engine import Order
from library.search.entries import FEATURES
from library.search.places import Places
from library.search.wishes import Wish, understand

LONGEST = 10_000
HIGHEST_GRADE, HALVES, LEVELS = 12, 2, 3
Member = TypeVar("Member", bound=StrEnum)


def read_wish(arguments: Mapping[str, str], places: Places) -> Wish:
    """The wish in an address; what makes no sense is left out, so that an old link still finds something."""
    return understand(
        arguments.get("q", "")[:LONGEST],
        subjects=places.subject_names,
        editions=places.edition_names,
        subject=arguments.get("subject", ""),
        grade=_number(arguments.get("grade", ""), HIGHEST_GRADE),
        kind=_member(ResourceKind, arguments.get("type", "")),
        language=arguments.get("language", ""),
        order=_member(Order, arguments.get("sort", "")) or Order.RELEVANCE,
        cursor=arguments.get("cursor", ""),
        edition=arguments.get("edition", ""),
        stage=_member(Stage, arguments.get("stage", "")),
        half=_number(arguments.get("half", ""), HALVES),
        level=_number(arguments.get("level", ""), LEVELS),
        end_user=_member(EndUser, arguments.get("audience", "")),
        feature=_feature(arguments.get("accessibility", "")),
    )


def _feature(text: str) -> str:
    return text if text in FEATURES else ""


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= most else None


def _member(kind: type[Member], text: str) -> Member | None:
    return kind(text) if text in {one.value for one in kind} else None
