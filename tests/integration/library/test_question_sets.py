"""A teacher's question sets: begun, written, arranged, copied into, read again as they were."""

import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from library.items.models import Item, ItemKind, ItemVersion, Stimulus
from library.resources.models import Resource, ResourceItem, ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.library import EXAMPLES, make_item, make_point, make_resource, make_subject
from tests.factories.media import picture_bytes

SignInAs = Callable[[Hat], Browser]
PASSAGE = "李明每天早上六点半起床，然后走路去学校。"


class School:
    """Two teachers of a school with a set of the first, a pupil, and a teacher of another school."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        with app.app_context():
            with transaction():
                school_class = make_class()
                hats = [
                    make_teacher(school_class),
                    make_teacher(school_class),
                    make_student(school_class),
                    make_teacher(),
                ]
                self.subject_id, self.point_id = make_subject().id, make_point().id
            for hat in hats:
                db.session.refresh(hat)
        self.teacher, self.colleague, self.pupil, self.stranger = (sign_in_as(hat) for hat in hats)
        begun = self.teacher.post(
            "/library/sets",
            data={"title": "一元一次方程小练", "kind": "practice", "subject_id": self.subject_id, "grade": 7},
        )
        assert begun.status_code == 302
        self.address = begun.location
        self.set_id = int(begun.location.rsplit("/", 1)[1])

    def write(self, fields: dict[str, object]) -> int:
        """The item's id."""
        answer = self.teacher.post(f"{self.address}/questions", data=fields)
        assert answer.status_code == 302, sentences(answer.text)
        return self.items()[-1]

    def items(self) -> list[int]:
        query = select(ResourceItem.item_id).where(ResourceItem.resource_id == self.set_id)
        return list(db.session.scalars(query.order_by(ResourceItem.position)))


def sentences(page: str) -> list[str]:
    return re.findall(r'class="field-error".*?<span>(.*?)</span>', page, re.DOTALL) or [page[:3000]]


@pytest.fixture
def school(app: Flask, sign_in_as: SignInAs) -> School:
    return School(app, sign_in_as)


PICTURE: dict[str, object] = {}
FIELDS: dict[ItemKind, dict[str, object]] = {
    ItemKind.CHOICE: {
        "choice-id": ["A", "B", "C", "D"],
        "choice-text": ["$x=1$", "$x=2$", "$x=3$", ""],
        "choice-slip": ["移项要变号。", "", "", ""],
        "key-choices": "B",
    },
    ItemKind.MULTIPLE_CHOICE: {
        "choice-id": ["A", "B", "C"],
        "choice-text": ["2", "3", "4"],
        "key-choices": ["A", "B"],
        "slip-row": ["0"],
        "slip-0-choices": ["C"],
        "slip-feedback": ["4 不是质数。"],
    },
    ItemKind.TRUE_FALSE: {"key-choices": "false", "choice-slip": ["想一想 $a=0$。", ""]},
    ItemKind.TEXT_ENTRY: {
        "prompt": "床前[[1]]，疑是[[2]]。",
        "key-blanks": ["明月光\n明月之光", "地上霜"],
        "answers": ["text", "text"],
    },
    ItemKind.NUMERIC: {"asks_unit": "0", "unit": "cm", "key-value": "3.5", "key-tolerance": "0.05"},
    ItemKind.INLINE_CHOICE: {
        "prompt": "[[1]]又绿江南岸，[[2]]何时照我还。",
        "offered": "bank",
        "choice-id": ["A", "B", "C"],
        "choice-text": ["春风", "明月", "江水"],
        "once": "1",
        "key-chosen": ["A", "B"],
    },
    ItemKind.MATCH: {
        "left-id": ["1", "2"],
        "left-text": ["李白", "杜甫"],
        "right-id": ["A", "B"],
        "right-text": ["诗圣", "诗仙"],
        "key-matches": ["B", "A"],
        "once": "1",
    },
    ItemKind.ORDER: {"choice-id": ["A", "B", "C"], "choice-text": ["一", "二", "三"]},
    ItemKind.HOTSPOT: {"key-shape": ["circle"], "key-coords": ["20 20 10"]},
    ItemKind.EXTENDED_TEXT: {"words": "200", "lines": "8"},
    ItemKind.PHOTO: {"photos": "2"},
    ItemKind.SPOKEN: {"seconds": "60"},
}
"""What a teacher types for each kind, beside what all have."""


