"""What leaves in a cartridge comes in again as it was."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from core.files import files
from library.items.models import Item, ItemKind
from library.packages import services
from library.packages.errors import NothingLeaves, NothingNamed
from library.packages.exports import export
from library.packages.models import ImportState, PackageImport
from library.packages.outgoing import EXPRESSIBLE
from library.resources.models import Resource, ResourceBody, ResourceKind, ReviewState
from library.resources.prose import prose
from library.resources.queries import items_of_resource
from tests.factories.accounts import make_teacher
from tests.factories.library import make_item, make_resource, make_subject

NOW = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
TEXT = """## 通分

把 $\\frac12$ 和 $\\frac13$ 变成**同分母**的分数,$a<b$,2 * 3 * 4,[注] #1 & <b>。

$$\\frac12=\\frac36$$

1. 找公分母
2. 改写

| 分数 | 通分 |
| --- | --- |
| 1/2 | 3/6 |

> 想一想

[更多](https://example.org/a?b=1&c=2)
"""
FREE: dict[str, Any] = {"licence": "CC BY 4.0", "author": "王老师"}


def make_library() -> list[str]:
    """A reading, a link and a practice with a question of each kind; their identifiers."""
    items: list[Item] = [make_item(kind) for kind in ItemKind]
    kinds, key = {"blanks": 2, "answers": ["exact", "text"]}, {"blanks": [["Mg"], ["白"]]}
    items.append(make_item(ItemKind.TEXT_ENTRY, prompt="镁的符号和颜色？", interaction=kinds, correct=key))
    items.append(make_item(prompt="若 $a<b$,则 a & b:\n选一个", explanation="x < y,所以。"))
    made = [
        make_resource("通分 <第 1 课> & 练习", body=TEXT, description="怎样通分", **FREE),
        make_resource("动画", kind=ResourceKind.LINK, url="https://example.org/?a=1&b=2", **FREE),
        make_resource("练一练", kind=ResourceKind.PRACTICE, items=items, **FREE),
    ]
    return [one.identifier for one in made]


def exported(identifiers: list[str]) -> bytes:
    out = io.BytesIO()
    export(identifiers, "分数单元", out)
    return out.getvalue()


def taken_in(content: bytes, teacher: Hat) -> PackageImport:
    stored = files().put(io.BytesIO(content))
    with transaction():
        place = services.Place(make_subject().id, 5, 6)
        run, _is_new = services.begin(stored, "out.imscc", place, actor=teacher, now=NOW)
        import_id = run.id
    services.take(import_id, lambda _done, _total: None, now=NOW)
    return db.session.get_one(PackageImport, import_id)


def wording(resource: Resource) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "prompt": one.prompt,
            "choices": [choice["text"] for choice in one.interaction.get("choices", [])],
            "answers": one.interaction.get("answers", []),
            "right": one.correct if one.kind is not ItemKind.NUMERIC else None,
            "number": (round(one.correct["value"], 9), round(one.correct["tolerance"], 9))
            if one.kind is ItemKind.NUMERIC
            else None,
            "explanation": one.explanation,
        }
        for one in db.session.scalars(items_of_resource(resource.id))
    ]


def test_titles_texts_and_questions_come_in_as_they_went_out(context: Flask) -> None:
    with transaction():
        teacher = make_teacher()
        identifiers = make_library()

    run = taken_in(exported(identifiers), teacher)

    assert run.state is ImportState.DONE
    assert run.title == "分数单元"
    before = [
        db.session.scalars(select(Resource).where(Resource.identifier == one)).one() for one in identifiers
    ]
    after = list(
        db.session.scalars(
            select(Resource).where(Resource.identifier.startswith("package-")).order_by(Resource.id)
        )
    )
    assert [one.title for one in after] == [one.title for one in before]
    assert [one.kind for one in after] == [one.kind for one in before]
    assert {(one.licence, one.author) for one in after} == {("CC-BY-4.0", "王老师")}
    assert after[0].description == "怎样通分"
    bodies = [db.session.get_one(ResourceBody, one.id) for one in (before[0], after[0])]
    assert prose(bodies[1].text) == prose(bodies[0].text)
    assert db.session.get_one(ResourceBody, after[1].id).url == "https://example.org/?a=1&b=2"
    # Kinds for which the profile of a cartridge has no word stay here.
    assert wording(after[2]) == [one for one in wording(before[2]) if one["kind"] in EXPRESSIBLE]


def test_the_same_resources_are_the_same_file(context: Flask) -> None:
    with transaction():
        identifiers = make_library()
    content = exported(identifiers)
    assert content == exported(identifiers)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<schemaversion>1.3.0</schemaversion>" in archive.read("imsmanifest.xml")


def test_what_may_not_leave_stays(context: Flask) -> None:
    with transaction():
        free = make_resource("通分", body="字", **FREE).identifier
        bound = make_resource("教材", body="字", licence="版权所有").identifier
        draft = make_resource("草稿", body="字", review_state=ReviewState.DRAFT, **FREE).identifier
        lesson = make_resource("微课", kind=ResourceKind.MICRO_LESSON, **FREE).identifier
    out = io.BytesIO()
    result = export([free, bound, draft, lesson], "x", out)
    assert result.written == 1
    assert [identifier for identifier, _ in result.kept_here] == [bound, draft, lesson]
    with pytest.raises(NothingLeaves):
        exported([bound])
    with pytest.raises(NothingNamed):
        exported([free, "nothing"])


def test_the_command_leaves_no_half_file(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), transaction():
        identifier = make_resource("通分", body="字", **FREE).identifier
        bound = make_resource("教材", body="字").identifier
    file = tmp_path / "out.imscc"
    command = ["library", "export-cartridge", str(file)]
    assert app.test_cli_runner().invoke(args=[*command, bound]).exit_code == 1
    assert not list(tmp_path.iterdir())
    result = app.test_cli_runner().invoke(args=[*command, identifier, bound])
    assert result.exit_code == 0, result.output
    assert [one.name for one in tmp_path.iterdir()] == ["out.imscc"]
