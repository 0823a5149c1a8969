"""A file sent ahead, as programs send it and read of it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class FileIn(BaseModel):
    """One photograph or recording: the part ``file``, and the question that it answers."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={"properties": {"file": {"type": "string", "format": "binary"}}},
    )

    question: int = Field(description="Its id; its kind says whether a photo or sound is taken.")


class SentOut(BaseModel):
    """That the file is stored; the work names it by its hash."""

    sha256: str = Field(description="SHA-256 of the file as it was sent.")
    sent_at: datetime
    thumbnail: str | None = Field(description="The address of a small picture; none for a recording.")

    @classmethod
    def of(cls, sent: Any, thumbnail: str | None) -> "SentOut":  # noqa: ANN401 -- schemas stand beside models
        """As it stands."""
        return cls(sha256=sent.upload_sha256, sent_at=sent.sent_at, thumbnail=thumbnail)
