"""What to look at beside the pages' own addresses: every kind of resource, every state of homework."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core import clock
from core.database import db
from homework.assignments.models import Assignment
from homework.marking.services import return_one
from homework.submissions.models import Submission
from learning.classroom.models import TaughtLesson
from library.items.models import ItemKind
from library.resources.models import ResourceKind, ReviewState, Tier
from tests.factories.accounts import added
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_item, make_point, make_resource, make_unit
from tests.factories.recommender import make_answer
from tests.integration.access.people import Actor, Place
from tests.integration.access.world import World

TEXT = """# 移项

把 $2x+1=5$ 的一项移到另一边,**要变号**。

| 步骤 | 式子 |
| --- | --- |
| 移项 | $2x=4$ |

1. 两边同时除以 2。
2. 得 $x=2$,见[例题](https://example.org/)。

> 想一想:为什么要变号?
"""
HOUR = timedelta(hours=1)
ASKING = (ResourceKind.PRACTICE, ResourceKind.WORKSHEET)
ANSWERED = (ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE, ItemKind.TEXT_ENTRY, ItemKind.NUMERIC)


@dataclass(frozen=True, slots=True)
class Sights:
    """Addresses by who looks at them."""

    by_actor: dict[Actor, list[str]]


def make_sights(world: World) -> Sights:
    """Add to the world what its pages have to show, and say where. Inside an open transaction."""
    corner = world.corners[Place.OWN]
    student, teacher = _hat(world, Actor.STUDENT), _hat(world, Actor.TEACHER)
    resources = {kind: _resource(kind) for kind in ResourceKind}
    point = make_point("合并同类项", requires=[make_point("有理数")])
    make_unit([point])
    practice = make_resource(
        "四种题型", kind=ResourceKind.PRACTICE, items=[make_item(one, points=[point]) for one in ANSWERED]
    )
    for number in range(8):
        make_answer(student, make_item(points=[point]), right=bool(number % 3), at=clock.now())
    draft = make_resource(
        "草稿",
        tier=Tier.SCHOOL,
        organisation=student.organisation,
        created_by=teacher.person,
        body=TEXT,
        review_state=ReviewState.DRAFT,
    )
    school_class = db.session.get_one(SchoolClass, corner.class_id)
    returned, waiting, owed = (_assignment(teacher, school_class, f"第 {one} 课作业") for one in (1, 2, 3))
    submissions = [make_submission(one, student, photos=0, now=clock.now()) for one in (returned, waiting)]
    return_one(submissions[0], teacher, now=clock.now())
    judged = db.session.get_one(Submission, corner.read_again_id)
    _teach(teacher, corner.class_id, resources.values())
    everywhere = [
        "/library?q=%E6%96%B9%E7%A8%8B",
        "/library?q=nothing+like+this",
        f"/library/points/{point.id}",
    ]
    shown = [f"/library/{one}" for one in (*resources.values(), practice.id)]
    handed_in = [f"/submissions/{one.id}" for one in submissions]
    given = [f"/assignments/{one.id}" for one in (returned, waiting, owed)]
    counted = ("teachers_deep", "classes", "taught_lessons", "shared_resources")
    figures = [
        "/indicators?last=2026-09-01",
        *(f"/indicators/rows/{one}" for one in counted),
        f"/indicators/rows/students?class_id={corner.class_id}",
    ]
    return Sights(
        {
            Actor.STUDENT: [
                *everywhere,
                *shown,
                *handed_in,
                *given,
                f"/assignments/{owed.id}/work",
                "/assignments?view=done",
                f"/practice/{practice.id}",
                *(f"/practice/{practice.id}?q={number}" for number in (2, 3, 4)),
            ],
            Actor.GUARDIAN: [*handed_in, *given, "/assignments?view=done"],
            Actor.TEACHER: [
                *(f"/library/{resources[kind]}{part}" for kind in ASKING for part in ("", "/key")),
                *handed_in,
                *given,
                *(f"{one}/marking" for one in given),
                "/assignments?view=to_mark",
                f"/assignments/{judged.assignment_id}/marking",
                f"/submissions/{corner.read_again_id}",
                "/assignments?view=done",
                "/lessons?mine=1",
                "/library/ours/new?kind=link",
                f"/library/{draft.id}",
                f"/library/{draft.id}/edit",
            ],
            Actor.SCHOOL: ["/people?q=%E9%99%88", "/people?role=teacher", *figures],
            Actor.CITY: figures,
        }
    )


def _resource(kind: ResourceKind) -> int:
    asks = [make_item(one) for one in ANSWERED] if kind in ASKING else []
    url = "https://example.org/" if kind is ResourceKind.LINK else ""
    return make_resource(f"资源 {kind}", kind=kind, items=asks, body=TEXT, url=url, minutes=5.0).id


def _assignment(teacher: Hat, school_class: SchoolClass, title: str) -> Assignment:
    now = clock.now()
    return make_assignment(
        teacher,
        school_class,
        kinds=ANSWERED,
        title=title,
        opens_at=now - HOUR,
        due_at=now + HOUR,
        cut_off_at=now + 2 * HOUR,
    )


def _teach(teacher: Hat, class_id: int, resource_ids: Iterable[int]) -> None:
    now = clock.now()
    for one in resource_ids:
        added(
            TaughtLesson(
                teacher_id=teacher.person_id,
                class_id=class_id,
                resource_id=one,
                day=clock.school_day(now),
                taught_at=now,
            )
        )


def _hat(world: World, actor: Actor) -> Hat:
    return db.session.scalars(select(Hat).where(Hat.id == world.hat_ids[actor])).one()
