"""Imports and what was wrong with their lines."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, false, select

from accounts.people.models import Hat
from library.interchange.models import ImportOrder, ImportProblem, OrderProblem, ResourceImport
from library.interchange.scope import Scope
from library.resources.models import Resource, ReviewState, Tier


def import_of(source_sha256: str, mapping: str) -> Select[ResourceImport]:
    """The import of this file, if it was ever begun."""
    return select(ResourceImport).where(
        ResourceImport.source_sha256 == source_sha256, ResourceImport.mapping == mapping
    )


def problems_of(import_id: int) -> Select[ImportProblem]:
    """The lines that were not taken, in order."""
    return select(ImportProblem).where(ImportProblem.import_id == import_id).order_by(ImportProblem.line)


def named(identifiers: Collection[str]) -> Select[str, int, str | None, datetime]:
    """Identifier, id, hash and last change of the resources with these identifiers."""
    return select(Resource.identifier, Resource.id, Resource.imported_sha256, Resource.updated_at).where(
        Resource.identifier.in_(identifiers)
    )


def within(ids: Collection[int], scope: Scope) -> Select[int]:
    """Those of the resources that an import for *scope* may change."""
    found = select(Resource.id).where(
        Resource.id.in_(ids),
        Resource.tier == scope.tier,
        Resource.organisation_id.is_not_distinct_from(scope.organisation_id),
    )
    if scope.drafts_of is None:
        return found
    return found.where(Resource.created_by_id == scope.drafts_of, Resource.review_state == ReviewState.DRAFT)


def orders_of(hat: Hat) -> Select[ImportOrder]:
    """The imports that were ordered for *hat*'s organisation; a teacher sees her own."""
    if not (hat.is_administrator or hat.is_teacher):
        return select(ImportOrder).where(false())
    orders = select(ImportOrder).where(ImportOrder.ordered_for_id == hat.organisation_id)
    return orders if hat.is_administrator else orders.where(ImportOrder.ordered_by_id == hat.person_id)


def imported_drafts_of(hat: Hat) -> Select[Resource]:
    """What *hat*'s person imported for this school and nobody has accepted yet."""
    return select(Resource).where(
        Resource.created_by_id == hat.person_id,
        Resource.tier == Tier.SCHOOL,
        Resource.organisation_id == hat.organisation_id,
        Resource.review_state == ReviewState.DRAFT,
        Resource.imported_sha256.is_not(None),
    )


def problems_of_order(order_id: int) -> Select[OrderProblem]:
    """The lines that are not taken, in order."""
    return select(OrderProblem).where(OrderProblem.order_id == order_id).order_by(OrderProblem.line)


def touched_at(moment: datetime) -> Select[int]:
    """Ids of the resources that were last changed at *moment*, which is the start of a run."""
    return select(Resource.id).where(Resource.updated_at == moment)
