"""Imports and what was wrong with their lines."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select

from library.interchange.models import ImportProblem, ResourceImport
from library.resources.models import Resource


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
