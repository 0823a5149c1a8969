"""The name that a resource has in public addresses: it survives export, import and a new database."""

import re

from library.resources.models import Resource

_PLAIN = re.compile(r"(?!\d+\Z)(?!\.)[A-Za-z0-9._~:-]{1,200}")
"""What stands in a path as it is, and is no number: numbers are ids."""


def public_name(identifier: str, resource_id: int) -> str:
    """The identifier if it can stand in an address as it is, else the id."""
    return identifier if _PLAIN.fullmatch(identifier) else str(resource_id)


def public_name_of(resource: Resource) -> str:
    """The name of *resource* in public addresses."""
    return public_name(resource.identifier, resource.id)
