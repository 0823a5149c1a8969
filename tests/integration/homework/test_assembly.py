"""Have questions drawn for a plan, see what a class was not taught, find work that has another key."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from homework.regrades.queries import work_asking
from learning.classroom.models import TaughtLesson
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemKind, ItemVersion
from library.items.records import ItemRecord
from library.items.services import Placed, revise
from library.items.wholes import whole_items
from library.resources.models import ResourceKind
from tests.browsers import Browser
from tests.factories.accounts import added, make_class, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_item, make_point, make_resource, make_subject
from tests.statements import statements_of

SignInAs = Callable[[Hat], Browser]


@dataclass(frozen=True)
class Scene:
    """A class that was taught one point and not another, and questions about both."""

    class_id: int
    subject_id: int
    teacher: Hat
    taught: int
    later: int
    easy: int
    hard: int
    untaught: list[int]
    later_resource_id: int

    def wish(self, **more: object) -> dict[str, object]:
        return {"subject_id": self.subject_id, "class_ids": self.class_id, "draw_point": self.taught} | more


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        school_class = make_class(grade=5, name="五年级(1)班")
        teacher = make_teacher(school_class)
        taught, later = make_point("小数乘法", grade=5), make_point("小数除法", grade=5)
        easy = make_item(points=[taught], difficulty=0.2, minutes=3.0)
        hard = make_item(ItemKind.NUMERIC, points=[taught], difficulty=0.9, minutes=4.0)
        untaught = [make_item(points=[later], difficulty=0.5) for _number in range(2)]
        resource = make_resource("乘法练习", kind=ResourceKind.PRACTICE, items=[easy, hard], points=[taught])
        division = make_resource("除法练习", kind=ResourceKind.PRACTICE, items=untaught, points=[later])
        added(
            TaughtLesson(
                teacher_id=teacher.person_id,
                class_id=school_class.id,
                resource_id=resource.id,
                day=clock.school_day(clock.now()),
                taught_at=clock.now(),
            )
        )
        made = Scene(
            school_class.id,
            make_subject().id,
            teacher,
            taught.id,
            later.id,
            easy.current_version_id or 0,
            hard.current_version_id or 0,
            [one.current_version_id or 0 for one in untaught],
            division.id,
        )
        db.session.flush()
        db.session.refresh(teacher)
        db.session.expunge_all()
    return made


def drawn(browser: Browser, wish: dict[str, object]) -> str:
    return browser.get("/assignments/draw", query_string=wish).text


def test_questions_are_drawn_and_taken_into_the_plan_like_picked_ones(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    assert "小数乘法" in browser.get("/assignments/draw/form").text
    assert "小数除法" in browser.get("/assignments/draw/points?draw_text=除法").text
    wish = scene.wish(draw_questions=2, draw_hard=1, draw_layer_hard="challenge", seed=4)
    page = drawn(browser, wish)
    assert page == drawn(browser, wish)
    assert "第 4 组" in page
    value = re.search(r'name="add_all" value="([^"]+)"', page)
    assert value is not None
    assert set(value[1].split(",")) == {f"{scene.easy}:required", f"{scene.hard}:challenge"}

    plan = browser.post("/assignments/new", data={"subject_id": scene.subject_id, "add_all": value[1]}).text
    assert f'name="row_version" value="{scene.hard}"' in plan
    assert '<option value="challenge" selected>' in plan


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"draw_questions": 3}, "请至少选一个知识点。"),
        ({"draw_point": 1}, "请填写题数，或最多用多少分钟。"),
        ({"draw_point": 1, "draw_questions": "many", "draw_minutes": "nan"}, "请填写题数"),
    ],
)
def test_a_draw_for_nothing_is_refused_with_a_sentence(
    scene: Scene, sign_in_as: SignInAs, wish: dict[str, object], sentence: str
) -> None:
    assert sentence in drawn(sign_in_as(scene.teacher), wish)


def test_what_a_draw_could_not_meet_and_what_it_left_out_is_said(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    assert "要 10 道较难题，只找到 1 道。" in drawn(browser, scene.wish(draw_hard=10))
    assert f'value="{scene.easy}:required"' in drawn(browser, scene.wish(draw_minutes=3.5))

    later = scene.wish(draw_point=scene.later, draw_questions=5)
    said = drawn(browser, later)
    assert "2 道因还没学而未选。" in said
    assert "没有关于“小数除法”的题。" in said
    assert "add_all" not in said
    ticked = drawn(browser, later | {"draw_untaught": "1"})
    assert f"{scene.untaught[0]}:required" in ticked
    assert "未学" in ticked


def test_a_draw_costs_the_same_queries_from_many_questions(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)

    def queries() -> int:
        with statements_of(app) as sent:
            assert "add_all" in drawn(browser, scene.wish(draw_questions=20))
        return len(sent)

    few = queries()
    with app.app_context(), transaction():
        point = db.session.get_one(KnowledgePoint, scene.taught)
        items = [make_item(points=[point]) for _number in range(60)]
        make_resource("更多练习", kind=ResourceKind.PRACTICE, items=items, points=[point])
    assert queries() == few


def test_what_was_given_before_is_left_out_unless_it_is_ticked(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    give(app, scene, scene.easy)
    wish = scene.wish(draw_questions=2)
    assert "1 道因布置过而未选。" in drawn(browser, wish)
    assert f"{scene.easy}:required" in drawn(browser, wish | {"draw_given": "1"})


def give(app: Flask, scene: Scene, version_id: int) -> int:
    """Give the question to the class; the work's id."""
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        teacher = db.session.get_one(Hat, scene.teacher.id)
        version = db.session.get_one(ItemVersion, version_id)
        return make_assignment(teacher, school_class, versions=[version]).id


