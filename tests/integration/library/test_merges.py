"""Two knowledge points that are one: everything follows, and everything can be put back as it was."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from accounts.people.models import Hat
from core import clock
from core.database import Model, db, transaction
from core.events import subscribe, subscriptions
from core.jobs.services import run_waiting
from library.curriculum.models import KnowledgePoint, Prerequisite, UnitPoint
from library.items.models import ItemKind, ItemPoint
from library.merges import services
from library.merges.errors import CircleByMerge, LaterMerge, MergedAlready, SamePoint, UndoneAlready
from library.merges.following import Stays, models, places
from library.merges.models import PointMerge
from library.resources.events import ResourcesChanged
from library.resources.models import ResourcePoint
from library.search.entries import entries
from library.search.letters import plain
from library.search.vocabulary import NAME
from recommender.profiles.models import Mastery
from recommender.profiles.queries import mastery_of
from recommender.profiles.services import rebuild
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_city, make_school, make_student
from tests.factories.homework import RIGHT
from tests.factories.learning import make_attempt
from tests.factories.library import make_item, make_point, make_resource, make_unit

# Logs, what is written about the merge itself, and what is made anew from the rest.
BESIDES = {
    "audit_entry", "job", "login_session", "point_merge", "point_merge_row", "recommendation",
    "resource_fingerprint", "search_entry", "search_state", "search_word",
}  # fmt: skip


@pytest.fixture
def world(app: Flask) -> Iterator[Flask]:
    """Two points that are one, with links of every kind, and pupils who answered about either or both."""
    with app.app_context():
        with transaction():
            before, after = make_point("等式的性质"), make_point("应用题")
            old = make_point("解一元一次方程", requires=[before])
            kept = make_point("一元一次方程的解法", requires=[before, old])
            db.session.add(Prerequisite(point_id=after.id, requires_id=old.id))
            items = [make_item(points=points) for points in ([old], [kept], [old, kept], [old])]
            for points in ([old], [kept], [old, kept]):
                make_resource(points=points)
            make_unit([old])
            make_unit([old, kept], half=2)
            pupils = [make_student() for _ in range(3)]
            for minute, (who, what) in enumerate(
                [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 3), (2, 1)] * 3
            ):
                make_attempt(
                    pupils[who].person,
                    items[what].current_version,
                    RIGHT[ItemKind.CHOICE] if minute % 3 else {"choices": ["A"]},
                    now=clock.now() - timedelta(hours=3) + timedelta(minutes=minute),
                )
            old.code, kept.code = "old", "kept"
        rebuild(clock.now())
        db.session.rollback()
        yield app


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it stands."""
    db.session.rollback()
    return {
        name: sorted((tuple(map(str, row)) for row in db.session.execute(select(table))), key=str)
        for name, table in Model.metadata.tables.items()
        if name not in BESIDES
    }


def merge(merged: str = "old", kept: str = "kept") -> int:
    with transaction():
        made = services.merge(*services.find_pair(merged, kept), by=None, now=clock.now())
        made_id = made.id
    run_waiting()
    return made_id


def undo(merge_id: int) -> None:
    with transaction():
        services.undo(db.session.get_one(PointMerge, merge_id), by=None, now=clock.now())
    run_waiting()


def ids() -> tuple[int, int]:
    old, kept = services.find_pair("old", "kept")
    return old.id, kept.id


def count(model: type[Model], point_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.point_id == point_id)) or 0  # type: ignore[attr-defined]


def test_everything_that_named_the_one_names_the_other(world: Flask) -> None:
    old, kept = ids()
    merge()

    for model in (ItemPoint, ResourcePoint, UnitPoint, Prerequisite):
        assert count(model, old) == 0
    assert (count(ItemPoint, kept), count(ResourcePoint, kept), count(UnitPoint, kept)) == (4, 3, 2)
    assert (
        db.session.scalars(select(Prerequisite.point_id).where(Prerequisite.requires_id == old)).all() == []
    )
    assert count(Prerequisite, kept) == 1, "the link between the two has fallen away"


