"""What homework asks of a class's day, and why it was more than allowed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.classes.models import class_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use


class LoadEntry(Model):
    """The minutes that one piece of homework asks of one class (作业公示), estimated and as they were.

    There is one for each class that an assignment was given to; work that is withdrawn has none.
    """

    __tablename__ = "load_entry"
    __table_args__ = (
        UniqueConstraint("assignment_id", "class_id"),
        Index(None, "class_id", "day"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )
    __privacy__ = Impersonal("counts minutes of a class")

    id: Mapped[pk]
    # The assignment's room stands above this one; what is asked of a day needs no more of it than its number.
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    day: Mapped[date]
    """The school day on which it counts."""
    minutes: Mapped[float]
    """Expected for what must be done; where groups must do more than others, for those who must do most."""
    is_written: Mapped[bool] = mapped_column(default=True)
    actual_minutes: Mapped[float | None]
    """The median of what pupils took, once it is due and enough have told."""
    actual_pupils: Mapped[int] = mapped_column(default=0)


class Excess(Model):
    """Why a class was given more minutes than allowed (超时说明), for the head of its grade."""

    __tablename__ = "load_excess"
    __table_args__ = (UniqueConstraint("assignment_id", "class_id"),)
    __privacy__ = Personal(
        subjects=("given_by_id",),
        uses=(
            Use(
                (
                    "assignment_id",
                    "class_id",
                    "day",
                    "minutes",
                    "cap",
                    "reason",
                    "given_at",
                    "seen_by_id",
                    "seen_at",
                ),
                "answer for homework beyond the limit of law",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.ANONYMISE,
    )

    id: Mapped[pk]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    class_id: Mapped[class_fk]
    day: Mapped[date]
    minutes: Mapped[float]
    """All of that day, with this work."""
    cap: Mapped[int]
    """What was allowed."""
    reason: Mapped[str] = mapped_column(String(500))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[utc]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    seen_at: Mapped[utc | None]


class SchoolCap(Model):
    """The most minutes a day that a school allows in a grade: less than the law, or where it names none."""

    __tablename__ = "school_cap"
    __table_args__ = (
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
    )
    __privacy__ = Impersonal("is a rule of a school", authors=("set_by_id",))

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    grade: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    minutes: Mapped[int]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[utc]
