"""Links that are to be asked, and what was found."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from accounts.people.models import Hat
from library.links.models import LinkCheck, LinkState
from library.resources.models import Resource, ResourceBody, ReviewState
from library.resources.queries import is_among, owned_by


def to_ask(before: datetime, suspect_before: datetime) -> Select[*tuple[Any, ...]]:
    """(resource, address) of published links not asked since *before*, or changed; the longest unasked first.

    Suspect ones come up again when they were not asked since *suspect_before*.
    """
    return (
        select(Resource.id, ResourceBody.url)
        .join(ResourceBody, ResourceBody.resource_id == Resource.id)
        .outerjoin(LinkCheck, LinkCheck.resource_id == Resource.id)
        .where(
            Resource.review_state == ReviewState.PUBLISHED,
            ResourceBody.url != "",
            or_(
                LinkCheck.resource_id.is_(None),
                LinkCheck.checked_at < before,
                and_(LinkCheck.state == LinkState.SUSPECT, LinkCheck.checked_at < suspect_before),
                LinkCheck.url != ResourceBody.url,
            ),
        )
        .order_by(LinkCheck.checked_at.is_not(None), LinkCheck.checked_at, Resource.id)
    )


def bad_ones_of(hat: Hat) -> Select[LinkCheck]:
    """Links that answer no more, of what *hat* answers for."""
    return (
        select(LinkCheck)
        .join(LinkCheck.resource)
        .where(
            LinkCheck.state != LinkState.ALIVE,
            is_among(owned_by(hat), LinkCheck.resource_id),
            Resource.review_state == ReviewState.PUBLISHED,
        )
    )


def check_of(resource_id: int) -> Select[LinkCheck]:
    """What was found at the present address of a resource."""
    return (
        select(LinkCheck)
        .join(ResourceBody, ResourceBody.resource_id == LinkCheck.resource_id)
        .where(LinkCheck.resource_id == resource_id, LinkCheck.url == ResourceBody.url)
    )
