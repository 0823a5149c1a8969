"""Packages, and what was kept of a person in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from accounts.people.models import Hat
from learning.packages.models import PackageProgress
from learning.records.models import Statement
from learning.records.verbs import ObjectType
from library.resources.models import Resource, ResourceKind
from library.resources.queries import openable_by


def package(hat: Hat | None, resource_id: int) -> Select[Resource]:
    """A package that *hat* may open."""
    return openable_by(hat).where(Resource.id == resource_id, Resource.kind == ResourceKind.PACKAGE)


def progress_of(person_id: int, resource_id: int) -> Select[PackageProgress]:
    """What was kept of a person in a package."""
    return select(PackageProgress).where(
        PackageProgress.person_id == person_id, PackageProgress.resource_id == resource_id
    )


def statement(uuid: UUID) -> Select[Statement]:
    """The statement with this id."""
    return select(Statement).where(Statement.uuid == uuid)


def count_since(person_id: int, resource_id: int, since: datetime) -> Select[int]:
    """How many statements about a person and a resource were stored since then."""
    return select(func.count()).where(
        Statement.actor_id == person_id,
        Statement.stored_at >= since,
        Statement.object_type == ObjectType.RESOURCE,
        Statement.object_id == resource_id,
    )
