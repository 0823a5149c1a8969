"""Texts that a key refused: a class of 45 with ten blanks, judged in few strokes, and back again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from importlib import import_module
from random import Random

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.marking.models import Mark
from homework.refusals.models import AcceptedText
from homework.refusals.queries import questions_with_blanks, refusals_of
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_version

JSON = {"Accept": "application/json"}
PUPILS = 45
KEY = ["光合作用", "二氧化碳", "氧气", "叶绿体", "水", "有机物", "太阳能", "气孔", "淀粉", "呼吸作用"]
UPGRADE = import_module("migrations.versions.0029_texts_that_count_since_capitals_do")
RIGHT_ALL_THE_SAME = {1: "CO2", 2: "O2", 4: "H2O", 6: "光能"}
"""What the key forgot, by blank."""
WRONG = ["不会", "氮气", "细胞壁", "根", "葡萄"]


@dataclass(frozen=True)
class Scene:
    """One question with ten blanks, answered by a class as classes answer."""

    assignment_id: int
    question: int
    teacher: Hat
    latecomer: Hat


def written(rng: Random) -> list[str]:
    """Three quarters as the key says, with spaces and full stops; a tenth right otherwise; the rest wrong."""
    texts = []
    for blank, right in enumerate(KEY):
        luck = rng.random()
        if luck < 0.75:
            texts.append(rng.choice([right, f" {right} ", f"{right}。"]))
        elif luck < 0.87 and blank in RIGHT_ALL_THE_SAME:
            texts.append(RIGHT_ALL_THE_SAME[blank])
        else:
            texts.append(rng.choice(["", *WRONG]))
    return texts


@pytest.fixture
def scene(app: Flask) -> Scene:
    return class_of_45(app, KEY, written)


def class_of_45(app: Flask, key: Sequence[str], written: Callable[[Random], list[str]]) -> Scene:
    """A class that was asked *key* in ten blanks, each pupil with what *written* makes up for her."""
    now = clock.now()
    rng = Random(45)  # noqa: S311 -- a class that answers the same in every run
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        version = make_version(
            ItemKind.TEXT_ENTRY, interaction={"blanks": 10}, correct={"blanks": [[one] for one in key]}
        )
        work = make_assignment(
            teacher,
            school_class,
            versions=[version],
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        [question] = db.session.scalars(questions_of(work.id))
        question.points = 10.0
        for number in range(PUPILS):
            said = {question.id: {"blanks": written(rng)}}
            make_submission(work, make_student(school_class, f"同学{number}"), said, now=now)
        made = Scene(work.id, question.id, teacher, make_student(school_class, "迟到"))
        for hat in (teacher, made.latecomer):
            db.session.refresh(hat)
            db.session.expunge(hat)
        return made


def judge(browser: Browser, scene: Scene, blank: int, text: str, *, counts: bool) -> int:
    """One stroke: 1 or 0 on the card of a text; how many marks change."""
    form = {"blank": blank, "text": text, "counts": "1" if counts else "0"}
    reply = browser.post(f"/questions/{scene.question}/refused", data=form, headers=JSON)
    assert reply.status_code == HTTPStatus.OK, reply.text
    assert reply.json is not None
    return int(reply.json["changed"])


def sum_of_points(app: Flask) -> float:
    with app.app_context():
        return round(sum(db.session.scalars(select(Mark.points))), 2)


def test_a_class_of_45_with_ten_blanks_is_judged_in_fewer_than_ten_groups_of_strokes(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    """The key judges all 450 blanks; a group of strokes is "go to a card, press 1". The rest stays."""
    teacher = sign_in_as(scene.teacher)
    page = teacher.get(f"/assignments/{scene.assignment_id}/marking/refused")
    assert page.status_code == HTTPStatus.OK
    with app.app_context():
        work = db.session.get_one(Assignment, scene.assignment_id)
        refused = refusals_of(questions_with_blanks(work.id), scene.teacher)
        listed = [(one.blank, one.text, len(one.written)) for one in refused]
    assert [number for _blank, _text, number in listed] == sorted(
        (number for _blank, _text, number in listed), reverse=True
    )
    before = sum_of_points(app)
    strokes = 0
    for blank, text, number in listed:
        if RIGHT_ALL_THE_SAME.get(blank) == text:
            assert judge(teacher, scene, blank, text, counts=True) == number
            strokes += 1
    assert strokes == len(RIGHT_ALL_THE_SAME)
    assert strokes + 1 < 10
    accepted = sum(number for blank, text, number in listed if RIGHT_ALL_THE_SAME.get(blank) == text)
    assert sum_of_points(app) == before + accepted
    assert (
        teacher.get(f"/assignments/{scene.assignment_id}/marking/refused").text.count("is-accepted")
        == strokes
    )


def test_what_counts_by_a_teachers_word_counts_twice_for_nobody_and_is_taken_back(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    before = sum_of_points(app)
    rose = judge(teacher, scene, 1, "CO2", counts=True)
    assert rose > 0
    assert judge(teacher, scene, 1, " ＣＯ2。", counts=True) == 0
    assert sum_of_points(app) == before + rose
    assert judge(teacher, scene, 1, "CO2", counts=False) == rose
    assert sum_of_points(app) == before


def test_who_hands_in_later_gets_what_counts_by_then(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    judge(sign_in_as(scene.teacher), scene, 1, "CO2", counts=True)
    with app.app_context(), transaction():
        work = db.session.get_one(Assignment, scene.assignment_id)
        texts = [*KEY[:1], "co2", *KEY[2:9], "不会"]
        make_submission(work, scene.latecomer, {scene.question: {"blanks": texts}}, now=clock.now())
        assert list(db.session.scalars(select(Mark.points).order_by(Mark.id.desc()).limit(1))) == [9.0]


def test_what_counted_before_capitals_did_counts_after_the_upgrade_as_it_was_written(app: Flask) -> None:
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        key = {"blanks": [["y+2"], ["5 kW"], ["光"]]}
        version = make_version(
            ItemKind.TEXT_ENTRY, interaction={"answers": ["expression", "quantity", "text"]}, correct=key
        )
        work = make_assignment(teacher, school_class, versions=[version])
        [question] = db.session.scalars(questions_of(work.id))
        for texts in (["X + 1", "3 MW", "CO"], ["x+1", "3 mw", "co"], ["Y+1", "4 kW", "CO"]):
            make_submission(work, make_student(school_class), {question.id: {"blanks": texts}})
        for blank, text in enumerate(["x+1", "3mw", "co"]):
            db.session.add(
                AcceptedText(
                    assignment_item_id=question.id,
                    blank=blank,
                    text=text,
                    accepted_by_id=teacher.person_id,
                    accepted_at=clock.now(),
                )
            )
        db.session.flush()
        with Operations.context(MigrationContext.configure(db.session.connection())):
            for _twice in range(2):
                UPGRADE.upgrade()
        found = db.session.execute(select(AcceptedText.blank, AcceptedText.text)).all()
        assert sorted(found) == [(0, "X+1"), (0, "x+1"), (1, "3MW"), (1, "3mw"), (2, "co")]


def test_a_text_that_nobody_wrote_is_refused_in_a_sentence(scene: Scene, sign_in_as: SignInAs) -> None:
    form = {"blank": "0", "text": "没人写过", "counts": "1"}
    reply = sign_in_as(scene.teacher).post(f"/questions/{scene.question}/refused", data=form, headers=JSON)
    assert reply.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reply.json is not None
    assert "请刷新页面" in reply.json["error"]["message"]
