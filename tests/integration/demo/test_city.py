"""A tiny demo city, built from end to end: its people can sign in, and there is something to see."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, delete, func, select

from accounts.classes.models import SchoolClass
from accounts.guardians.models import GuardianLink
from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Hat, Person, Role
from accounts.sign_in.passwords import fits
from core import clock
from core.database import Model, db, transaction
from core.jobs.models import Job
from demo import names
from demo.city import build_city, is_built, school_count
from demo.library import library_records
from demo.registry import PASSWORD
from demo.stock import stock_library
from demo.tasks import history as write_school_life
from homework.annotations.models import PageNote
from homework.assignments.models import Assignment
from homework.corrections.models import Correction, CorrectionNote
from homework.markers.models import Share
from homework.marking.models import Mark, SecondReading
from homework.notices.models import WorkNotice
from homework.paper.models import PaperRow
from homework.regrades.models import RegradeChange
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from learning.records.models import DailyActivity, Statement
from library.curriculum.models import Subject
from library.interchange.imports import import_file
from library.items.marking import is_answered, mark
from library.items.models import Item, ItemVersion
from library.items.variants import pose
from library.resources.models import Resource, Tier
from recommender.profiles.models import Mastery
from recommender.recommendations.queries import current_for
from recommender.recommendations.tasks import refresh
from tests.integration.demo.conftest import SEED, TUESDAY, build, unseen


def count(model: type[Model], *where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def people(role: Role) -> int:
    return db.session.scalar(select(func.count(Hat.person_id.distinct())).where(Hat.role == role)) or 0


@pytest.mark.any_engine
def test_a_whole_city_has_as_many_of_everything_as_is_promised(context: Flask) -> None:
    steps: list[tuple[int, int]] = []
    with transaction():
        build_city(seed=SEED, scale=1.0, now=TUESDAY, on_progress=lambda done, of: steps.append((done, of)))
    assert count(Organisation, Organisation.kind == OrganisationKind.DISTRICT) == 3
    assert count(Organisation, Organisation.kind == OrganisationKind.SCHOOL) == 12
    assert count(SchoolClass) == 96
    assert people(Role.TEACHER) == 260
    assert 3_900 <= people(Role.STUDENT) <= 4_100
    assert people(Role.GUARDIAN) > 3_000
    assert steps == [(number, steps[-1][1]) for number in range(1, steps[-1][1] + 1)]


@pytest.mark.any_engine
def test_a_larger_scale_makes_a_larger_city_in_which_no_name_comes_twice(context: Flask) -> None:
    with transaction():
        made = build_city(seed=SEED, scale=1.5, now=TUESDAY)
    assert len(made.schools) == 18
    assert count(SchoolClass) == 144
    assert 5_700 <= len(made.pupils()) <= 6_400
    for column in (Person.username, Organisation.code, Organisation.name, SchoolClass.code):
        values = db.session.scalars(select(column)).all()
        assert len(set(values)) == len(values)
    demo = set(db.session.scalars(select(Person.username).where(Person.username.like("demo-%"))))
    assert demo == {"demo-student", "demo-teacher", "demo-guardian", "demo-district", "demo-city"}


@pytest.mark.parametrize(
    ("scale", "schools"), [(0.01, 12), (1.0, 12), (1.04, 12), (1.1, 13), (2, 24), (20, 240)]
)
def test_the_scale_says_how_many_schools_there_are(scale: float, schools: int) -> None:
    assert school_count(scale) == schools


def test_a_district_of_fifty_schools_has_fifty_names() -> None:
    found = names.schools(50)
    assert len({name for _, name in found}) == 50
    assert [name for _, (name, _) in found[:6]] == [
        "实验小学", "育才小学", "第一中学", "高级中学", "第二实验小学", "第二育才小学",
    ]  # fmt: skip


def test_a_city_has_its_districts_schools_and_classes(city: None) -> None:
    assert is_built()
    kinds = dict(
        db.session.execute(select(Organisation.kind, func.count()).group_by(Organisation.kind)).all()
    )
    assert kinds == {OrganisationKind.CITY: 1, OrganisationKind.DISTRICT: 3, OrganisationKind.SCHOOL: 12}


def test_a_city_is_built_around_a_library_that_is_there_already(context: Flask, tmp_path: Path) -> None:
    poem = {"title": "靜夜思", "author": "李白", "dynasty": "tang", "text": "牀前看月光，疑是地上霜。"}
    file = tmp_path / "poems.jsonl"
    file.write_text(json.dumps(poem), encoding="utf-8")
    import_file(file, mapping="poems", on_progress=unseen)
    build()
    assert count(Resource, Resource.author == "李白") == 1
    assert count(Subject, Subject.code == "chinese") == 1


def test_the_demo_people_sign_in_and_nobody_else_can(city: None) -> None:
    people = {p.username: p for p in db.session.scalars(select(Person))}
    demo = {name: p for name, p in people.items() if name.startswith("demo-")}
    assert set(demo) == {"demo-student", "demo-teacher", "demo-guardian", "demo-district", "demo-city"}
    for person in demo.values():
        assert fits(person.password_hash, PASSWORD)
        assert not person.must_change_password
    assert not any(p.password_hash for name, p in people.items() if name not in demo)


def test_the_demo_people_belong_together(city: None) -> None:
    people = {
        p.username: p.id for p in db.session.scalars(select(Person).where(Person.username.like("demo-%")))
    }
    wards = set(
        db.session.scalars(
            select(GuardianLink.student_id).where(GuardianLink.guardian_id == people["demo-guardian"])
        )
    )
    assert people["demo-student"] in wards
    assert len(wards) == 2


def test_demo_people_wear_one_hat_and_someone_else_wears_two(city: None) -> None:
    hats = select(func.count()).select_from(Hat).join(Person, Person.id == Hat.person_id)
    assert db.session.scalar(hats.where(Person.username.like("demo-%"))) == 5
    teachers = select(Hat.person_id).where(Hat.role == Role.TEACHER)
    assert db.session.scalar(hats.where(Hat.role == Role.GUARDIAN, Hat.person_id.in_(teachers))) == 1


def test_every_school_has_practices_of_its_own(city: None) -> None:
    owners = select(Resource.organisation_id).where(Resource.tier == Tier.SCHOOL).distinct()
    assert len(db.session.scalars(owners).all()) == 12


def test_the_history_is_marked_as_the_product_marks(history: None) -> None:
    attempts = db.session.execute(select(Attempt, ItemVersion).join(ItemVersion)).all()
    assert attempts
    marked_anew = set(db.session.scalars(select(RegradeChange.attempt_id)))
    for attempt, version in attempts:
        if not is_answered(version.kind, attempt.response):
            continue  # its answer stands on paper, and its teacher says what it is worth
        if attempt.id in marked_anew:
            continue  # its key was put right since
        judgement = mark(pose(version, attempt.seed), attempt.response)
        assert (attempt.score, attempt.is_correct) == (judgement.score, judgement.is_correct)


def test_nothing_in_the_history_is_in_the_future(history: None) -> None:
    for column in (Attempt.answered_at, Submission.received_at, Statement.timestamp):
        assert db.session.scalar(select(func.max(column))) < TUESDAY


def test_days_say_what_the_answers_say(history: None) -> None:
    answers = db.session.scalar(select(func.sum(DailyActivity.answers)))
    assert answers == count(Attempt)
    assert db.session.scalar(select(func.sum(DailyActivity.handed_in))) == count(Submission)


def test_the_loop_can_be_walked(history: None) -> None:
    demo = db.session.scalars(select(Person).where(Person.username == "demo-student")).one()
    teacher = db.session.scalars(select(Person).where(Person.username == "demo-teacher")).one()
    own = select(Submission.assignment_id).where(Submission.student_id == demo.id)
    waiting = count(
        Assignment,
        Assignment.teacher_id == teacher.id,
        Assignment.due_at > TUESDAY,
        Assignment.id.not_in(own),
    )
    assert waiting >= 1
    assert count(Submission, Submission.student_id == demo.id, Submission.returned_at.is_not(None)) >= 1
    marked = select(Mark.answer_id)
    assert count(Answer, Answer.id.not_in(marked)) >= 1
    assert count(Mastery, Mastery.person_id == demo.id) >= 1


def test_history_written_twice_is_written_once_and_the_visitors_pupil_has_suggestions_first(
    history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    with transaction():
        db.session.execute(delete(Job))
    written = (
        *(Attempt, Statement, DailyActivity, Assignment, Submission, Mark, PageNote, PaperRow, Item),
        *(Correction, CorrectionNote, RegradeChange, SecondReading, Share, WorkNotice),
    )
    before = [count(one) for one in written]

    write_school_life(SEED)

    assert [count(one) for one in written] == before
    pupil = db.session.scalars(select(Hat).join(Hat.person).where(Person.username == "demo-student")).one()
    asked = select(Job.task, Job.queue, Job.arguments).where(Job.task.startswith("recommender."))
    assert [tuple(row) for row in db.session.execute(asked.order_by(Job.id))] == [
        ("recommender.refresh", "short", {"person_id": pupil.person_id}),
        ("recommender.refresh_lists", "train", {}),
    ]
    refresh(pupil.person_id)
    assert db.session.scalars(current_for(pupil)).first() is not None


def test_the_library_keeps_what_the_first_shelf_holds(city: None) -> None:
    shelved = set(db.session.scalars(select(Resource.identifier)))
    stock_library(SEED, 0.01, now=TUESDAY, on_progress=unseen)
    stocked = set(db.session.scalars(select(Resource.identifier)))
    wanted = {record["identifier"] for record in library_records(SEED, 0.01)}
    assert stocked == shelved | wanted
    stock_library(SEED, 0.01, now=TUESDAY, on_progress=unseen)
    assert count(Resource) == len(stocked)


def test_the_same_seed_builds_the_same_city(kept_city: str, context: Flask) -> None:
    assert build() == kept_city
