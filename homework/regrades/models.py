"""Regrades, the questions they concern, and what each of them changed: enough to undo it to the letter."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Person
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use
from homework.assignments.models import AssignmentItem
from homework.marking.models import MarkSource
from homework.regrades.rulings import Policy
from library.items.models import Item, ItemVersion, item_fk


class RegradeState(StrEnum):
    """Where a regrade stands; the ``…ING`` ones while a job works on many answers."""

    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class Regrade(Model):
    """That the answers to an item were marked anew because its key was wrong (重新判分)."""

    __tablename__ = "regrade"
    __privacy__ = Personal(
        subjects=("made_by_id",),
        uses=(
            Use(
                (
                    "item_id",
                    "version_ids",
                    "new_version_id",
                    "policy",
                    "is_everywhere",
                    "overwritten",
                    "reason",
                    "state",
                    "made_at",
                    "applied_at",
                    "undone_at",
                    "undone_by_id",
                ),
                "say why marks changed, and undo it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.ANONYMISE,
        technical=("id", "client_key", "earlier_current_id", "recounted"),
    )

    id: Mapped[pk]
    client_key: Mapped[UUID] = mapped_column(unique=True)
    """Made with the preview, so that a double click applies once."""
    item_id: Mapped[item_fk]
    version_ids: Mapped[list[Any]]
    """The wordings whose answers are marked anew. The answers stay pinned to them."""
    new_version_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id"))
    """The same wording with the corrected key; None for policies that need no key."""
    earlier_current_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id"))
    """The item's wording in the library before, where the regrade put the corrected one in its place."""
    policy: Mapped[Policy] = mapped_column(short_strings(Policy))
    is_everywhere: Mapped[bool]
    """Wherever the item was answered, for who owns it; else in the work in the teacher's charge."""
    overwritten: Mapped[list[Any]]
    """Ids of the answers whose marks by hand the teacher let the regrade replace."""
    recounted: Mapped[list[Any]]
    """Of which pupils another hand-in counts now, because the best one does (``counting.Moved``)."""
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[RegradeState] = mapped_column(short_strings(RegradeState))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[utc]
    applied_at: Mapped[utc | None]
    undone_at: Mapped[utc | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    item: Mapped[Item] = relationship(lazy="raise")
    new_version: Mapped[ItemVersion | None] = relationship(
        lazy="raise", foreign_keys="Regrade.new_version_id"
    )
    made_by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Regrade.made_by_id")


class RegradeQuestion(Model):
    """A question of some assignment that a regrade concerns, and the wording that it asked before."""

    __tablename__ = "regrade_question"
    __privacy__ = Impersonal("links a regrade and a question")

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"), primary_key=True)
    assignment_item_id: Mapped[int] = mapped_column(
        ForeignKey("assignment_item.id"), primary_key=True, index=True
    )
    earlier_version_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id"))
    """None once it is asked again."""

    assignment_item: Mapped[AssignmentItem] = relationship(lazy="raise")


class RegradeReading(Model):
    """A second reading that a regrade opened anew, and how it had ended: an undo lets it end so again."""

    __tablename__ = "regrade_reading"
    __privacy__ = Personal(
        subjects=("submission_id",),
        uses=(
            Use(
                ("regrade_id", "done_at", "settled_by_id", "settled_at"),
                "say why marked work is read once more, and undo it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True, index=True)
    done_at: Mapped[utc]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[utc]


class RegradeChange(Model):
    """What a regrade changed about one answer: how it was, and how it is."""

    __tablename__ = "regrade_change"
    __table_args__ = (
        UniqueConstraint("regrade_id", "attempt_id"),
        Index(None, "attempt_id"),
        Index(None, "answer_id"),
    )
    __privacy__ = Personal(
        subjects=("attempt_id",),
        uses=(
            Use(
                (
                    "regrade_id",
                    "answer_id",
                    "earlier_score",
                    "earlier_is_correct",
                    "score",
                    "is_correct",
                    "marks",
                    "earlier_points",
                    "earlier_comment",
                    "earlier_source",
                    "earlier_marked_by_id",
                    "earlier_marked_at",
                    "points",
                ),
                "say why marks changed, and undo it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "earlier_version", "version"),
    )

    id: Mapped[pk]
    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    """None for what was answered outside of homework."""
    earlier_score: Mapped[float | None]
    earlier_is_correct: Mapped[bool | None]
    score: Mapped[float | None]
    is_correct: Mapped[bool | None]
    marks: Mapped[bool]
    """Whether the mark changed too."""
    earlier_points: Mapped[float | None]
    """None where nobody had marked."""
    earlier_comment: Mapped[str] = mapped_column(Text, default="")
    earlier_source: Mapped[MarkSource | None] = mapped_column(short_strings(MarkSource))
    earlier_marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    earlier_marked_at: Mapped[utc | None]
    earlier_version: Mapped[int | None]
    points: Mapped[float | None]
    version: Mapped[int | None]
    """Of the mark that the regrade gave: another one says that somebody marked since."""