def test_all_resources_of_the_point_that_stays_are_found_by_its_former_name(world: Flask) -> None:
    merge()
    with transaction():
        again = make_point("一次方程")
        again.code = "again"
    merge("kept", "again")
    about = list(db.session.scalars(select(ResourcePoint.resource_id)))
    assert len(about) == 3
    for entry in entries(about):
        assert plain(f"{NAME}解一元一次方程") in entry.words, "a name that it had two merges ago"
    found = {word for entry in entries(about) for word in entry.words if word.startswith(NAME)}
    assert len(found) == 3
    db.session.rollback()
    with transaction():
        made = db.session.scalars(select(PointMerge.id).order_by(PointMerge.id.desc())).first()
        services.undo(db.session.get_one(PointMerge, made), by=None, now=clock.now())
    assert not any(
        "一次方程" in word for entry in entries(about) for word in entry.words if word == f"{NAME}一次方程"
    )


def test_a_merge_has_all_resources_of_both_points_indexed_anew(world: Flask) -> None:
    told: list[tuple[int, ...]] = []
    subscribe(world, ResourcesChanged, lambda event: told.append(event.ids))
    try:
        merge()
        assert set(told[-1]) == set(db.session.scalars(select(ResourcePoint.resource_id)))
    finally:
        subscriptions(world)[ResourcesChanged].pop()


def test_what_pupils_know_is_told_of_the_point_that_stays_with_all_their_answers(world: Flask) -> None:
    old, kept = ids()
    pupil = db.session.scalars(select(Mastery.person_id).where(Mastery.point_id == old)).first()
    assert pupil is not None
    answers = db.session.scalar(
        select(func.count(func.distinct(ItemPoint.item_id))).where(ItemPoint.point_id.in_((old, kept)))
    )
    merge()

    (subject,) = mastery_of(pupil, clock.now())
    (point,) = [one for one in subject.points if one.point_id in (old, kept)]
    assert (point.point_id, point.answers) == (kept, 3 * (answers or 0))


def test_undone_every_row_of_every_table_is_what_it_was(world: Flask) -> None:
    before = rows()
    merge_id = merge()
    assert rows() != before
    undo(merge_id)
    after = rows()

    for table in before:
        assert after[table] == before[table], table


def test_merged_after_the_night_and_undone_links_are_what_they_were(world: Flask) -> None:
    before = rows()
    merge_id = merge()
    rebuild(clock.now())
    undo(merge_id)
    rebuild(clock.now())
    after = rows()

    for table in before.keys() - {"mastery", "point_statistics", "item_difficulty", "learner_ability"}:
        assert after[table] == before[table], table
    numbers = {(row[0], row[1], row[3], row[4]) for row in before["mastery"]}
    assert {(row[0], row[1], row[3], row[4]) for row in after["mastery"]} == numbers


def test_what_a_teacher_changed_since_stays_as_she_changed_it(world: Flask) -> None:
    old, kept = ids()
    merge_id = merge()
    with transaction():
        only_old = db.session.scalars(
            select(ResourcePoint).where(ResourcePoint.point_id == kept).order_by(ResourcePoint.resource_id)
        ).first()
        db.session.delete(only_old)
    undo(merge_id)

    assert (count(ResourcePoint, old), count(ResourcePoint, kept)) == (1, 2)


def test_a_merge_that_would_close_a_circle_is_refused_with_the_circle_named(world: Flask) -> None:
    with transaction():
        between = make_point("移项", requires=[services.find_pair("old", "old")[0]])
        db.session.add(Prerequisite(point_id=ids()[1], requires_id=between.id))

    with pytest.raises(CircleByMerge) as refused:
        merge()

    assert "移项" in str(refused.value)
    assert count(ItemPoint, ids()[0]) == 3


def test_merges_are_undone_in_the_reverse_order(world: Flask) -> None:
    with transaction():
        make_point("解方程").code = "third"
    first = merge()
    second = merge("kept", "third")

    with pytest.raises(LaterMerge):
        undo(first)
    with pytest.raises(MergedAlready):
        merge("old", "third")
    undo(second)
    undo(first)
    with pytest.raises(UndoneAlready):
        undo(first)
    with pytest.raises(SamePoint):
        merge("old", "old")


