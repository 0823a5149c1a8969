"""A library goes out as a file, and comes in again as it was."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from core.database import db, transaction
from library.curriculum.models import Volume
from library.interchange.exports import export, fingerprint
from library.interchange.imports import import_file
from library.interchange.outgoing import LeftOut, Outcome, export_file
from library.items.models import Item, ItemKind, ItemPoint, ItemVersion, Stimulus, StimulusVersion
from library.resources.models import (
    EndUser,
    Resource,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    Tier,
)
from tests.factories.accounts import make_city, make_district, make_school
from tests.factories.library import (
    EXAMPLES,
    MADE_AT,
    make_item,
    make_point,
    make_resource,
    make_subject,
    make_unit,
)

FREE = "CC-BY-4.0"


def written(path: Path, **options: Any) -> Outcome:  # noqa: ANN401 -- the options of export_file
    return export_file(path, on_progress=lambda _done, _total: None, **options)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fingerprints() -> dict[str, str]:
    made = list(export(db.session.scalars(select(Resource)).all()))
    assert [str(one.problem) for one in made if one.problem is not None] == []
    return {one.resource.identifier: fingerprint(one.record) for one in made if one.record}


def fill() -> None:
    """One resource of each kind and tier, with everything that a record can say."""
    points = [make_point("分数"), make_point("小数")]
    unit = make_unit(points)
    edition_id = db.session.get_one(Volume, unit.volume_id).edition_id
    city = make_city()
    owners = {Tier.PUBLIC: None, Tier.LOCAL: city, Tier.SCHOOL: make_school(make_district(city))}
    misconceptions: dict[ItemKind, dict[str, Any]] = {
        ItemKind.CHOICE: {"choices": ["A"]},
        ItemKind.MULTIPLE_CHOICE: {"choices": ["B"]},
        ItemKind.TEXT_ENTRY: {"blanks": ["低头思故乡"]},
        ItemKind.NUMERIC: {"value": "35"},
    }
    for number, kind in enumerate(ResourceKind):
        tier = list(owners)[number % 3]
        make_resource(
            f"资源 {kind.value} <&>",
            kind=kind,
            licence=FREE,
            tier=tier,
            organisation=owners[tier],
            points=points,
            items=[
                make_item(
                    one,
                    points=points[:1],
                    source="2025 中考",
                    licence="CC-BY-4.0",
                    misconceptions=[{"response": misconceptions[one], "feedback": "再想想。"}]
                    if one in misconceptions
                    else [],
                )
                for one in EXAMPLES
            ]
            + [_variant(), _about_a_text(kind.value)]
            if kind in {ResourceKind.PRACTICE, ResourceKind.WORKSHEET}
            else [],
            body="# 一\n\n$\\frac12$",
            url="https://example.org/" if kind is ResourceKind.LINK else "",
            unit_id=unit.id,
            volume_id=unit.volume_id,
            edition_id=edition_id,
            end_user=EndUser.TEACHER,
            accessibility=["captions"],
            keywords=["分数", "小数"],
            difficulty=0.25,
            minutes=7.5,
            pages=3,
            author="王老师",
            source="第一中学",
            description="一句话。",
            language="zh-CN",
        )


def _variant() -> Item:
    return make_item(
        ItemKind.NUMERIC,
        prompt="[[=a]] + 1 = ？",
        interaction={},
        correct={"value": "[[=a+1]]", "tolerance": 0.0},
        parameters={"values": [{"name": "a", "least": "1", "most": "9"}], "conditions": ["a != 5"]},
    )


def _about_a_text(name: str) -> Item:
    stimulus = Stimulus(identifier=f"text-{name}", subject_id=make_subject().id)
    db.session.add(stimulus)
    db.session.flush()
    wording = StimulusVersion(
        stimulus_id=stimulus.id, number=1, title="望岳", text="岱宗夫如何？", pictures=[], created_at=MADE_AT
    )
    db.session.add(wording)
    db.session.flush()
    stimulus.current_version_id = wording.id
    return make_item(stimulus_version_id=wording.id, stimulus_position=1)


def empty_library() -> None:
    for model in (ResourceItem, ResourcePoint, ResourceBody, Resource, ItemPoint):
        db.session.execute(delete(model))
    db.session.execute(Item.__table__.update().values(current_version_id=None))  # type: ignore[attr-defined]
    for model in (ItemVersion, Item):
        db.session.execute(delete(model))


@pytest.mark.parametrize("name", ["library.jsonl", "library.jsonl.gz"])
def test_what_goes_out_comes_in_again_as_it_was(context: Flask, tmp_path: Path, name: str) -> None:
    with transaction():
        fill()
    before = fingerprints()
    assert set(ResourceKind) == set(db.session.scalars(select(Resource.kind)))

    outcome = written(tmp_path / name)
    with transaction():
        empty_library()
    taken = import_file(tmp_path / name, on_progress=lambda _done, _total: None)

    assert (outcome.exported, outcome.left_out.total()) == (len(ResourceKind), 0)
    assert (taken.added, taken.problems) == (len(ResourceKind), [])
    assert fingerprints() == before


def test_what_came_in_goes_out_as_the_same_file(context: Flask, tmp_path: Path) -> None:
    with transaction():
        fill()
    written(tmp_path / "a.jsonl")
    with transaction():
        empty_library()
    import_file(tmp_path / "a.jsonl", on_progress=lambda _done, _total: None)
    written(tmp_path / "b.jsonl")

    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"review_state": ReviewState.DRAFT}, LeftOut.NOT_PUBLISHED),
        ({"review_state": ReviewState.WITHDRAWN}, LeftOut.NOT_PUBLISHED),
        ({"tier": Tier.PERSONAL}, LeftOut.PERSONAL),
        ({"licence": ""}, LeftOut.LICENCE_UNKNOWN),
        ({"licence": "see the back of the book"}, LeftOut.LICENCE_UNKNOWN),
        ({"licence": "all-rights-reserved"}, LeftOut.LICENCE_FORBIDS),
        ({"kind": ResourceKind.PRACTICE}, LeftOut.NOT_EXPRESSIBLE),
    ],
)
def test_what_may_not_leave_stays_and_is_told_with_its_reason(
    context: Flask, tmp_path: Path, columns: dict[str, Any], reason: LeftOut
) -> None:
    with transaction():
        make_resource("带得走", licence=FREE)
        make_resource("带不走", **({"licence": FREE} | columns))

    outcome = written(tmp_path / "a.jsonl", left_out=tmp_path / "left.jsonl")

    assert [line["title"] for line in lines(tmp_path / "a.jsonl")] == ["带得走"]
    assert outcome.left_out == {reason: 1}
    [left] = lines(tmp_path / "left.jsonl")
    assert (left["title"], left["reason"]) == ("带不走", reason.value)


def test_one_tier_can_be_asked_for(context: Flask, tmp_path: Path) -> None:
    with transaction():
        fill()

    outcome = written(tmp_path / "a.jsonl", tiers=[Tier.LOCAL])

    assert {line["tier"] for line in lines(tmp_path / "a.jsonl")} == {"local"}
    assert outcome.left_out == {LeftOut.OTHER_TIER: len(ResourceKind) - outcome.exported}


def test_a_question_whose_typical_error_has_two_parts_goes_out_with_both(
    context: Flask, tmp_path: Path
) -> None:
    with transaction():
        two = make_item(
            ItemKind.MULTIPLE_CHOICE,
            misconceptions=[{"response": {"choices": ["A", "B"]}, "feedback": "再想想。"}],
        )
        make_resource(kind=ResourceKind.PRACTICE, items=[two], licence=FREE)

    outcome = written(tmp_path / "a.jsonl")

    assert (outcome.exported, outcome.left_out) == (1, {})
    [line] = lines(tmp_path / "a.jsonl")
    assert line["items"][0]["misconceptions"] == [
        {"response": {"choices": ["A", "B"]}, "feedback": "再想想。"}
    ]


def test_the_command_tells_what_went_out_and_what_stayed(context: Flask, tmp_path: Path) -> None:
    with transaction():
        make_resource(licence=FREE)
        make_resource(licence="")
    path = tmp_path / "a.jsonl.gz"

    result = context.test_cli_runner().invoke(args=["library", "export", str(path)])

    assert result.exit_code == 0, result.output
    assert "1 exported, 1 left out" in result.output
    assert "its licence is not known" in result.output
    assert len(gzip.decompress(path.read_bytes()).splitlines()) == 1


def test_a_file_that_cannot_be_written_is_told(context: Flask, tmp_path: Path) -> None:
    result = context.test_cli_runner().invoke(
        args=["library", "export", str(tmp_path / "nowhere" / "a.jsonl")]
    )
    assert result.exit_code == 1
    assert "a.jsonl" in result.output
