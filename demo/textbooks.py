"""The curriculum on its way into the platform: subjects, editions, volumes, units and points."""

from sqlalchemy import select

from core.database import db
from demo.curriculum import Point, points, subjects, volume_name
from demo.rows import Rows
from library.curriculum.models import (
    KnowledgePoint,
    Prerequisite,
    Stage,
    Subject,
    TextbookEdition,
    Unit,
    UnitPoint,
    Volume,
)

HALVES = {"a": 1, "b": 2, "1": 1, "2": 2}
"""The half of the year that a volume is for, by the last letter of its code."""


def write_curriculum(rows: Rows) -> None:
    """Write what is taught; whoever imported a library before has subjects already, and keeps them."""
    _Shelves(rows).write()


class _Shelves:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.subjects: dict[str, int] = {}
        self.editions: dict[str, int] = {}
        self.volumes: dict[str, int] = {}
        self.units: dict[str, int] = {}
        self.points: dict[str, int] = {}

    def write(self) -> None:
        self._subjects()
        for point in points().values():
            self._point(point)
        for point in points().values():
            for required in point.requires:
                self.rows.add(
                    Prerequisite, point_id=self.points[point.code], requires_id=self.points[required]
                )

    def _subjects(self) -> None:
        there = dict(db.session.execute(select(Subject.code, Subject.id)).all())
        for position, plan in enumerate(subjects().values()):
            self.subjects[plan.code] = there.get(plan.code) or self.rows.add(
                Subject, code=plan.code, name=plan.name, name_en=plan.name_en, position=position
            )
            if plan.edition not in self.editions:
                self.editions[plan.edition] = self.rows.add(
                    TextbookEdition, code=plan.edition, name=plan.edition_name, name_en=plan.edition_name_en
                )

    def _point(self, point: Point) -> None:
        if point.volume_code not in self.volumes:
            self.volumes[point.volume_code] = self._volume(point)
        if point.unit_code not in self.units:
            self.units[point.unit_code] = self.rows.add(
                Unit,
                code=point.unit_code,
                volume_id=self.volumes[point.volume_code],
                position=point.unit_number,
                name=point.unit,
                name_en=point.unit_en,
            )
        self.points[point.code] = self.rows.add(
            KnowledgePoint,
            code=point.code,
            subject_id=self.subjects[point.subject],
            stage=Stage(point.stage.code),
            grade=point.grade,
            name=point.name,
            name_en=point.name_en,
            description=point.statement,
        )
        self.rows.add(UnitPoint, unit_id=self.units[point.unit_code], point_id=self.points[point.code])

    def _volume(self, point: Point) -> int:
        subject = subjects()[point.subject]
        name, name_en = volume_name(point.volume)
        return self.rows.add(
            Volume,
            code=point.volume_code,
            subject_id=self.subjects[point.subject],
            edition_id=self.editions[subject.edition],
            grade=point.grade,
            half=HALVES.get(point.volume[-1], 0),
            name=f"{subject.name}{name}",
            name_en=f"{subject.name_en}, {name_en}",
        )
