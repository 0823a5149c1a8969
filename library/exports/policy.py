"""Who takes what out of the library."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from accounts.people.policy import is_administrator, is_staff
from library.resources.models import Tier

_TIERS = {
    OrganisationKind.SCHOOL: (Tier.PUBLIC, Tier.SCHOOL),
    OrganisationKind.DISTRICT: (Tier.PUBLIC, Tier.LOCAL, Tier.SCHOOL),
    OrganisationKind.CITY: (Tier.PUBLIC, Tier.LOCAL, Tier.SCHOOL),
}


def may_export_library(hat: Hat | None) -> bool:
    """Those who administer a school, a district or the city."""
    return is_administrator(hat)


def may_export_collection(hat: Hat | None) -> bool:
    """Teachers and administrators; which resources leave, their licences say."""
    return is_staff(hat)


def export_tiers(hat: Hat) -> tuple[Tier, ...]:
    """Of which collections *hat* makes files: the public one, and those of its organisation and below."""
    return _TIERS[hat.organisation.kind] if may_export_library(hat) else ()
