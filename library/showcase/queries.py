"""What stands behind the public door, for whoever asks."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from library.resources.models import Resource, ReviewState, Tier

PER_FILE = 50_000
"""Addresses in one sitemap: what the protocol allows (sitemaps.org)."""


def shown() -> ColumnElement[bool]:
    """Published, and of the public tier."""
    return and_(Resource.tier == Tier.PUBLIC, Resource.review_state == ReviewState.PUBLISHED)


def named(name: str) -> Select[Resource]:
    """The public resource with an identifier or, for a number, an id; shown now or withdrawn."""
    is_it = Resource.identifier == name
    if name.isascii() and name.isdecimal() and len(name) < 19:  # noqa: PLR2004 -- more does not fit a column
        is_it = or_(is_it, Resource.id == int(name))
    return (
        select(Resource)
        .where(is_it, Resource.tier == Tier.PUBLIC)
        .where(Resource.review_state.in_((ReviewState.PUBLISHED, ReviewState.WITHDRAWN)))
        .options(joinedload(Resource.subject))
        .order_by(Resource.identifier != name)
    )


def sitemap_files() -> Select[int, datetime]:
    """The number of each sitemap with anything in it, and when something in it last changed.

    A file is a range of ids, so that a resource stays in its file, and none is skipped to reach the next.
    """
    number = ((Resource.id - 1) // PER_FILE + 1).label("number")
    return select(number, func.max(Resource.updated_at)).where(shown()).group_by(number).order_by(number)


def in_sitemap(number: int, after: int = 0) -> Select[int, str, datetime]:
    """Id, identifier and last change of each resource in a sitemap with an id above *after*."""
    return (
        select(Resource.id, Resource.identifier, Resource.updated_at)
        .where(shown(), Resource.id.between((number - 1) * PER_FILE + 1, number * PER_FILE))
        .where(Resource.id > after)
        .order_by(Resource.id)
    )
