"""Where a learner stopped in a package."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from learning.packages.standing import Status
from library.resources.models import resource_fk


class PackageProgress(Model):
    """What a package keeps of one person, and how far it says that she is: its own word, never evidence."""

    __tablename__ = "package_progress"
    __table_args__ = (CheckConstraint("scaled BETWEEN -1 AND 1", name="scaled"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("resource_id", "places", "status", "scaled", "updated_at"),
                "go on where the learner stopped, and show her what the package reported",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    person_id: Mapped[person_fk] = mapped_column(primary_key=True)
    resource_id: Mapped[resource_fk] = mapped_column(primary_key=True)
    places: Mapped[dict[str, Any]]
    """Of each place of the package the values that it keeps, by their SCORM names."""
    status: Mapped[Status] = mapped_column(short_strings(Status), default=Status.BEGUN)
    """The latest that was told of any place."""
    scaled: Mapped[float | None]
    """The score that came with it, of the possible one."""
    updated_at: Mapped[utc]
