"""Question sets that the demo teacher wrote herself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db
from homework.assignments.plan import LibraryQuestion
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemKind, ItemVersion
from library.items.records import ItemRecord
from library.items.services import Placed, add
from library.resources.models import ResourceKind
from library.resources.services import Wording, make
from library.sets.services import ask

POINT = "math.linear_function"
GRADE = 8


def keep_set(
    teacher: Hat,
    names: str,
    title: str,
    description: str,
    records: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> None:
    """Keep a set of *records*, whose questions are called *names* and a number, unless it stands already."""
    if db.session.scalar(select(Item.id).where(Item.identifier == f"{names}1")) is not None:
        return
    point = db.session.scalars(select(KnowledgePoint).where(KnowledgePoint.code == POINT)).one()
    wording = Wording(
        title=title,
        description=description,
        subject_id=point.subject_id,
        grade_from=GRADE,
        grade_to=GRADE,
        licence="CC-BY-4.0",
        point_ids=frozenset({point.id}),
    )
    own = make(ResourceKind.PRACTICE, wording, author=teacher, now=now)
    read = [
        ItemRecord.model_validate(record | {"identifier": f"{names}{number}", "knowledge_points": [POINT]})
        for number, record in enumerate(records, start=1)
    ]
    placed = [Placed(one, position, point.subject_id) for position, one in enumerate(read)]
    ask(own, add(placed, {}, {POINT: point.id}, by_id=teacher.person_id, now=now), now=now)


def questions(identifiers: Sequence[str], *, points: float = 1.0) -> tuple[LibraryQuestion, ...]:
    """The questions of these names, as they are now, to be assigned."""
    named = (
        select(Item.identifier, ItemVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.identifier.in_(identifiers))
    )
    versions = dict(db.session.execute(named).all())
    return tuple(
        LibraryQuestion(
            item_version_id=versions[one].id,
            points=points,
            is_written=versions[one].kind is not ItemKind.SPOKEN,
        )
        for one in identifiers
    )
