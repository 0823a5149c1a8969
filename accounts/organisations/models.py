"""Organisations form a tree: a city has districts, a district has schools (OneRoster 1.2 orgs)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, text64, text200
from core.privacy import Impersonal


class OrganisationKind(StrEnum):
    """The level of an organisation."""

    CITY = "city"
    DISTRICT = "district"
    SCHOOL = "school"


class Organisation(Model):
    """A city, a district or a school (机构)."""

    __tablename__ = "organisation"
    __privacy__ = Impersonal("describes an institution")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(short_strings(OrganisationKind))
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)


class AcademicTerm(Model):
    """A term (学期) of the city's school year."""

    __tablename__ = "academic_term"
    __privacy__ = Impersonal("is a calendar")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
