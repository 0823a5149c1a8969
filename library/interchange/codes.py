"""The codes that a record may name, and the ids behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Select, select

from accounts.organisations.models import Organisation
from core.database import db
from library.curriculum.models import KnowledgePoint, Subject, TextbookEdition, Unit, Volume
from library.curriculum.services import merged_into
from library.interchange.errors import UnknownCode
from library.interchange.records import ResourceRecord


@dataclass(frozen=True, slots=True)
class Codes:
    """Ids by code."""

    subjects: Mapping[str, int]
    points: Mapping[str, int]
    organisations: Mapping[str, int]
    editions: Mapping[str, int]
    volumes: Mapping[str, int]
    units: Mapping[str, int]
    edition_of_volume: Mapping[int, int]
    volume_of_unit: Mapping[int, int]

    @classmethod
    def read(cls) -> Self:
        """The codes of the curriculum and the organisations as they stand now."""
        ids = {
            model: {row.code: row.id for row in db.session.execute(select(model.code, model.id))}
            for model in (Subject, KnowledgePoint, Organisation, TextbookEdition, Volume, Unit)
        }
        ends = merged_into()
        return cls(
            subjects=ids[Subject],
            # A record that names a point by the code it had before it was merged means the one that stayed.
            points={code: ends.get(one, one) for code, one in ids[KnowledgePoint].items()},
            organisations=ids[Organisation],
            editions=ids[TextbookEdition],
            volumes=ids[Volume],
            units=ids[Unit],
            edition_of_volume=_numbers(select(Volume.id, Volume.edition_id)),
            volume_of_unit=_numbers(select(Unit.id, Unit.volume_id)),
        )

    def check(self, record: ResourceRecord) -> None:
        """Refuse a record that names what is not there.

        Raises:
            UnknownCode: the field and the code stand in the details.
        """
        _known("subject", record.subject, self.subjects)
        _known("edition", record.edition, self.editions)
        _known("volume", record.volume, self.volumes)
        _known("unit", record.unit, self.units)
        _known("organisation", record.organisation, self.organisations)
        for code in record.knowledge_points:
            _known("knowledge_points", code, self.points)
        for number, item in enumerate(record.items):
            for code in item.knowledge_points:
                _known(f"items.{number}.knowledge_points", code, self.points)
        if record.items and record.subject is None:
            raise UnknownCode(field="subject", code="")

    def place_of(self, record: ResourceRecord) -> dict[str, int | None]:
        """Where in the textbooks a record belongs: the smallest place that it names tells the larger ones."""
        unit = self.units[record.unit] if record.unit else None
        volume = self.volumes[record.volume] if record.volume else None
        edition = self.editions[record.edition] if record.edition else None
        volume = self.volume_of_unit[unit] if unit else volume
        edition = self.edition_of_volume[volume] if volume else edition
        return {"edition_id": edition, "volume_id": volume, "unit_id": unit}


def _numbers(pairs: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(pairs)}


def _known(field: str, code: str | None, ids: Mapping[str, int]) -> None:
    if code is not None and code not in ids:
        raise UnknownCode(field=field, code=code)
