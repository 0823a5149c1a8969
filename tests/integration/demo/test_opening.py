"""Each of the 100,000 opens to something real: a sample of every kind and every way of making questions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat, Person
from core.database import db, transaction
from demo.city import build_city
from demo.curriculum import points
from demo.items.bank import MAKERS, generators
from demo.items.question import Generator, Kind
from demo.library import (
    READINGS,
    WORKSHEETS,
    Record,
    library_records,
    paper_practices,
    practice,
    readings,
    worksheets,
)
from demo.shelf import ShelfItem, import_records, one_item
from demo.weeks.answers import right_response
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from library.resources.models import Resource, ResourceItem
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.integration.demo.conftest import SCALE, SEED, TUESDAY
from tests.stores import Store

SAMPLE = "sample"
SAMPLED = 30
"""Readings and worksheets; practices are as many as it takes to meet every maker and kind."""
EVERY = 12
"""Each so manieth generator, and the first of each maker and kind besides."""
SHORTEST_TEXT = 40


def sampled_generators() -> list[Generator]:
    """Generators from everywhere: no maker and no kind of question is left out."""
    chosen = {one.name: one for one in islice(generators(), 0, None, EVERY)}
    strata: dict[tuple[str, Kind], Generator] = {}
    for one in generators():
        strata.setdefault((one.draw.__module__, one.make(0).kind), one)
    found = list((chosen | {one.name: one for one in strata.values()}).values())
    assert {one.draw.__module__ for one in found} == {maker.__name__ for maker in MAKERS}
    return found


def sample() -> Iterator[Record]:
    """Records as the library of 100,000 has them, from its beginning, its middle and its end."""
    for number, maker in enumerate(sampled_generators()):
        yield practice(SEED, points()[maker.point], 10_000 + number, [maker.make(f"sample/{number}")])
    yield from islice(readings(SEED, READINGS), 0, None, READINGS // SAMPLED)
    yield from islice(worksheets(SEED, WORKSHEETS), 0, None, WORKSHEETS // SAMPLED)


@dataclass(frozen=True)
class Opened:
    """A record and what the library made of it."""

    record: Record
    id: int
    question: ShelfItem | None
    """The first question of a practice."""


@pytest.fixture(scope="session")
def kept_sample(pristine: Flask, store: Store) -> list[Opened]:
    """The sample, imported into a city once and remembered."""
    records = list(sample())
    store.empty(pristine)
    with pristine.app_context():
        with transaction():
            build_city(seed=SEED, scale=SCALE, now=TUESDAY)
            import_records("sample", records, now=TUESDAY)
        found = dict(db.session.execute(select(Resource.identifier, Resource.id)).all())
        opened = [_opened(record, found[record["identifier"]]) for record in records]
    store.keep(pristine, SAMPLE)
    return opened


@pytest.fixture
def sampled(kept_sample: list[Opened], app: Flask, store: Store) -> list[Opened]:
    """The sample as it was imported."""
    store.restore(app, SAMPLE)
    return kept_sample


def _opened(record: Record, resource_id: int) -> Opened:
    if record["kind"] != "practice":
        return Opened(record, resource_id, None)
    asked = select(ResourceItem.item_id).where(ResourceItem.resource_id == resource_id)
    return Opened(record, resource_id, one_item(db.session.scalars(asked).one()))


@pytest.fixture
def pupil(app: Flask, sampled: list[Opened], sign_in_as: SignInAs) -> Browser:
    hat = select(Hat).join(Person, Person.id == Hat.person_id).where(Person.username == "demo-student")
    with app.app_context():
        found = db.session.scalars(hat).one()
    return sign_in_as(found)


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_sample_is_made_as_the_library_is() -> None:
    kinds = {record["kind"] for record in library_records(SEED, 0.001)}
    assert kinds == {"practice", "reading", "worksheet"} == {record["kind"] for record in sample()}
    assert any(record["items"][0]["kind"] == "photo" for record in paper_practices(SEED))
    assert 180 <= sum(1 for _ in sample()) <= 260


def test_every_page_of_the_sample_opens_to_a_text_or_to_questions(
    pupil: Browser, sampled: list[Opened]
) -> None:
    for one in sampled:
        answer = pupil.get(f"/library/{one.id}")
        assert answer.status_code == 200, one.record["identifier"]
        page = answer.get_data(as_text=True)
        assert one.record["items"], one.record["identifier"]
        if one.question:
            assert 'class="question-prompt"' in page, one.record["identifier"]
        else:
            assert 'class="prose"' in page, one.record["identifier"]
            assert len(text_of(page)) > SHORTEST_TEXT + len(one.record["title"]), one.record["identifier"]


def test_every_practice_of_the_sample_takes_an_answer_and_calls_the_right_one_right(
    app: Flask, pupil: Browser, sampled: list[Opened]
) -> None:
    questions = {one.id: one.question for one in sampled if one.question}
    for number, question in questions.items():
        asked = pupil.get(f"/practice/{number}", follow_redirects=True)
        assert asked.status_code == 200
        if question.kind is ItemKind.PHOTO:  # worked on paper: a teacher assigns it, and photos are handed in
            continue
        assert 'data-question="' in asked.get_data(as_text=True), number
        ((field, value),) = right_response(question).items()
        form = {"q": "1", "client_key": str(uuid4()), f"answer-{field}": value}
        assert pupil.post(f"/practice/{number}", data=form, follow_redirects=True).status_code == 200
    with app.app_context():
        right = set(db.session.scalars(select(Attempt.item_version_id).where(Attempt.is_correct)))
    assert right == {one.version for one in questions.values() if one.kind is not ItemKind.PHOTO}
    assert {one.kind for one in questions.values()} == {ItemKind(one) for one in Kind}
