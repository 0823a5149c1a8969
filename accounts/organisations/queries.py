"""Organisations below and above an organisation."""

from sqlalchemy import Select, or_, select

from accounts.organisations.models import Organisation, OrganisationKind


def schools_under(organisation: Organisation) -> Select[int]:
    """Ids of the schools of a city or district; of a school, its own id."""
    schools = select(Organisation.id).where(Organisation.kind == OrganisationKind.SCHOOL)
    match organisation.kind:
        case OrganisationKind.SCHOOL:
            return schools.where(Organisation.id == organisation.id)
        case OrganisationKind.DISTRICT:
            return schools.where(Organisation.parent_id == organisation.id)
        case OrganisationKind.CITY:
            districts = select(Organisation.id).where(Organisation.parent_id == organisation.id)
            return schools.where(Organisation.parent_id.in_(districts))


def descendants_of(organisation: Organisation) -> Select[int]:
    """Ids of the organisation itself and of all below it."""
    children = select(Organisation.id).where(Organisation.parent_id == organisation.id)
    return select(Organisation.id).where(
        or_(
            Organisation.id == organisation.id,
            Organisation.parent_id == organisation.id,
            Organisation.parent_id.in_(children),
        )
    )


def ancestors_of(organisation: Organisation) -> Select[int]:
    """Ids of the organisation itself, the district above it and the city above that."""
    parent = select(Organisation.parent_id).where(Organisation.id == organisation.id)
    grandparent = select(Organisation.parent_id).where(Organisation.id.in_(parent))
    return select(Organisation.id).where(
        or_(
            Organisation.id == organisation.id,
            Organisation.id.in_(parent),
            Organisation.id.in_(grandparent),
        )
    )
