"""What is searched: the demo library's records as rows of the platform's tables, without their questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, count, islice
from random import Random
from typing import TypeVar

from sqlalchemy import insert, select

from accounts.people.models import Hat
from benchmarks.search.questions import Document
from core.clock import now
from core.database import db, transaction
from demo.curriculum import points, subjects, volume_name
from demo.library import Record, library_records
from library.curriculum.document import (
    Curriculum,
    EditionEntry,
    PointEntry,
    SubjectEntry,
    UnitEntry,
    VolumeEntry,
)
from library.curriculum.models import KnowledgePoint, Stage, Subject, TextbookEdition, Unit, Volume
from library.curriculum.services import take
from library.resources.models import (
    Resource,
    ResourceBody,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    Tier,
)
from tests.factories.accounts import make_school, make_student

Coded = TypeVar("Coded", Subject, TextbookEdition, Volume, Unit, KnowledgePoint)
SEED = 2026
WHOLE = 100_000
"""Records of one city's library."""
PORTION = 5_000
OWN, FOREIGN, DRAFT = 0.05, 0.10, 0.11
"""Of every hundred records, five belong to the asking pupil's school, five to another one, one is a draft."""
DAYS = 700


@dataclass(frozen=True)
class Asker:
    """Who asks all questions."""

    hat: int
    school: int
    foreign_school: int


def fill(size: int) -> Asker:
    """Write the curriculum, two schools, a pupil, and *size* records."""
    with transaction():
        take(_curriculum())
        hat = make_student()
        asker = Asker(hat.id, hat.organisation_id, make_school(name="别的学校").id)
    made = _records(size)
    while portion := list(islice(made, PORTION)):
        with transaction():
            _write(portion, asker)
    return asker


def documents(asker: Asker) -> list[Document]:
    """What the asker may see, as judgements look at it."""
    codes = {number: code for code, number in _ids(KnowledgePoint).items()}
    about: dict[int, list[str]] = {}
    for resource, point in db.session.execute(select(ResourcePoint.resource_id, ResourcePoint.point_id)):
        about.setdefault(resource, []).append(codes[point])
    rows = db.session.execute(
        select(
            Resource.id, Resource.title, Resource.kind, Subject.code, Resource.grade_from, Resource.grade_to
        )
        .join(Subject, Subject.id == Resource.subject_id)
        .where(
            Resource.review_state == ReviewState.PUBLISHED,
            (Resource.tier == Tier.PUBLIC) | (Resource.organisation_id == asker.school),
        )
        .order_by(Resource.id)
    )
    return [
        Document(number, title, kind.value, subject, (low, high), tuple(about[number]))
        for number, title, kind, subject, low, high in rows
    ]


def asker_hat(asker: Asker) -> Hat:
    """The pupil."""
    return db.session.get_one(Hat, asker.hat)


def _ids(model: type[Coded]) -> dict[str, int]:
    return {code: number for code, number in db.session.execute(select(model.code, model.id)).all()}  # noqa: C416 -- rows are no pairs to a type checker


def _records(size: int) -> Iterator[Record]:
    """The demo city's library, and for larger ones further cities' libraries after it."""
    scale = min(1.0, size / WHOLE)
    return islice(chain.from_iterable(library_records(SEED + city, scale) for city in count()), size)


def _write(records: list[Record], asker: Asker) -> None:
    ids: dict[type, dict[str, int]] = {
        Subject: _ids(Subject),
        TextbookEdition: _ids(TextbookEdition),
        Volume: _ids(Volume),
        Unit: _ids(Unit),
        KnowledgePoint: _ids(KnowledgePoint),
    }
    rng = Random(records[0]["identifier"])  # noqa: S311 -- the same each time
    rows = []
    at = now()
    for record in records:
        draw = rng.random()
        school = asker.school if draw < OWN else asker.foreign_school if draw < FOREIGN else None
        rows.append(
            {
                "identifier": record["identifier"],
                "kind": ResourceKind(record["kind"]),
                "title": record["title"],
                "description": record["description"],
                "keywords": record["keywords"],
                "language": record["language"],
                "subject_id": ids[Subject][record["subject"]],
                "grade_from": record["grades"][0],
                "grade_to": record["grades"][1],
                "edition_id": ids[TextbookEdition][record["edition"]],
                "volume_id": ids[Volume][record["volume"]],
                "unit_id": ids[Unit][record["unit"]],
                "difficulty": record["difficulty"],
                "minutes": record["minutes"],
                "author": record["author"],
                "tier": Tier.SCHOOL if school else Tier.PUBLIC,
                "organisation_id": school,
                "review_state": ReviewState.DRAFT if FOREIGN <= draw < DRAFT else ReviewState.PUBLISHED,
                "created_at": (made_at := at - timedelta(minutes=rng.randrange(DAYS * 1_440))),
                "updated_at": made_at,
                "version": 1,
            }
        )
    made = list(
        db.session.scalars(insert(Resource).returning(Resource.id, sort_by_parameter_order=True), rows)
    )
    bodies = [
        {"resource_id": number, "text": record["body"], "url": ""}
        for number, record in zip(made, records, strict=True)
        if "body" in record
    ]
    if bodies:
        db.session.execute(insert(ResourceBody), bodies)
    links = [
        {"resource_id": number, "point_id": ids[KnowledgePoint][code]}
        for number, record in zip(made, records, strict=True)
        for code in record["knowledge_points"]
    ]
    db.session.execute(insert(ResourcePoint), links)


def _curriculum() -> Curriculum:
    taught = points().values()
    volumes = {one.volume_code: one for one in taught}
    units = {one.unit_code: one for one in taught}
    return Curriculum(
        subjects=[
            SubjectEntry(code=one.code, name=one.name, name_en=one.name_en, position=place)
            for place, one in enumerate(subjects().values())
        ],
        editions=list(
            {
                one.edition: EditionEntry(
                    code=one.edition, name=one.edition_name, name_en=one.edition_name_en
                )
                for one in subjects().values()
            }.values()
        ),
        volumes=[
            VolumeEntry(
                code=code,
                name=volume_name(one.volume)[0],
                name_en=volume_name(one.volume)[1],
                subject=one.subject,
                edition=subjects()[one.subject].edition,
                grade=one.grade,
                half={"a": 1, "b": 2, "1": 1, "2": 2}.get(one.volume[-1], 0),
            )
            for code, one in volumes.items()
        ],
        units=[
            UnitEntry(
                code=code,
                name=one.unit,
                name_en=one.unit_en,
                volume=one.volume_code,
                position=one.unit_number,
                points=[other.code for other in taught if other.unit_code == code],
            )
            for code, one in units.items()
        ],
        points=[
            PointEntry(
                code=one.code,
                name=one.name,
                name_en=one.name_en,
                subject=one.subject,
                stage=Stage(one.stage.code),
                grade=one.grade,
                description=one.statement,
                requires=list(one.requires),
            )
            for one in taught
        ],
    )
