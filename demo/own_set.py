"""The demo teacher's own question set, with one question of every kind, and homework that asks them all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from demo.items.every import every_kind
from demo.population import DEMO_STUDENT, DEMO_TEACHER
from homework.assignments.plan import LibraryQuestion, Plan
from homework.assignments.queries import classes_of
from homework.assignments.schedule import usual_cut_off, usual_due
from homework.assignments.services import assign
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemKind
from library.items.queries import with_current_version
from library.items.records import ItemRecord
from library.items.services import Placed, add
from library.resources.models import ResourceKind
from library.resources.services import Wording, make
from library.sets.services import ask

POINT = "math.linear_function"
TITLE = "各种题型"
DAYS = 4
"""So much longer than usual pupils have: it is more than the work of a day."""


def keep_own_set(seed: int, *, now: datetime) -> None:
    """Make the set and give it to the demo class, once; call it inside ``transaction()``."""
    teacher = db.session.scalars(select(Hat).join(Hat.person).where(Person.username == DEMO_TEACHER)).first()
    known = select(Item.id).where(Item.identifier == _identifier(seed, 1))
    if teacher is not None and db.session.scalar(known) is None:
        _give(seed, teacher, _make(seed, teacher, now), now)


def _identifier(seed: int, number: int) -> str:
    return f"urn:weike-demo:{seed}:own:{number}"


def _make(seed: int, teacher: Hat, now: datetime) -> list[int]:
    """The questions' ids, in order."""
    point = db.session.scalars(select(KnowledgePoint).where(KnowledgePoint.code == POINT)).one()
    wording = Wording(
        title=f"{TITLE}：一次函数",
        description="每种题型一道：可以照着修改，也可以布置给学生试一试。",
        subject_id=point.subject_id,
        grade_from=8,
        grade_to=8,
        licence="CC-BY-4.0",
        point_ids=frozenset({point.id}),
    )
    own = make(ResourceKind.PRACTICE, wording, author=teacher, now=now)
    records = [
        ItemRecord.model_validate(
            record | {"identifier": _identifier(seed, number), "knowledge_points": [POINT]}
        )
        for number, record in enumerate(every_kind().values(), start=1)
    ]
    placed = [Placed(one, position, point.subject_id) for position, one in enumerate(records)]
    made = add(placed, {}, {POINT: point.id}, by_id=teacher.person_id, now=now)
    ask(own, made, now=now)
    return made


def _give(seed: int, teacher: Hat, item_ids: Sequence[int], now: datetime) -> None:
    """Assign the questions to the class of the demo pupil."""
    pupils = select(Enrolment.class_id).join(Person, Person.id == Enrolment.person_id)
    demo_class = classes_of(teacher).where(SchoolClass.id.in_(pupils.where(Person.username == DEMO_STUDENT)))
    items = {one.id: one for one in db.session.scalars(with_current_version(item_ids))}
    due_at = usual_due(now + timedelta(days=DAYS))
    plan = Plan(
        client_key=uuid5(NAMESPACE_URL, _identifier(seed, 0)),
        title=TITLE,
        instructions="每种题型一道，熟悉一下作答的方式。可以先存着，分几天做完。",
        subject_id=next(iter(items.values())).subject_id,
        class_ids=tuple(one.id for one in db.session.scalars(demo_class)),
        questions=tuple(_question(items[one]) for one in item_ids),
        opens_at=now,
        due_at=due_at,
        cut_off_at=usual_cut_off(due_at),
        reason="熟悉各种题型，时间放得很宽。",
    )
    assign(teacher, plan, now=now)


def _question(item: Item) -> LibraryQuestion:
    version = item.current_version
    assert version is not None, "made above"
    is_written = version.kind is not ItemKind.SPOKEN
    return LibraryQuestion(item_version_id=version.id, is_written=is_written)
