"""Who keeps the curriculum of the city."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from accounts.people.policy import is_administrator


def may_keep_curriculum(hat: Hat | None) -> bool:
    """The city's administrators: the curriculum is one for all schools."""
    return is_administrator(hat) and hat is not None and hat.organisation.kind is OrganisationKind.CITY
