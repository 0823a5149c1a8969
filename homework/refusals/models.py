"""Texts that a teacher lets count for one question of an assignment."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, utc
from core.privacy import Impersonal


class AcceptedText(Model):
    """That a text counts in a blank though the key does not have it; the key itself stays."""

    __tablename__ = "accepted_text"
    __table_args__ = (Index(None, "assignment_item_id", "blank"),)
    __privacy__ = Impersonal("is teaching material", authors=("accepted_by_id",))

    id: Mapped[pk]
    assignment_item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"))
    blank: Mapped[int]
    """From 0 on."""
    text: Mapped[str] = mapped_column(Text)
    """Without what makes no difference."""
    accepted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[utc]
