"""What the API says and takes about records."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class StatementsQuery(BaseModel):
    """Which page of the statements."""

    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, max_length=200, description="`next` of the page before.")


class StatementsOut(BaseModel):
    """One page of statements, the newest first."""

    statements: list[dict[str, Any]] = Field(description="After xAPI 1.0.3.")
    next: str | None = Field(description="Where the next page begins; null on the last one.")
