"""A curriculum as a JSON document: what ``weike library curriculum`` reads.

Entries name each other by their codes; what they name stands in the same file or in the database
already. An entry replaces what its code stood for; what the file does not mention stays. The list of
a unit's ``points`` and of a point's ``requires`` is the whole list; without one, it stays.
"""

import json
import re
from collections import Counter
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from library.curriculum.errors import BadDocument, CodeTwice
from library.curriculum.models import Stage

Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^\S+$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
NameEn = Annotated[str, Field(max_length=200)]
Grade = Annotated[int, Field(ge=1, le=12)]
FIRST_GRADES = {Stage.PRIMARY: 1, Stage.LOWER_SECONDARY: 7, Stage.UPPER_SECONDARY: 10}
LAST_GRADES = {Stage.PRIMARY: 6, Stage.LOWER_SECONDARY: 9, Stage.UPPER_SECONDARY: 12}


class Entry(BaseModel):
    """What every entry has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    name: Name
    name_en: NameEn = ""


class SubjectEntry(Entry):
    """A subject; ``position`` orders the list of subjects."""

    position: Annotated[int, Field(ge=0)] = 0


class EditionEntry(Entry):
    """An edition of textbooks."""


class VolumeEntry(Entry):
    """A book; ``half`` is 1 for 上册, 2 for 下册, 0 for a book of the whole year."""

    subject: Code
    edition: Code
    grade: Grade
    half: Annotated[int, Field(ge=0, le=2)]


class UnitEntry(Entry):
    """A unit of a book and the codes of what it teaches."""

    volume: Code
    position: Annotated[int, Field(ge=0)]
    points: list[Code] | None = None


class PointEntry(Entry):
    """A knowledge point and the codes of what it needs first."""

    subject: Code
    stage: Stage
    grade: Grade
    description: Annotated[str, Field(max_length=5000)] = ""
    requires: list[Code] | None = None

    @model_validator(mode="after")
    def _grade_is_of_the_stage(self) -> Self:
        if not FIRST_GRADES[self.stage] <= self.grade <= LAST_GRADES[self.stage]:
            message = f"grade {self.grade} does not belong to the stage {self.stage.value}"
            raise ValueError(message)
        return self


class Curriculum(BaseModel):
    """A whole document; each list may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subjects: list[SubjectEntry] = []
    editions: list[EditionEntry] = []
    volumes: list[VolumeEntry] = []
    units: list[UnitEntry] = []
    points: list[PointEntry] = []


def read_curriculum(text: str | bytes) -> Curriculum:
    """The curriculum that *text*, which is JSON, describes.

    Raises:
        BadDocument: it is no JSON, or a field is wrong; the first wrong one is named.
        CodeTwice: two entries of a kind have the same code.
    """
    try:
        document = Curriculum.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadDocument(reason=f"{place}: {first['msg']}" if place else first["msg"]) from error
    for kind in Curriculum.model_fields:
        codes = Counter(entry.code for entry in getattr(document, kind))
        for code, count in codes.items():
            if count > 1:
                lines = lines_with(text, code, field="code")
                raise CodeTwice(code=code, kind=kind, lines=", ".join(map(str, lines)))
    return document


def lines_with(text: str | bytes, code: str, *, field: str = "") -> list[int]:
    """The numbers of the lines of *text* on which *code* stands, as the value of *field* if one is given."""
    whole = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    quoted = "|".join({re.escape(json.dumps(code, ensure_ascii=plain)) for plain in (True, False)})
    wanted = re.compile(rf'"{field}"\s*:\s*(?:{quoted})' if field else quoted)
    return sorted({whole.count("\n", 0, found.end()) + 1 for found in wanted.finditer(whole)})