def test_every_table_that_names_points_can_follow() -> None:
    assert {"item_point", "prerequisite", "resource_point", "unit_point"} <= {
        place.table.name for place in places()
    }
    for model in models():
        if isinstance(getattr(model, "__when_points_merge__", None), Stays):
            continue
        key = {column.key for column in model.__table__.primary_key.columns}
        names_people = {"person_id", "student_id", "learner_id"} & key
        assert not names_people, f"{model.__name__}: say in __when_points_merge__ how its rows follow"


# In the browser, and by command


@pytest.fixture
def keeper(world: Flask, sign_in_as: SignInAs) -> Browser:
    with world.app_context():
        with transaction():
            hat = make_administrator(make_city())
        db.session.refresh(hat)
        return sign_in_as(hat)


def test_the_city_sees_likely_duplicates_compares_merges_and_undoes(world: Flask, keeper: Browser) -> None:
    page = keeper.get("/library/curriculum/duplicates?subject=mathematics&q=方程").get_data(as_text=True)
    assert "old" in page
    preview = keeper.get("/library/curriculum/merge?merged=old&kept=kept").get_data(as_text=True)
    assert "等式的性质" in preview
    sent = keeper.post("/library/curriculum/merge", data={"merged": "old", "kept": "kept"})
    assert sent.status_code == 303
    old, kept = ids()
    assert keeper.get(f"/library/points/{old}").location.endswith(f"/library/points/{kept}")
    merge_id = db.session.scalars(select(PointMerge.id)).one()
    assert keeper.post(f"/library/curriculum/merges/{merge_id}/undo").status_code == 303
    db.session.rollback()
    assert db.session.get_one(KnowledgePoint, old).merged_into_id is None
    assert keeper.get("/library/curriculum/merge?merged=nothing&kept=kept").status_code == 422


@pytest.mark.parametrize(
    "address", ["/library/curriculum/duplicates", "/library/curriculum/merge?merged=a&kept=b"]
)
def test_a_school_does_not_keep_the_city_s_curriculum(app: Flask, sign_in_as: SignInAs, address: str) -> None:
    with app.app_context():
        with transaction():
            hat: Hat = make_administrator(make_school())
        db.session.refresh(hat)
    assert sign_in_as(hat).get(address).status_code == 403


def run(app: Flask, *arguments: str) -> Result:
    with force_locale("en"):
        result: Result = app.test_cli_runner().invoke(args=["library", *arguments])
    return result


def test_the_command_says_what_moves_merges_and_undoes(world: Flask) -> None:
    dry = run(world, "merge-points", "old", "kept", "--dry-run")
    assert "item_point: 2 moved, 1 there already, 0 stay." in dry.output
    assert "Nothing was changed." in dry.output
    assert "old is kept now." in run(world, "merge-points", "old", "kept").output
    assert "two again" in run(world, "merge-points", "old", "kept", "--undo").output
    again = run(world, "merge-points", "old", "kept", "--undo")
    assert (again.exit_code, "has not been merged" in again.output) == (1, True)
    assert "No knowledge point has the code" in run(world, "merge-points", "nothing", "kept").output


def test_a_file_with_the_old_code_means_the_point_that_stays(world: Flask, tmp_path: Path) -> None:
    merge()
    old, kept = ids()
    needed = set(db.session.scalars(select(Prerequisite.requires_id).where(Prerequisite.point_id == kept)))
    unit = {"code": "new", "volume": "v", "position": 9, "name": "新", "points": ["old", "kept"]}
    document = {
        "editions": [{"code": "bsd", "name": "北师大版"}],
        "volumes": [
            {"code": "v", "subject": "mathematics", "edition": "bsd", "grade": 7, "half": 1, "name": "七上"}
        ],
        "units": [unit],
        "points": [
            {
                "code": "old",
                "subject": "mathematics",
                "stage": "lower_secondary",
                "grade": 7,
                "name": "解一元一次方程",
                "requires": ["kept"],
            }
        ],
    }
    file = tmp_path / "second.json"
    file.write_text(json.dumps(document), "utf-8")
    result = run(world, "curriculum", str(file))

    assert result.exit_code == 0, result.output
    db.session.rollback()
    assert count(UnitPoint, old) == 0
    now_needed = set(
        db.session.scalars(select(Prerequisite.requires_id).where(Prerequisite.point_id == kept))
    )
    assert now_needed == needed, "an old code's list only adds"
