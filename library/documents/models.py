"""What was read from the file of a resource."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.privacy import Impersonal


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