def typed(kind: ItemKind, school: School, **more: object) -> dict[str, object]:
    return {
        "kind": kind.value,
        "prompt": "解方程 $2x+1=5$。",
        "explanation": "移项得 $2x=4$。",
        "hint": ["先移项。", ""],
        "difficulty": "0.5",
        "minutes": "2",
        "point_ids": [str(school.point_id)],
        "source": "期中测验",
        **FIELDS[kind],
        **more,
    }


def picture_fields(school: School) -> dict[str, object]:
    """What the form has of a picture once it is sent and described."""
    sent = school.teacher.post(
        f"{school.address}/questions/redraw",
        data={"kind": "hotspot", "prompt": "点出圆心。", "picture-file": (io.BytesIO(picture_bytes(60, 40)), "a.jpg")},
        content_type="multipart/form-data",
    )
    assert sent.status_code == 200
    token = re.search(r'name="picture-token" value="([^"]+)"', sent.text)
    assert token is not None, sentences(sent.text)
    return {"picture-token": token[1], "picture-name": "p1", "picture-alt": "一个圆", "spot": "p1"}


@pytest.mark.parametrize("kind", ItemKind)
def test_every_kind_is_written_shown_as_it_was_typed_and_saved_again_unchanged(
    app: Flask, school: School, kind: ItemKind
) -> None:
    pictures = picture_fields(school) if kind is ItemKind.HOTSPOT else {}
    with app.app_context():
        item_id = school.write(typed(kind, school, **pictures))
        version = db.session.scalars(select(ItemVersion).where(ItemVersion.item_id == item_id)).one()
        assert version.kind is kind
        assert version.made_by_id is not None
        assert version.hints == ["先移项。"]
        if kind is ItemKind.CHOICE:
            assert [one["id"] for one in version.interaction["choices"]] == ["A", "B", "C"]
            assert version.misconceptions == [{"response": {"choices": ["A"]}, "feedback": "移项要变号。"}]
        if kind is ItemKind.ORDER:
            assert version.correct["order"] != [one["id"] for one in version.interaction["choices"]]
    page = school.teacher.get(f"{school.address}/questions/{item_id}")
    assert page.status_code == 200
    fields = fields_of(page.text)
    saved = school.teacher.post(f"{school.address}/questions/{item_id}", data=fields)
    assert saved.status_code == 302, sentences(saved.text)
    with app.app_context():
        numbers = select(ItemVersion.number).where(ItemVersion.item_id == item_id)
        assert db.session.scalars(numbers).all() == [1]


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the editor's form."""
    form = page[page.index('id="question-fields"') : page.index('class="form-actions editor-save"')]
    found: dict[str, list[str]] = {}
    for tag in re.finditer(r"<(input|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|textarea|select|button)\b|\Z)", form, re.DOTALL):
        name = re.search(r'\bname="([^"]+)"', tag[2])
        if name is None or name[1] in ("deed", "picture-file"):
            continue
        if tag[1] == "textarea":
            value = tag[3].split("</textarea>")[0]
        elif tag[1] == "select":
            options = re.findall(r'<option value="([^"]*)"([^>]*)>', tag[3])
            value = next((one for one, state in options if "selected" in state), options[0][0])
        else:
            if 'type="checkbox"' in tag[2] or 'type="radio"' in tag[2]:
                if " checked" not in tag[2]:
                    continue
            value = (re.search(r'\bvalue="([^"]*)"', tag[2]) or ["", ""])[1]
        found.setdefault(name[1], []).append(unescape(value))
    return found
