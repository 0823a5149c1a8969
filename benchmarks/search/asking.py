"""The questions as engines get them: the same words, filters and right to see for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from accounts.organisations.queries import ancestors_of
from benchmarks.search.questions import Question
from benchmarks.search.stock import Asker, asker_hat
from core.database import db
from library.curriculum.models import KnowledgePoint, Subject, Unit
from library.resources.models import Resource, ResourceBody, ResourceKind, ResourcePoint
from library.resources.sheets import sheet_of
from library.search.asking import asked
from library.search.engine import NOBODY, PUBLIC, Facet, Query
from library.search.entries import (
    AUTHOR,
    BODY,
    BODY_LETTERS,
    DESCRIPTION,
    KEYWORDS,
    POINT_NAME,
    POINTS,
    TITLE,
    UNIT,
    kind_number,
    language_number,
)
from library.search.places import number_of, places
from library.search.wishes import understand
from library.search.words import cut, name_of

COUNTED = (Facet.SUBJECT, Facet.GRADE, Facet.KIND, Facet.LANGUAGE)
FIELDS = {
    "title": TITLE,
    "keywords": KEYWORDS,
    "points": POINTS,
    "author": AUTHOR,
    "unit": UNIT,
    "description": DESCRIPTION,
    "body": BODY,
    "names": POINT_NAME,
}
"""The fields that words stand in, and their weights: every engine gets them. Last, names as one word."""
PORTION = 1_000
LIMIT = 20


@dataclass(frozen=True, slots=True)
class Text:
    """A record for an engine that is not ours: its words by field, and numbers to filter by."""

    id: int
    words: dict[str, str]
    """Cut words with spaces between them."""
    numbers: dict[str, int]


def queries(questions: list[Question], asker: Asker) -> list[Query]:
    """What an engine is asked for each of *questions*."""
    there, hat = places(), asker_hat(asker)
    audiences = frozenset(db.session.scalars(ancestors_of(hat.organisation)))
    found = []
    for one in questions:
        kind = ResourceKind(one.resource_kind) if one.resource_kind else None
        wish = understand(
            one.text,
            subjects=there.subject_names,
            editions=there.edition_names,
            subject=one.subject,
            grade=one.grade or None,
            kind=kind,
        )
        filters: dict[Facet, frozenset[int]] = {}
        if wish.subject:
            filters[Facet.SUBJECT] = frozenset({number_of(wish.subject, there.subject_codes)})
        if wish.grades:
            filters[Facet.GRADE] = frozenset(wish.grades)
        if wish.kinds:
            filters[Facet.KIND] = frozenset(map(kind_number, wish.kinds))
        found.append(
            Query(
                asked=asked(
                    wish.text, wish.question.phrases, wish.question.unwanted, wish.question.words.split()
                ),
                audiences=audiences,
                person=hat.person_id,
                filters=filters,
                limit=LIMIT,
                counted=COUNTED,
            )
        )
    return found


def texts() -> Iterator[Text]:
    """Every record with its words cut as ours are."""
    after = 0
    while rows := db.session.execute(_portion(after)).all():
        points: dict[int, list[str]] = {}
        about = (
            select(ResourcePoint.resource_id, KnowledgePoint.name, KnowledgePoint.name_en)
            .join(KnowledgePoint, KnowledgePoint.id == ResourcePoint.point_id)
            .where(ResourcePoint.resource_id.in_([row.id for row in rows]))
        )
        for number, name, name_en in db.session.execute(about):
            points.setdefault(number, []).extend((name, name_en))
        for row in rows:
            yield _text(row, points.get(row.id, []))
        after = rows[-1].id


def _portion(after: int) -> Any:  # noqa: ANN401 -- a statement of many columns
    return (
        select(
            *(Resource.id, Resource.title, Resource.description, Resource.keywords, Resource.author),
            *(Resource.subject_id, Resource.grade_from, Resource.grade_to, Resource.kind, Resource.language),
            *(Resource.tier, Resource.organisation_id, Resource.review_state),
            *(ResourceBody.text, Unit.name.label("unit"), Subject.name.label("subject_name")),
        )
        .outerjoin(ResourceBody, ResourceBody.resource_id == Resource.id)
        .outerjoin(Subject, Subject.id == Resource.subject_id)
        .outerjoin(Unit, Unit.id == Resource.unit_id)
        .where(Resource.id > after)
        .order_by(Resource.id)
        .limit(PORTION)
    )


def _text(row: Any, points: list[str]) -> Text:  # noqa: ANN401 -- a row of the statement above
    raw = {
        "title": row.title,
        "keywords": " ".join(row.keywords),
        "points": " ".join(points),
        "author": row.author,
        "unit": f"{row.unit or ''} {row.subject_name or ''}",
        "description": row.description,
        "body": sheet_of(row.kind, row.text or "").text[:BODY_LETTERS],
    }
    audience = row.organisation_id or PUBLIC if row.review_state == "published" else NOBODY
    names = dict.fromkeys(map(name_of, (*points, *row.keywords, row.unit or "")))
    return Text(
        row.id,
        {field: " ".join(cut(text)) for field, text in raw.items()}
        | {"names": " ".join(filter(None, names))},
        {
            "subject": row.subject_id or 0,
            "grade_from": row.grade_from,
            "grade_to": row.grade_to,
            "kind": kind_number(row.kind),
            "language": language_number(row.language),
            "audience": audience,
        },
    )
