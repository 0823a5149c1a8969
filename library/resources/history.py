"""What a resource said before it was changed."""

from datetime import datetime

from library.resources.models import Resource, ResourceVersion

KEPT = (
    "title", "description", "keywords", "language", "subject_id", "grade_from", "grade_to", "edition_id",
    "volume_id", "unit_id", "end_user", "accessibility", "difficulty", "minutes", "pages", "licence",
    "author", "source",
)  # fmt: skip
"""The columns whose former values a version keeps."""


def snapshot(resource: Resource, *, changed_by_id: int | None, now: datetime) -> ResourceVersion:
    """The version of *resource* that is about to be replaced; the caller adds it to the session."""
    return ResourceVersion(
        resource_id=resource.id,
        number=resource.version,
        content={name: getattr(resource, name) for name in KEPT},
        changed_by_id=changed_by_id,
        changed_at=now,
    )
