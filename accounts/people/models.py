"""Persons and their hats."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation
from core.database import Model, pk, short_strings, text200, utc
from core.privacy import Erasure, Personal, Retention, Use

person_fk = Annotated[int, mapped_column(ForeignKey("person.id"), index=True)]


class Person(Model):
    """A human being with an account; accounts come from the school's roster only."""

    __tablename__ = "person"
    __privacy__ = Personal(
        subjects=("id",),
        uses=(
            Use(("username", "password_hash"), "sign in", Retention.SCHOOLING),
            Use(("name", "name_en"), "be addressed by name in class", Retention.SCHOOLING),
            Use(("student_number",), "match the school's roster", Retention.SCHOOLING),
            Use(("born_on",), "know whether a guardian's consent is needed (under 14)", Retention.SCHOOLING),
            Use(
                ("locale", "theme", "touch"),
                "show the pages as the person likes them",
                Retention.UNTIL_SUPERSEDED,
            ),
            Use(
                ("must_change_password", "password_changed_at", "suspended_at", "first_signed_in_at"),
                "keep the account safe, and count opened spaces",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.ANONYMISE,
        technical=(),
    )

    id: Mapped[pk]
    username: Mapped[str] = mapped_column(String(64), unique=True)
    """Compared in lower case; stored so."""
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")
    student_number: Mapped[str | None] = mapped_column(String(32), unique=True)
    """The school's own number (学籍辅号), never an identity-card number."""
    born_on: Mapped[date | None]
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    """Argon2id; empty means that no password opens this account."""
    must_change_password: Mapped[bool] = mapped_column(default=True)
    password_changed_at: Mapped[utc | None]
    suspended_at: Mapped[utc | None]
    first_signed_in_at: Mapped[utc | None]
    """When the person's space was opened (开通)."""
    locale: Mapped[str] = mapped_column(String(8), default="")
    theme: Mapped[str] = mapped_column(String(8), default="")
    touch: Mapped[str] = mapped_column(String(8), default="")


class Role(StrEnum):
    """What a person is in an organisation (OneRoster 1.2 roles)."""

    STUDENT = "student"
    TEACHER = "teacher"
    GUARDIAN = "guardian"
    ADMINISTRATOR = "administrator"


class Hat(Model):
    """One role of one person in one organisation.

    A person with several hats wears one at a time, chosen explicitly; rights of two hats never
    merge. Every rule and every query that depends on who asks takes the hat.
    """

    __tablename__ = "hat"
    __table_args__ = (UniqueConstraint("person_id", "role", "organisation_id"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("role", "organisation_id", "ended_at"), "decide what the person may do", Retention.SCHOOLING
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    person_id: Mapped[person_fk]
    role: Mapped[Role] = mapped_column(short_strings(Role))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    ended_at: Mapped[utc | None]

    # Outer joins, though both are always there: inside the session's own, inner ones are made for every hat.
    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def is_student(self) -> bool:
        """Whether this is a pupil's hat."""
        return self.role is Role.STUDENT

    @property
    def is_teacher(self) -> bool:
        """Whether this is a teacher's hat."""
        return self.role is Role.TEACHER

    @property
    def is_guardian(self) -> bool:
        """Whether this is a guardian's hat."""
        return self.role is Role.GUARDIAN

    @property
    def is_administrator(self) -> bool:
        """Whether this is a school, district or city administrator's hat."""
        return self.role is Role.ADMINISTRATOR
