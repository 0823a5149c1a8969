"""Coverage figures frozen at a date."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, utc
from core.privacy import Impersonal


class Figure(StrEnum):
    """What is counted (指标)."""

    STUDENT_SPACES = "student_spaces"
    TEACHER_SPACES = "teacher_spaces"
    CLASSES_WITH_RESOURCES = "classes_with_resources"
    TAUGHT_LESSONS = "taught_lessons"
    RESOURCES = "resources"


class CoverageSnapshot(Model):
    """One figure of one organisation as it stood on a day (覆盖率: 开通、活跃、深度)."""

    __tablename__ = "coverage_snapshot"
    __table_args__ = (UniqueConstraint("organisation_id", "figure", "day"),)
    __privacy__ = Impersonal("counts over an institution")

    id: Mapped[pk]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    figure: Mapped[Figure] = mapped_column(short_strings(Figure))
    day: Mapped[date]
    values: Mapped[dict[str, Any]]
    """``total`` and the counts; e.g. ``opened``, ``active``, ``deep``."""
    taken_at: Mapped[utc]
