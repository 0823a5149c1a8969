"""The shape of coverage figures in the API."""

from dataclasses import asdict
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from spaces.indicators.queries import Report


class FiguresQuery(BaseModel):
    """Which organisation, and up to which day."""

    model_config = ConfigDict(extra="forbid")

    organisation: int | None = Field(None, description="Its id; your own if it is left out.")
    last: date | None = Field(None, description="The last of the 28 days; today if it is left out.")


class UnitOut(BaseModel):
    """One district, school or class with its counts."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    id: int
    name: str
    counts: dict[str, int]


class ReportOut(BaseModel):
    """The figures of an organisation and of the units below it. Counts only, never a person."""

    model_config = ConfigDict(extra="forbid")

    organisation: UnitOut
    first: date
    last: date
    shared_resources: int
    parts: list[UnitOut]

    @classmethod
    def of(cls, report: Report) -> "ReportOut":
        """A report as the API shows it."""
        whole = report.organisation
        return cls(
            organisation=UnitOut(
                kind=whole.kind.value, id=whole.id, name=whole.name, counts=asdict(report.whole)
            ),
            first=report.window.first,
            last=report.window.last,
            shared_resources=report.shared_resources,
            parts=[
                UnitOut(kind=part.kind, id=part.id, name=part.name, counts=asdict(part.counts))
                for part in report.parts
            ],
        )
