"""The codes that a record may name, and the ids behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import select

from accounts.organisations.models import Organisation
from core.database import db
from library.curriculum.models import KnowledgePoint, Subject, Unit
from library.interchange.errors import UnknownCode
from library.interchange.records import ResourceRecord


@dataclass(frozen=True, slots=True)
class Codes:
    """Ids by code."""

    subjects: Mapping[str, int]
    points: Mapping[str, int]
    units: Mapping[str, int]
    organisations: Mapping[str, int]

    @classmethod
    def read(cls) -> Self:
        """The codes of the curriculum and the organisations as they stand now."""
        return cls(
            *(
                {row.code: row.id for row in db.session.execute(select(model.code, model.id))}
                for model in (Subject, KnowledgePoint, Unit, Organisation)
            )
        )

    def check(self, record: ResourceRecord) -> None:
        """Refuse a record that names what is not there.

        Raises:
            UnknownCode: the field and the code stand in the details.
        """
        _known("subject", record.subject, self.subjects)
        _known("unit", record.unit, self.units)
        _known("organisation", record.organisation, self.organisations)
        for code in record.knowledge_points:
            _known("knowledge_points", code, self.points)
        for number, item in enumerate(record.items):
            for code in item.knowledge_points:
                _known(f"items.{number}.knowledge_points", code, self.points)
        if record.items and record.subject is None:
            raise UnknownCode(field="subject", code="")


def _known(field: str, code: str | None, ids: Mapping[str, int]) -> None:
    if code is not None and code not in ids:
        raise UnknownCode(field=field, code=code)
