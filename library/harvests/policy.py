"""Who decides where resources come from."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat


def may_harvest(hat: Hat | None) -> bool:
    """Cities and districts choose their sources; schools get what they choose."""
    return hat is not None and hat.is_administrator and hat.organisation.kind is not OrganisationKind.SCHOOL


def may_give_keys(hat: Hat | None) -> bool:
    """The city decides who may have its local collections and the answers to its questions."""
    return hat is not None and hat.is_administrator and hat.organisation.kind is OrganisationKind.CITY
