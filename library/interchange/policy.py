"""Who imports resources, and for whom."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from accounts.people.policy import is_administrator
from library.resources.models import Tier

_TIERS = {
    OrganisationKind.SCHOOL: (Tier.SCHOOL,),
    OrganisationKind.DISTRICT: (Tier.LOCAL,),
    OrganisationKind.CITY: (Tier.PUBLIC, Tier.LOCAL),
}


def may_import(hat: Hat | None) -> bool:
    """Those who administer a school, a district or the city."""
    return is_administrator(hat)


def import_tiers(hat: Hat) -> tuple[Tier, ...]:
    """For whom *hat* imports: a school's administrator for the school, a district's for the district."""
    return _TIERS[hat.organisation.kind] if may_import(hat) else ()
