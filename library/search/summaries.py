"""A resource in the lists that programs are given: what ``ResourceSummary`` describes."""

from collections.abc import Mapping
from typing import Any

from library.resources.models import Resource


def summary_of(resource: Resource, subject_codes: Mapping[int, str]) -> dict[str, Any]:
    """What a list says of a resource; *subject_codes* by the subjects' ids."""
    return {
        "id": resource.id,
        "identifier": resource.identifier,
        "type": resource.kind,
        "title": resource.title,
        "description": resource.description,
        "language": resource.language,
        "subject": subject_codes.get(resource.subject_id) if resource.subject_id else None,
        "grades": (resource.grade_from, resource.grade_to),
        "minutes": resource.minutes,
        "difficulty": resource.difficulty,
    }
