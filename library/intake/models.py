"""Imports of questions, and what became of each."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal
from library.curriculum.models import Subject, subject_fk
from library.resources.models import Resource


class IntakeState(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    READ = "read"
    REFUSED = "refused"
    TAKEN = "taken"


class Likeness(StrEnum):
    """How a question is like one that is there already."""

    SAME = "same"
    """It says the same as one that the teacher can see."""
    NEAR = "near"
    """It says nearly the same."""
    HERE = "here"
    """It says the same as an earlier one of this import."""
    NEAR_HERE = "near_here"
    """It says nearly the same as an earlier one of this import."""


class Wish(StrEnum):
    """What is to become of a question."""

    TAKE = "take"
    SKIP = "skip"
    USE = "use"
    """The one that is there already takes its place."""


class QuestionImport(Model):
    """Questions that a teacher pasted or sent, for her own use."""

    __tablename__ = "question_import"
    __table_args__ = (
        CheckConstraint("grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12", name="grades"),
    )
    __privacy__ = Impersonal("describes a file of teaching material", authors=("made_by_id",))

    id: Mapped[pk]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    """The file's name as the person knows it, or how the pasted text begins; never used as a path."""
    format: Mapped[str] = mapped_column(String(32))
    """Of the table of formats."""
    source_sha256: Mapped[sha256]
    text: Mapped[str | None] = mapped_column(Text)
    """The text as it was corrected last, where the questions are text; else they are read from the file."""
    language: Mapped[str] = mapped_column(String(8))
    """In which the sentences about its questions are written."""
    subject_id: Mapped[subject_fk]
    grade_from: Mapped[int]
    grade_to: Mapped[int]
    state: Mapped[IntakeState] = mapped_column(short_strings(IntakeState))
    reading: Mapped[int] = mapped_column(default=0)
    """How often it was read: who corrects an older reading is told."""
    problem: Mapped[str] = mapped_column(Text, default="")
    """Why nothing could be read, in one sentence."""
    title: Mapped[str] = mapped_column(String(300), default="")
    """What the file calls itself."""
    pictures: Mapped[list[Any]]
    """All pictures of the text: [{name, asset, alt, width, height}]."""
    stimuli: Mapped[list[Any]]
    """What several questions are about: [{identifier, title, text, pictures}]."""
    notes: Mapped[list[Any]]
    """What became of parts that belong to no question: [[fate, part, reason, values]]."""
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"), index=True)
    """The practice that asks them now."""
    is_new_resource: Mapped[bool] = mapped_column(default=False)
    """Whether the import made that practice."""
    created_at: Mapped[utc]
    finished_at: Mapped[utc | None]

    subject: Mapped[Subject] = relationship(lazy="raise")
    resource: Mapped[Resource | None] = relationship(lazy="raise")


class ImportedQuestion(Model):
    """One question of an import, or a line of it that is none."""

    __tablename__ = "imported_question"
    __privacy__ = Impersonal("is teaching material")

    import_id: Mapped[int] = mapped_column(ForeignKey("question_import.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """Counted from 1."""
    place: Mapped[int]
    """Its first line, or its number in the file."""
    excerpt: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text, default="")
    """Its lines, where it can be corrected here."""
    record: Mapped[dict[str, Any] | None]
    """The question in the shapes that a version of it keeps; None while it cannot be asked."""
    problem: Mapped[str] = mapped_column(Text, default="")
    """Why it cannot, in one sentence."""
    notes: Mapped[list[Any]]
    """What became of its parts: [[fate, part, reason, values]]."""
    point_ids: Mapped[list[Any]]
    """The knowledge points that it names."""
    likeness: Mapped[Likeness | None] = mapped_column(short_strings(Likeness))
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"), index=True)
    """The question that it is like."""
    twin_position: Mapped[int | None]
    """The place of the earlier one of this import that it is like."""
    wish: Mapped[Wish] = mapped_column(short_strings(Wish))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"), index=True)
    """What it became, or the one that took its place."""
