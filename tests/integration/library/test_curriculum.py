"""A curriculum taken from a file, by the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from core.database import db, transaction
from library.curriculum.models import KnowledgePoint, Prerequisite, Subject, Unit, UnitPoint, Volume
from library.curriculum.queries import built_on, needed_for
from tests.factories.library import make_point

MATHS = {"code": "math", "name": "数学", "name_en": "Mathematics"}
EDITION = {"code": "pep", "name": "人教版"}
BOOK = {"code": "math.7a", "subject": "math", "edition": "pep", "grade": 7, "half": 1, "name": "七年级上册"}


def a_point(code: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    return {"code": code, "subject": "math", "stage": "lower_secondary", "grade": 7, "name": code} | more


def a_unit(code: str, position: int, *points: str) -> dict[str, Any]:
    return {"code": code, "volume": "math.7a", "position": position, "name": code, "points": list(points)}


def a_curriculum() -> dict[str, Any]:
    return {
        "subjects": [MATHS],
        "editions": [EDITION],
        "volumes": [BOOK],
        "units": [a_unit("u1", 1, "rational"), a_unit("u2", 2, "equation", "transpose")],
        "points": [
            a_point("transpose", requires=["equation"]),
            a_point("rational"),
            a_point("equation", requires=["rational"]),
        ],
    }


@pytest.fixture
def take(app: Flask, tmp_path: Path) -> Any:  # noqa: ANN401 -- a function
    def run(document: object) -> Result:
        file = tmp_path / "curriculum.json"
        file.write_text(
            document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), "utf-8"
        )
        with app.app_context(), force_locale("en"):
            result: Result = app.test_cli_runner().invoke(args=["library", "curriculum", str(file)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_a_curriculum_is_taken_once_however_often_it_is_read(app: Flask, take: Any) -> None:  # noqa: ANN401 -- a function
    first, second = take(a_curriculum()), take(a_curriculum())

    assert first.output == "8 added, 0 changed, 0 unchanged; 5 links added, 0 removed.\n"
    assert second.output == "0 added, 0 changed, 8 unchanged; 0 links added, 0 removed.\n"
    with app.app_context():
        equation = db.session.scalars(
            select(KnowledgePoint.id).where(KnowledgePoint.code == "equation")
        ).one()
        assert [one.code for one in db.session.scalars(needed_for(equation))] == ["rational"]
        assert [one.code for one in db.session.scalars(built_on(equation))] == ["transpose"]


def test_what_a_file_leaves_out_stays(app: Flask, take: Any) -> None:  # noqa: ANN401 -- as above
    take(a_curriculum())

    result = take({"points": [a_point("equation", name="方程", description="含有未知数的等式。")]})

    assert result.output == "0 added, 1 changed, 0 unchanged; 0 links added, 0 removed.\n"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Prerequisite)) == 2
        assert db.session.scalar(select(func.count()).select_from(UnitPoint)) == 3


def test_a_list_that_is_given_is_the_whole_list(take: Any) -> None:  # noqa: ANN401 -- as above
    take(a_curriculum())
    changed = a_curriculum()
    changed["points"][0]["requires"] = ["rational"]
    changed["units"][1]["points"] = ["equation"]

    assert take(changed).output.endswith("1 links added, 2 removed.\n")


def test_two_units_may_change_places(app: Flask, take: Any) -> None:  # noqa: ANN401 -- as above
    take(a_curriculum())

    take({"units": [a_unit("u2", 1, "equation"), a_unit("u1", 2, "rational")]})

    with app.app_context():
        assert list(db.session.scalars(select(Unit.code).order_by(Unit.position))) == ["u2", "u1"]


def test_a_circle_is_refused_with_its_path(app: Flask, take: Any) -> None:  # noqa: ANN401 -- as above
    circular = a_curriculum()
    circular["points"][1]["requires"] = ["transpose"]

    result = take(circular)

    assert result.exit_code == 1
    path = result.output.partition("circle: ")[2].strip().rstrip(".").split(" → ")
    assert path[0] == path[-1]
    assert sorted(path[1:]) == ["equation", "rational", "transpose"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Subject)) == 0


def test_a_circle_through_what_is_there_is_refused(take: Any) -> None:  # noqa: ANN401 -- as above
    take(a_curriculum())

    result = take({"points": [a_point("rational", requires=["transpose"])]})

    assert "circle" in result.output
    assert take(a_curriculum()).output.startswith("0 added, 0 changed")


def test_unknown_codes_are_named(take: Any) -> None:  # noqa: ANN401 -- as above
    result = take({"points": [a_point("equation", requires=["algebra"])]})

    assert result.exit_code == 1
    assert "algebra, math" in result.output


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("{", "not a curriculum"),
        ({"chapters": []}, "chapters"),
        ({"points": [a_point("x", grade=13)]}, "points.0.grade"),
        ({"points": [a_point("x", stage="primary")]}, "grade 7 does not belong to the stage primary"),
        ({"subjects": [MATHS, MATHS]}, "“math” stands twice among the subjects (line 1)"),
        (
            {"subjects": [MATHS], "editions": [EDITION], "volumes": [BOOK, BOOK | {"code": "b"}]},
            "the same book",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(take: Any, document: object, complaint: str) -> None:  # noqa: ANN401 -- as above
    result = take(document)

    assert result.exit_code == 1
    assert complaint in result.output


def test_two_units_at_one_place_are_refused(app: Flask, take: Any) -> None:  # noqa: ANN401 -- as above
    take(a_curriculum())

    assert "same position" in take({"units": [a_unit("u3", 1)]}).output


def test_other_curricula_stay_as_they_are(app: Flask, take: Any) -> None:  # noqa: ANN401 -- as above
    with app.app_context(), transaction():
        other = make_point("分数").code

    take(a_curriculum())

    with app.app_context():
        assert (
            db.session.scalars(select(KnowledgePoint.name).where(KnowledgePoint.code == other)).one()
            == "分数"
        )
        assert db.session.scalar(select(func.count()).select_from(Volume)) == 1


def test_unknown_and_repeated_codes_are_named_by_line(take: Any) -> None:  # noqa: ANN401 -- as above
    twice = a_curriculum()
    twice["points"].append(a_point("rational"))
    assert "(line 5, 9)" in take(_one_entry_a_line(twice)).output
    assert (
        "nothing: line 3" in take(_one_entry_a_line({"points": [a_point("p", requires=["nothing"])]})).output
    )


def _one_entry_a_line(document: dict[str, Any]) -> str:
    entries = [json.dumps(one, ensure_ascii=False) for one in document["points"]]
    rest = json.dumps({key: value for key, value in document.items() if key != "points"}, ensure_ascii=False)
    return '{"points": [\n\n' + ",\n\n".join(entries) + "\n]" + (", " + rest[1:] if rest != "{}" else "}")


def test_a_second_edition_stands_beside_the_first_and_nothing_is_lost(app: Flask, take: Any) -> None:  # noqa: ANN401 -- as above
    take(a_curriculum())
    second = {
        "editions": [{"code": "bsd", "name": "北师大版"}],
        "volumes": [BOOK | {"code": "bsd.7a", "edition": "bsd"}],
        "units": [
            {"code": "b1", "volume": "bsd.7a", "position": 1, "name": "有理数", "points": ["rational"]},
            {"code": "b2", "volume": "bsd.7a", "position": 2, "name": "数轴", "points": ["axis"]},
        ],
        "points": [a_point("axis", requires=["rational"])],
    }

    result = take(second)

    assert result.output == "5 added, 0 changed, 0 unchanged; 3 links added, 0 removed.\n"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UnitPoint)) == 5
        assert db.session.scalar(select(func.count()).select_from(Prerequisite)) == 3
        assert db.session.scalar(select(func.count()).select_from(Volume)) == 2
    assert take(a_curriculum()).output == "0 added, 0 changed, 8 unchanged; 0 links added, 0 removed.\n"
