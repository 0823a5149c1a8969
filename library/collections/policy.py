"""Who makes collections, and for whom."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from accounts.people.policy import is_staff
from library.resources.models import Tier

_TIERS = {
    OrganisationKind.SCHOOL: (Tier.PERSONAL, Tier.SCHOOL),
    OrganisationKind.DISTRICT: (Tier.PERSONAL, Tier.LOCAL),
    OrganisationKind.CITY: (Tier.PERSONAL, Tier.LOCAL, Tier.PUBLIC),
}


def may_curate(hat: Hat | None) -> bool:
    """Teachers, and those who administer a school, a district or the city."""
    return is_staff(hat)


def tiers_of(hat: Hat) -> tuple[Tier, ...]:
    """For whom *hat* makes collections: a school's people for the school, a district's for the district."""
    return _TIERS[hat.organisation.kind] if may_curate(hat) else ()
