"""Questions about one text: shown with it, and assigned together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from library.items.models import Item, ItemKind, ItemVersion, Stimulus, StimulusVersion
from library.resources.models import ResourceKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import MADE_AT, make_item, make_resource, make_subject

SignInAs = Callable[[Hat], Browser]
TEXT = "岱宗夫如何？齐鲁青未了。"


@dataclass(frozen=True)
class Scene:
    """Three questions about a poem, one about nothing, in work and in an exercise."""

    assignment_id: int
    practice_id: int
    version_ids: list[int]
    student: Hat
    teacher: Hat


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        student, teacher = make_student(school_class), make_teacher(school_class)
        stimulus = Stimulus(identifier="poem", subject_id=make_subject().id)
        db.session.add(stimulus)
        db.session.flush()
        wording = StimulusVersion(
            stimulus_id=stimulus.id, number=1, title="望岳", text=TEXT, pictures=[], created_at=MADE_AT
        )
        db.session.add(wording)
        db.session.flush()
        stimulus.current_version_id = wording.id
        items = [
            make_item(ItemKind.CHOICE, stimulus_version_id=wording.id, stimulus_position=place)
            for place in (1, 2, 3)
        ]
        items.append(make_item(ItemKind.NUMERIC))
        versions = [db.session.get_one(ItemVersion, one.current_version_id) for one in items]
        practice = make_resource("望岳", kind=ResourceKind.PRACTICE, items=items)
        assignment = make_assignment(
            teacher,
            school_class,
            versions=versions,
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        db.session.flush()
        ids = [one.id for one in versions]
        made = Scene(assignment.id, practice.id, ids, student, teacher)
        for hat in (student, teacher):
            db.session.refresh(hat)
        db.session.expunge_all()
    return made


def test_the_text_stands_once_before_its_questions(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.student)
    page = browser.get(f"/assignments/{scene.assignment_id}/work").text
    assert page.count(TEXT) == 1
    assert page.index(TEXT) < page.index('data-number="1"')
    for number, times in ((1, 1), (3, 1), (4, 0)):
        assert browser.get(f"/practice/{scene.practice_id}?q={number}").text.count(TEXT) == times
    [work] = browser.get("/api/v1/assignments").get_json()["items"]
    assert [bool(one["question"]["stimulus"]) for one in work["questions"]] == [True, True, True, False]
    assert work["questions"][0]["question"]["stimulus"]["text"] == TEXT


def test_adding_one_question_about_a_text_adds_all(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    first, second, third, alone = scene.version_ids
    form = {
        "client_key": str(uuid4()),
        "row_version": str(alone),
        "row_points": "2",
        "row_prompt": "",
        "row_minutes": "",
    }
    page = browser.post("/assignments/new", data=form | {"add": str(second)}).text
    places = [page.index(f'name="row_version" value="{one}"') for one in (alone, first, second, third)]
    assert places == sorted(places)
    # What stands there already stays where the teacher put it.
    form["row_version"] = str(third)
    page = browser.post("/assignments/new", data=form | {"add": str(first)}).text
    assert page.count(f'name="row_version" value="{third}"') == 1


def test_another_wording_of_the_text_leaves_what_was_assigned(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        stimulus = db.session.scalars(select(Stimulus)).one()
        later = StimulusVersion(
            stimulus_id=stimulus.id, number=2, title="望岳", text="另一首诗", pictures=[], created_at=MADE_AT
        )
        db.session.add(later)
        db.session.flush()
        stimulus.current_version_id = later.id
        item = db.session.scalars(select(Item).order_by(Item.id).limit(1)).one()
        version = db.session.get_one(ItemVersion, item.current_version_id)
        fresh = ItemVersion(
            item_id=item.id,
            number=2,
            kind=version.kind,
            prompt=version.prompt,
            interaction=version.interaction,
            correct=version.correct,
            hints=[],
            misconceptions=[],
            created_at=MADE_AT,
            stimulus_version_id=later.id,
            stimulus_position=1,
        )
        db.session.add(fresh)
        db.session.flush()
        item.current_version_id = fresh.id
    page = sign_in_as(scene.student).get(f"/assignments/{scene.assignment_id}/work").text
    assert TEXT in page
    assert "另一首诗" not in page
