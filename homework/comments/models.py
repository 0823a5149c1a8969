"""The comments of a teacher's bank, where each was used, and how it was changed."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use


class BankComment(Model):
    """A comment that a teacher keeps, for one question of the library or for any (评语)."""

    __tablename__ = "bank_comment"
    __table_args__ = (Index(None, "owner_id", "item_id"),)
    __privacy__ = Personal(
        subjects=("owner_id",),
        uses=(
            Use(
                ("item_id", "text", "code", "made_at", "removed_at"),
                "write the same comment once",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "version"),
    )

    id: Mapped[pk]
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    """None for one that fits any question."""
    text: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(16))
    """What to type for it: the initials of its pinyin, or of its words."""
    made_at: Mapped[utc]
    removed_at: Mapped[utc | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class CommentUse(Model):
    """That the comment of a mark was taken from the bank; it holds while the two say the same."""

    __tablename__ = "comment_use"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(Use(("bank_comment_id",), "change a comment wherever it was used", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    bank_comment_id: Mapped[int] = mapped_column(ForeignKey("bank_comment.id"), index=True)


class CommentRevision(Model):
    """That a comment of the bank was changed, and its uses with it."""

    __tablename__ = "comment_revision"
    __privacy__ = Personal(
        subjects=("made_by_id",),
        uses=(
            Use(
                ("bank_comment_id", "earlier_text", "text", "made_at", "undone_at"),
                "say how a comment changed, and undo it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    bank_comment_id: Mapped[int] = mapped_column(ForeignKey("bank_comment.id"), index=True)
    earlier_text: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[utc]
    undone_at: Mapped[utc | None]


class RevisedUse(Model):
    """A mark whose comment a revision changed."""

    __tablename__ = "revised_use"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(Use(("revision_id",), "undo the change of a comment", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("comment_revision.id"), primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True, index=True)
