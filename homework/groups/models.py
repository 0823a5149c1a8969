"""Groups and their members."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.classes.models import SchoolClass, class_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use


class PupilGroup(Model):
    """Some pupils of one class whom a teacher gives work together (小组). Pupils never see its name."""

    __tablename__ = "pupil_group"
    __table_args__ = (Index(None, "teacher_id", "class_id"),)
    __privacy__ = Personal(
        subjects=("teacher_id",),
        uses=(
            Use(
                ("class_id", "name", "made_at", "ended_at"), "give fitting work to some", Retention.SCHOOLING
            ),
        ),
        erasure=Erasure.ANONYMISE,
        technical=("id", "version"),
    )

    id: Mapped[pk]
    class_id: Mapped[class_fk]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[utc]
    ended_at: Mapped[utc | None]
    """When the teacher dissolved it; what was given to it stays given."""
    version: Mapped[int] = mapped_column(default=1)

    school_class: Mapped[SchoolClass] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class GroupMember(Model):
    """That a pupil is in a group."""

    __tablename__ = "pupil_group_member"
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(Use(("group_id",), "give fitting work to some", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("pupil_group.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
