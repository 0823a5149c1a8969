"""Who reads coverage figures, and whom the rows behind them name."""

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Hat


def may_read_figures(hat: Hat | None) -> bool:
    """Administrators of a school, a district or the city do, each of their own."""
    return hat is not None and hat.is_administrator


def may_read_names(hat: Hat, organisation: Organisation) -> bool:
    """Only the school itself reads who its people are; above it, a row has no name."""
    is_own = organisation.id == hat.organisation_id
    return hat.is_administrator and is_own and organisation.kind is OrganisationKind.SCHOOL
