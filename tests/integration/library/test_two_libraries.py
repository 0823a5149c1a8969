"""Two cities, each with a server of its own, harvest each other until both have the same library."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.factory import create_app
from app.settings import Environment, Settings
from core import clock
from core.database import db, transaction
from library.harvests.models import HarvestConflict, HarvestRun
from library.interchange.exports import export, fingerprint
from library.interchange.imports import import_file
from library.oai.services import add_partner
from library.oai.tasks import offer
from library.resources.models import Resource, ReviewState
from tests.factories.accounts import make_administrator, make_city
from tests.factories.library import make_point, make_subject
from tests.webs import served

RECORDS = 300
COMMON = 40
"""Records that both cities had from the beginning, such as a public data set."""


def record(identifier: str, number: int) -> dict[str, Any]:
    """One of several kinds, with everything that differs between them."""
    common = {
        "identifier": identifier,
        "title": f"资源 {identifier} <&> 『{number}』",
        "subject": "mathematics",
        "grades": [1 + number % 9, 1 + number % 9],
        "knowledge_points": ["math.fraction"] if number % 2 else [],
        "keywords": ["分数", "小数"],
        "licence": "CC-BY-4.0",
    }
    match number % 4:
        case 0:
            return common | {"kind": "reading", "body": f"# 第 {number} 课\n\n$\\frac{{1}}{{{number + 1}}}$"}
        case 1:
            return common | {"kind": "link", "url": f"https://example.org/{number}"}
        case 2:
            return common | {"kind": "worksheet", "body": f"算一算 {number}\n\n## 参考答案\n\n{number}"}
        case _:
            item = {
                "identifier": f"{identifier}:1",
                "kind": "choice",
                "prompt": f"{number}+1=",
                "interaction": {
                    "choices": [{"id": "A", "text": str(number + 1)}, {"id": "B", "text": str(number)}]
                },
                "correct": ["A"],
                "hints": ["数一数。"],
                "misconceptions": [{"response": "B", "feedback": "再加一。"}],
                "knowledge_points": ["math.fraction"],
            }
            return common | {"kind": "practice", "items": [item]}


@dataclass
class City:
    """A city's platform on disk."""

    name: str
    folder: Path
    app: Flask
    url: str = ""
    partner_key: str = ""
    """What the other city shows to get everything from this one."""

    def fill(self) -> None:
        """People, a curriculum, and a library with some records of its own."""
        lines = [record(f"urn:common:{number}", number) for number in range(COMMON)]
        lines += [record(f"urn:{self.name}:{number}", number) for number in range(RECORDS - COMMON)]
        file = self.folder / "library.jsonl"
        file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), encoding="utf-8")
        with self.app.app_context():
            db.metadata.create_all(db.engine)
            with transaction():
                make_administrator(make_city())
                make_point(subject=make_subject()).code = "math.fraction"
                self.partner_key = add_partner("邻市", by_id=None, role="administrator", now=clock.now())
            outcome = import_file(file, on_progress=lambda _done, _total: None)
            assert outcome.added == RECORDS, outcome.problems
            offer()

    def harvest(self, other: "City") -> HarvestRun:
        """Harvest the other city with the command that its administrators have."""
        arguments = [f"{other.url}/oai", "--key", other.partner_key, "--private", "--no-index"]
        with self.app.app_context():
            result = self.app.test_cli_runner().invoke(args=["library", "harvest", *arguments])
            assert result.exit_code == 0, result.output
            offer()
            found = db.session.scalars(select(HarvestRun).order_by(HarvestRun.id.desc())).first()
            assert found is not None
            assert found.problem == {}
            db.session.expunge(found)
            return found

    def library(self) -> dict[str, tuple[str, str]]:
        """What each resource says, and whether it is published."""
        with self.app.app_context():
            found = export(db.session.scalars(select(Resource)).all())
            return {
                one.resource.identifier: (fingerprint(one.record), one.resource.review_state.value)
                for one in found
                if one.record is not None
            }

    def change(self, identifier: str, **columns: object) -> None:
        """Change a resource, and let it be offered."""
        with self.app.app_context():
            with transaction():
                resource = db.session.scalars(select(Resource).where(Resource.identifier == identifier)).one()
                for name, value in columns.items():
                    setattr(resource, name, value)
                resource.updated_at = clock.now()
            offer()


@contextmanager
def city(name: str, folder: Path) -> Iterator[City]:
    folder.mkdir()
    settings = Settings(data_dir=folder, environment=Environment.TEST, oai_namespace=f"{name}.example")
    made = City(name, folder, create_app(settings))
    made.fill()
    with served(made.app) as made.url:
        yield made
    with made.app.app_context():
        db.engine.dispose()


@pytest.fixture
def cities(tmp_path: Path) -> Iterator[tuple[City, City]]:
    with city("east", tmp_path / "east") as east, city("west", tmp_path / "west") as west:
        yield east, west


def exchange_until_nothing_changes(east: City, west: City, *, most: int = 4) -> int:
    """Harvest both ways until a round brings nothing to either; the number of rounds."""
    for number in range(1, most + 1):
        runs = (east.harvest(west), west.harvest(east))
        if not any(one.added or one.changed or one.withdrawn for one in runs):
            return number
    raise AssertionError("it goes on for ever")


def test_two_libraries_harvest_each_other_until_they_are_equal(cities: tuple[City, City]) -> None:
    east, west = cities
    assert exchange_until_nothing_changes(east, west) == 2
    assert east.library() == west.library()
    assert len(east.library()) == 2 * RECORDS - COMMON

    # Each changes something of its own, and one withdraws something.
    east.change("urn:east:1", title="东城改了")
    east.change("urn:east:2", review_state=ReviewState.WITHDRAWN)
    west.change("urn:west:3", title="西城改了")
    assert exchange_until_nothing_changes(east, west) == 2
    assert east.library() == west.library()
    assert east.library()["urn:east:2"][1] == "withdrawn"

    east.change("urn:west:5", title="东城改了西城的")
    west.change("urn:west:5", title="西城自己也改了")
    exchange_until_nothing_changes(east, west)
    ours, theirs = east.library().pop("urn:west:5"), west.library().pop("urn:west:5")
    assert ours != theirs, "each keeps its own until somebody decides"
    with east.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(HarvestConflict)) == 1
