"""Resources, after IEEE LOM and GB/T 41469-2022."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal
from library.curriculum.models import Subject
from library.media.models import MediaAsset

resource_fk = Annotated[int, mapped_column(ForeignKey("resource.id"), index=True)]


class ResourceKind(StrEnum):
    """What a resource is for the person who opens it."""

    MICRO_LESSON = "micro_lesson"
    PRACTICE = "practice"
    READING = "reading"
    WORKSHEET = "worksheet"
    VIDEO = "video"
    AUDIO = "audio"
    IMAGE = "image"
    DOCUMENT = "document"
    PACKAGE = "package"
    LINK = "link"


class Tier(StrEnum):
    """Whose collection it stands in: 公共、地方特色、校本、个人."""

    PUBLIC = "public"
    LOCAL = "local"
    SCHOOL = "school"
    PERSONAL = "personal"


class ReviewState(StrEnum):
    """Where it stands on the review ladder; pupils see what is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class EndUser(StrEnum):
    """For whom it is meant (LOM 5.5, intended end user role)."""

    LEARNER = "learner"
    TEACHER = "teacher"
    GUARDIAN = "guardian"


class Resource(Model):
    """One entry of the library."""

    __tablename__ = "resource"
    __table_args__ = (
        Index(None, "subject_id", "grade_from", "kind"),
        Index(None, "review_state", "tier"),
        CheckConstraint("grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12", name="grades"),
        CheckConstraint("difficulty BETWEEN 0 AND 1", name="difficulty"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("pages > 0", name="pages"),
        CheckConstraint("length(trim(title)) > 0", name="title"),
        CheckConstraint("length(identifier) > 0", name="identifier"),
        CheckConstraint("length(language) BETWEEN 2 AND 16", name="language"),
        CheckConstraint("version > 0", name="version"),
    )
    __privacy__ = Impersonal("is teaching material", authors=("created_by_id",))

    id: Mapped[pk]
    identifier: Mapped[str] = mapped_column(String(200), unique=True)
    """Stable over import and export (LOM 1.1)."""
    kind: Mapped[ResourceKind] = mapped_column(short_strings(ResourceKind))
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]]
    language: Mapped[str] = mapped_column(String(16), default="zh-CN")
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    grade_from: Mapped[int]
    grade_to: Mapped[int]
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("textbook_edition.id"), index=True)
    volume_id: Mapped[int | None] = mapped_column(ForeignKey("volume.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """Where in the textbooks it belongs; a unit is of the volume, the volume of the edition."""
    end_user: Mapped[EndUser] = mapped_column(short_strings(EndUser), default=EndUser.LEARNER)
    accessibility: Mapped[list[str]] = mapped_column(default=list)
    """Codes of ``library/resources/accessibility.py``, such as "captions"."""
    difficulty: Mapped[float | None]
    """0 easy to 1 hard."""
    minutes: Mapped[float | None]
    """Typical learning time (LOM 5.9)."""
    pages: Mapped[int | None]
    licence: Mapped[str] = mapped_column(String(64), default="")
    author: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    """Where it comes from (provenance)."""
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Whose school or local collection it stands in; None for public ones."""
    review_state: Mapped[ReviewState] = mapped_column(short_strings(ReviewState))
    imported_sha256: Mapped[sha256 | None]
    """The hash of the record it was last imported from: the same record again changes nothing."""
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"), index=True)
    """The one that stands for it since it was withdrawn; what pointed here leads there."""
    version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[utc]
    updated_at: Mapped[utc]

    subject: Mapped[Subject | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class ResourceBody(Model):
    """The text of a reading, worksheet or link: apart, so that lists stay light."""

    __tablename__ = "resource_body"
    __privacy__ = Impersonal("is teaching material")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    """Markdown with formulas in LaTeX between dollar signs."""
    url: Mapped[str] = mapped_column(String(1000), default="")


class ResourceExtract(Model):
    """The text of a resource's file, to be searched and read; written by a job, never by hand."""

    __tablename__ = "resource_extract"
    __privacy__ = Impersonal("is teaching material")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    """Pages, slides or sheets apart by form feeds."""
    title: Mapped[str] = mapped_column(String(300), default="")
    author: Mapped[str] = mapped_column(String(200), default="")
    """What the file says of itself: suggestions for the teacher."""


class ResourceAsset(Model):
    """A file that belongs to a resource."""

    __tablename__ = "resource_asset"
    __privacy__ = Impersonal("is teaching material")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("media_asset.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    asset: Mapped[MediaAsset] = relationship(lazy="raise")


class ResourcePoint(Model):
    """That a resource is about a knowledge point."""

    __tablename__ = "resource_point"
    __privacy__ = Impersonal("links teaching material and a piece of knowledge")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True, index=True)


class StatedPoint(Model):
    """That a person said that a question set is about a point, which then stays when its questions go."""

    __tablename__ = "stated_point"
    __privacy__ = Impersonal("links teaching material and a piece of knowledge")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True, index=True)


class ResourceItem(Model):
    """That a practice or worksheet asks an item, in order."""

    __tablename__ = "resource_item"
    __privacy__ = Impersonal("is teaching material")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)


class ResourceVersion(Model):
    """What a resource said before it was changed."""

    __tablename__ = "resource_version"
    __table_args__ = (UniqueConstraint("resource_id", "number"),)
    __privacy__ = Impersonal("is teaching material", authors=("changed_by_id",))

    id: Mapped[pk]
    resource_id: Mapped[resource_fk]
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[utc]


class ResourceUse(Model):
    """How a resource is used in a grade: counted from the records of learning, never of one person.

    Rebuilt from those records at night; in between it lags behind them.
    """

    __tablename__ = "resource_use"
    __table_args__ = (CheckConstraint("grade BETWEEN 0 AND 12", name="grade"),)
    __privacy__ = Impersonal("counts uses over a whole grade of the city")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    grade: Mapped[int] = mapped_column(primary_key=True)
    """1-12; 0 for people without a grade, such as teachers."""
    people: Mapped[int] = mapped_column(default=0)
    """Different people who opened, watched or answered it."""
    classes: Mapped[int] = mapped_column(default=0)
    """Different classes of these people, and classes to which it was taught or given."""
    opened: Mapped[int] = mapped_column(default=0)
    finished: Mapped[int] = mapped_column(default=0)
    """People who watched it to the end or answered all of it."""
    started: Mapped[int] = mapped_column(default=0)
    """People who began to watch or to answer; those who finished are among them."""
    answers: Mapped[int] = mapped_column(default=0)
    """First answers: one of each person to each of its questions."""
    right_answers: Mapped[int] = mapped_column(default=0)
    """Those of the first answers that were right."""
    assigned: Mapped[int] = mapped_column(default=0)
    """Times that a teacher gave it to a class."""
    counted_at: Mapped[utc]


class KeptResource(Model):
    """That a withdrawn resource stays open for a class, because it was given to it before."""

    __tablename__ = "kept_resource"
    __privacy__ = Impersonal("links teaching material and a class")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True, index=True)
