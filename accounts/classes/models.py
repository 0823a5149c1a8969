"""School classes and enrolments (OneRoster 1.2 classes, enrollments)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation
from accounts.people.models import Person, Role, person_fk
from core.database import Model, pk, short_strings, text64, text200
from core.privacy import Erasure, Impersonal, Personal, Retention, Use

class_fk = Annotated[int, mapped_column(ForeignKey("school_class.id"), index=True)]


class ClassKind(StrEnum):
    """Homeroom (行政班) or teaching class (教学班)."""

    HOMEROOM = "homeroom"
    TEACHING = "teaching"


class SchoolClass(Model):
    """A class of one school in one term."""

    __tablename__ = "school_class"
    __table_args__ = (CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),)
    __privacy__ = Impersonal("describes a group")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("academic_term.id"))
    kind: Mapped[ClassKind] = mapped_column(short_strings(ClassKind))
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")
    grade: Mapped[int]
    """1-6 primary, 7-9 lower secondary, 10-12 upper secondary."""

    school: Mapped[Organisation] = relationship(lazy="joined")


class Enrolment(Model):
    """That a person learns or teaches in a class."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("class_id", "person_id", "role", "subject_code"),
        Index(None, "person_id", "role"),
    )
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("class_id", "role", "subject_code", "seat_number", "starts_on", "ends_on"),
                "know who learns and who teaches what in which class",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    class_id: Mapped[class_fk]
    person_id: Mapped[person_fk]
    role: Mapped[Role] = mapped_column(short_strings(Role))
    subject_code: Mapped[str] = mapped_column(String(64), default="")
    """What a teacher teaches in this class; empty for pupils, and for a homeroom teacher as such."""
    seat_number: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise")
    school_class: Mapped[SchoolClass] = relationship(lazy="raise")
