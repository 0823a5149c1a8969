"""Where the API leads from a resource. What lies above the library is named by endpoint, not imported."""

from flask import url_for

from library.resources.models import ResourceKind


def resource_link(resource_id: int) -> str:
    """The address of the resource with its text and questions."""
    return url_for("resources_api.resource", resource_id=resource_id)


def lesson_link(resource_id: int, kind: ResourceKind) -> str | None:
    """The address of the lesson that the resource is, to play; None where it is something else."""
    if kind is not ResourceKind.MICRO_LESSON:
        return None
    return url_for("playback_api.lesson_of_resource", resource_id=resource_id)
