"""What a teacher has entered so far."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.assignments.models import assignment_fk


class PaperRow(Model):
    """One pupil's line of the grid, as typed; it stays when it is handed in, so that it can be put right."""

    __tablename__ = "paper_row"
    __table_args__ = (UniqueConstraint("assignment_id", "student_id"),)
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(
                ("assignment_id", "cells", "taken_version", "saved_by_id", "saved_at"),
                "enter work that was done on paper",
                Retention.UNTIL_SUPERSEDED,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "version"),
    )

    id: Mapped[pk]
    assignment_id: Mapped[assignment_fk]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    cells: Mapped[dict[str, Any]]
    """Assignment item id (as text) to what stands in its cell."""
    version: Mapped[int] = mapped_column(default=1)
    taken_version: Mapped[int | None]
    """The version that was handed in last."""
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[utc]

    @property
    def is_taken(self) -> bool:
        """Whether what stands here is handed in."""
        return self.taken_version == self.version

    def put(self, cells: dict[str, Any], by_id: int, now: datetime) -> None:
        """Replace what was typed."""
        self.cells, self.saved_by_id, self.saved_at = cells, by_id, now
        self.version += 1
