"""Kept searches: what they find now, for the person who looks."""

from collections.abc import Mapping
from typing import Any

from accounts.people.models import Hat
from library.search import services
from library.search.current import engine
from library.search.forms import read_wish
from library.search.places import places
from library.search.services import Found

KEPT = (
    *("q", "subject", "grade", "type", "language", "sort", "edition", "stage", "half", "level"),
    *("audience", "accessibility"),
)
"""The arguments of the search page that make a search; where a page of results begins is not among them."""
LONGEST = 200


def kept_search(arguments: Mapping[str, str]) -> dict[str, str]:
    """What is kept of the address of a search; empty where nothing was asked."""
    found = {name: arguments.get(name, "").strip()[:LONGEST] for name in KEPT}
    kept = {name: value for name, value in found.items() if value}
    return kept if kept.keys() - {"sort"} else {}


def find_kept(hat: Hat, search: Mapping[str, Any], *, cursor: str = "", limit: int = services.PAGE) -> Found:
    """The page of resources visible to *hat* that a kept search finds."""
    there = places()
    wish = read_wish({**search, "cursor": cursor}, there)
    return services.find(engine(), hat, wish, there, limit=limit)


def ids_of_kept(hat: Hat, search: Mapping[str, Any], most: int) -> list[int]:
    """The ids of the first *most* resources that a kept search finds."""
    ids: list[int] = []
    cursor: str | None = ""
    while cursor is not None and len(ids) < most:
        found = find_kept(hat, search, cursor=cursor, limit=min(100, most - len(ids)))
        ids += [one.resource.id for one in found.hits]
        cursor = found.next
    return ids
