"""What answering took."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, utc
from core.privacy import Impersonal


class ItemTime(Model):
    """The median time of those who answered a question, counted at night."""

    __tablename__ = "item_time"
    __privacy__ = Impersonal("is a median of many answers")

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    median_seconds: Mapped[float]
    answers: Mapped[int]
    counted_at: Mapped[utc]
