"""What the API takes and says about packages that are played."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from learning.packages.services import Result
from learning.records.verbs import Verb

MOST_VALUES = 300
Score = Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)]
Name = Annotated[str, Field(pattern=r"^cmi\.[a-z0-9_.]{1,120}$")]
Value = Annotated[str, Field(max_length=64_000)]
_VERBS = {"completed": Verb.COMPLETED, "scored": Verb.SCORED}


class PlaceIn(BaseModel):
    """What a place of a SCORM package wants to find again."""

    model_config = ConfigDict(extra="forbid")

    place: str = Field(max_length=200, description="The item's identifier in the package's manifest.")
    values: dict[Name, Value] = Field(max_length=MOST_VALUES, description="SCORM names and their values.")


class ProgressOut(BaseModel):
    """Where I stopped in a package, and what it says of me: its own word, not checked."""

    places: dict[str, dict[str, str]] = Field(description="Of each place the values that it keeps.")
    status: Literal["begun", "completed", "passed", "failed"] | None
    scaled: float | None = Field(description="The last score that was reported, of the possible one.")
    updated_at: datetime | None


class ResultIn(BaseModel):
    """A result that a package reports."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client. The same id and content again change nothing.")
    verb: Literal["completed", "scored"]
    raw: Score | None = None
    min: Score | None = None
    max: Score | None = None
    scaled: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)] | None = None
    success: bool | None = None

    def result(self) -> Result:
        """The result that it tells."""
        return Result(
            uuid=self.id,
            verb=_VERBS[self.verb],
            raw=self.raw,
            lowest=self.min,
            highest=self.max,
            scaled=self.scaled,
            is_success=self.success,
        )


class ResultOut(BaseModel):
    """What became of a reported result."""

    kept: bool = Field(
        description="False after many results in a day: a package that reports more is not listened to."
    )
