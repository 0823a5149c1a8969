"""Who imports resources, and for whom."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from accounts.people.policy import is_administrator, is_staff
from library.resources.models import Tier

_TIERS = {
    OrganisationKind.SCHOOL: (Tier.SCHOOL,),
    OrganisationKind.DISTRICT: (Tier.LOCAL,),
    OrganisationKind.CITY: (Tier.PUBLIC, Tier.LOCAL),
}


def may_import(hat: Hat | None) -> bool:
    """Those who administer a school, a district or the city; and teachers, for drafts of their school."""
    return is_staff(hat)


def import_tiers(hat: Hat) -> tuple[Tier, ...]:
    """For whom *hat* imports: the people of a school for the school, a district's for the district."""
    return _TIERS[hat.organisation.kind] if may_import(hat) else ()


def lands_as_drafts(hat: Hat) -> bool:
    """Whether what *hat* imports goes up the review ladder before anybody else finds it."""
    return not is_administrator(hat)
