"""Media assets: what was uploaded, and what was made of it."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal

asset_fk = Annotated[int, mapped_column(ForeignKey("media_asset.id"), index=True)]


class MediaKind(StrEnum):
    """What a file is, as found by reading it, not by its name."""

    VIDEO = "video"
    AUDIO = "audio"
    PICTURE = "picture"
    DOCUMENT = "document"
    PACKAGE = "package"


class MediaState(StrEnum):
    """How far an upload is on its way to being playable."""

    WAITING = "waiting"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class MediaAsset(Model):
    """An uploaded file and the renditions made of it."""

    __tablename__ = "media_asset"
    __privacy__ = Impersonal("is teaching material", authors=("uploaded_by_id",))

    id: Mapped[pk]
    kind: Mapped[MediaKind] = mapped_column(short_strings(MediaKind))
    source_sha256: Mapped[sha256] = mapped_column(index=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int]
    state: Mapped[MediaState] = mapped_column(short_strings(MediaState), default=MediaState.WAITING)
    problem: Mapped[str] = mapped_column(Text, default="")
    """Why it failed: the code of a refusal, which the page puts into words."""
    duration_seconds: Mapped[float | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    renditions: Mapped[dict[str, Any]]
    """What stands in the asset's folder: master playlist, rungs, poster, thumbnails.

    Of a package: how it is played.
    """
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[utc]
