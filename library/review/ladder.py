"""The ladder: which collection comes after which."""

from dataclasses import dataclass

from accounts.organisations.models import Organisation, OrganisationKind
from library.resources.models import Resource, ReviewState, Tier


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of a resource: who decides, and where it would stand."""

    level: OrganisationKind
    organisation_id: int


def next_step(resource: Resource, owner: Organisation | None, above: Organisation | None) -> Step | None:
    """Where *resource* of *owner*, below *above*, can climb; None if it cannot.

    What is not published is decided by the level whose collection it stands in; what is published there,
    by the next one up.
    """
    if owner is None or resource.tier not in (Tier.SCHOOL, Tier.LOCAL):
        return None
    if resource.review_state is not ReviewState.PUBLISHED:
        return Step(owner.kind, owner.id)
    return Step(above.kind, above.id) if above else None


def tier_at(level: OrganisationKind) -> Tier:
    """The tier of what a level accepts."""
    return Tier.SCHOOL if level is OrganisationKind.SCHOOL else Tier.LOCAL