def test_a_sets_page_tells_what_a_class_was_not_taught(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    address = f"/library/{scene.later_resource_id}/untaught"
    assert "五年级(1)班" in browser.get(address).text
    told = browser.get(address, query_string={"class_id": scene.class_id}).text
    assert "据已有记录，还没学的有" in told
    assert "小数除法" in told


def test_work_that_was_given_with_another_key_is_led_to_be_marked_anew(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    give(app, scene, scene.easy)
    browser = sign_in_as(scene.teacher)
    with app.app_context():
        item_id = db.session.get_one(ItemVersion, scene.easy).item_id
    told = browser.get(f"/items/{item_id}/work").text
    assert "您布置的 1 份作业用到这道题" in told
    assert "按新答案重新批改" not in told

    with app.app_context():
        with transaction():
            whole = whole_items([item_id])[item_id]
            record = ItemRecord.model_validate(whole.fields() | {"correct": ["C"]})
            item = db.session.get_one(Item, item_id)
            item.created_by_id = scene.teacher.person_id
            points = dict.fromkeys(record.knowledge_points, scene.taught)
            revise(item, Placed(record, 0, item.subject_id), {}, points, now=clock.now())
        [(question, _work, _version)] = db.session.execute(
            work_asking(db.session.get_one(Hat, scene.teacher.id), item_id)
        ).all()
        address = f"/questions/{question.id}/regrade"
    assert f'href="{address}?present=1"' in browser.get(f"/items/{item_id}/work").text
    assert re.search(r'value="C" checked', browser.get(f"{address}?present=1").text)
    assert re.search(r'value="B" checked', browser.get(address).text)

    wish = {"policy": "remark", "key-choices": "C", "reason": "答案应为 C"}
    seen = browser.post(address, data=wish).text.split('name="seen" value="')[1][:64]
    applied = browser.post(f"{address}/apply", data=wish | {"seen": seen, "client_key": str(uuid4())})
    assert applied.status_code == 303
    with app.app_context():
        item = db.session.get_one(Item, item_id, options=[joinedload(Item.current_version)])
        assert item.current_version is not None
        assert item.current_version.number == 2  # as its author left it
