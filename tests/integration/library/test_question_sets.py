"""A teacher's question sets: begun, written, arranged, copied into, read again as they were."""

import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.organisations.models import Organisation
from accounts.people.models import Hat
from core.database import db, transaction
from library.items.models import Item, ItemKind, ItemVersion, Stimulus
from library.resources.models import Resource, ResourceItem, ResourceKind, ResourcePoint, ReviewState, Tier
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.library import make_item, make_point, make_resource, make_stimulus, make_subject
from tests.factories.media import picture_bytes
from tests.statements import statements_of

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


FIELD = re.compile(
    r"<(input|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|textarea|select|button)\b|\Z)", re.DOTALL
)
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


def typed(of: ItemKind, school: School, **more: object) -> dict[str, object]:
    return {
        "kind": of.value,
        "prompt": "解方程 $2x+1=5$。",
        "explanation": "移项得 $2x=4$。",
        "hint": ["先移项。", ""],
        "difficulty": "0.5",
        "minutes": "2",
        "point_ids": [str(school.point_id)],
        "source": "期中测验",
        **FIELDS[of],
        **more,
    }


def picture_fields(school: School) -> dict[str, object]:
    """What the form has of a picture once it is sent and described."""
    sent = school.teacher.post(
        f"{school.address}/questions/redraw",
        data={
            "kind": "hotspot",
            "prompt": "点出圆心。",
            "picture-file": (io.BytesIO(picture_bytes(60, 40)), "a.jpg"),
        },
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
    for tag in re.finditer(
        r"<(input|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|textarea|select|button)\b|\Z)", form, re.DOTALL
    ):
        name = re.search(r'\bname="([^"]+)"', tag[2])
        if name is None or name[1] in ("deed", "picture-file"):
            continue
        if tag[1] == "textarea":
            value = tag[3].split("</textarea>")[0]
        elif tag[1] == "select":
            options = re.findall(r'<option value="([^"]*)"([^>]*)>', tag[3])
            value = next((one for one, state in options if "selected" in state), options[0][0])
        else:
            if re.search(r'type="(checkbox|radio)"', tag[2]) and " checked" not in tag[2]:
                continue
            value = (re.search(r'\bvalue="([^"]*)"', tag[2]) or ["", ""])[1]
        found.setdefault(name[1], []).append(unescape(value))
    return found


def version_of(item_id: int) -> ItemVersion:
    item = db.session.get_one(Item, item_id)
    return db.session.get_one(ItemVersion, item.current_version_id)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(school: School) -> None:
    answer = school.teacher.post(
        f"{school.address}/questions",
        data=typed(ItemKind.CHOICE, school, prompt=" ", minutes="很久", **{"key-choices": ""}),
    )
    assert answer.status_code == 422
    assert "请写题干。" in answer.text
    assert "用时请填大于 0、不超过 600 的数。" in answer.text
    assert "移项要变号。" in answer.text

    answer = school.teacher.post(
        f"{school.address}/questions", data=typed(ItemKind.CHOICE, school, **{"key-choices": ""})
    )
    assert "这道题还没有正确答案。" in answer.text
    assert "$x=3$" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"choice-text": ["同", "同", "", ""]}, "选项“A”和“B”相同"),
        ({"key-choices": "D"}, "“D”是答案，但还没有写内容。"),
        ({"prompt": "看图 [[picture:p9]]"}, "p9"),
        ({"value-name": ["a"], "value-least": ["1"], "value-most": ["0"]}, "a"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_a_sentence(
    school: School, fields: dict[str, object], sentence: str
) -> None:
    more = {"value-step": ["1"], "value-choices": [""], **fields} if "value-name" in fields else fields
    answer = school.teacher.post(f"{school.address}/questions", data=typed(ItemKind.CHOICE, school, **more))
    assert answer.status_code == 422
    assert any(sentence in one for one in sentences(answer.text))


def test_buttons_change_rows_and_key_and_slips_follow(school: School) -> None:
    def redrawn(deed: str, **more: object) -> dict[str, list[str]]:
        fields = typed(ItemKind.CHOICE, school, deed=deed, **more)
        return fields_of(school.teacher.post(f"{school.address}/questions/redraw", data=fields).text)

    assert redrawn("add:choice:")["choice-id"] == ["A", "B", "C", "D", "E"]
    moved = redrawn("up:choice:1")
    assert moved["choice-text"][:2] == ["$x=2$", "$x=1$"]
    assert moved["key-choices"] == ["B"]
    assert moved["choice-slip"][1] == "移项要变号。"
    assert redrawn("remove:choice:0")["choice-text"] == ["$x=2$", "$x=3$", ""]
    assert redrawn("add:hint:")["hint"] == ["先移项。", "", ""]
    assert redrawn("", kind="order")["kind"] == ["order"]
    assert redrawn("explode:choice:99")["choice-id"] == ["A", "B", "C", "D"]


def test_the_preview_shows_what_pupils_get_and_tells_what_an_answer_earns(school: School) -> None:
    fields = typed(ItemKind.CHOICE, school)
    shown = school.teacher.post(f"{school.address}/questions/preview", data=fields).text
    assert 'name="try-choices"' in shown
    assert "移项得" not in shown

    wrong = school.teacher.post(
        f"{school.address}/questions/try", data={**fields, "try-choices": "A", "seed": "3"}
    ).text
    assert "移项要变号。" in wrong
    right = school.teacher.post(f"{school.address}/questions/try", data={**fields, "try-choices": "B"}).text
    assert "移项得" in right
    assert "移项要变号。" not in right

    number = typed(ItemKind.NUMERIC, school)
    unread = school.teacher.post(f"{school.address}/questions/try", data={**number, "try-value": "三个"}).text
    assert "不是数" in unread


def test_an_author_tries_where_capitals_count_and_reads_what_no_formula_is(school: School) -> None:
    fields = typed(ItemKind.TEXT_ENTRY, school) | {
        "prompt": "镁的符号：[[1]]，$x^2=1$：[[2]]",
        "key-blanks": ["Mg", "x=1 或 x=-1"],
        "answers": ["exact", "expression"],
    }
    tried, preview = (f"{school.address}/questions/{one}" for one in ("try", "preview"))
    assert "区分大小写" in school.teacher.post(preview, data=fields).text
    half = school.teacher.post(tried, data={**fields, "try-blanks": ["mg", r"x=\pm1"]}).text
    assert "部分正确" in half
    for key, said in (("x>", "不是完整的算式"), ("[-∞,3)", "无法读成算式"), ("x" * 400, "太长")):
        refused = school.teacher.post(preview, data=fields | {"key-blanks": ["Mg", key]}).text
        assert said in refused


VARIANT: dict[str, object] = {
    "prompt": "长 $[[=a]]$，宽 $[[=b]]$，面积是多少？",
    "key-value": "[[=ab]]",
    "key-tolerance": "",
    "unit": "",
    "value-name": ["a", "b"],
    "value-least": ["2", "2"],
    "value-most": ["9", "9"],
    "value-step": ["1", "1"],
    "value-choices": ["", ""],
    "condition": ["a > b"],
}


def test_variants_are_looked_at_before_they_are_saved(app: Flask, school: School) -> None:
    fields = typed(ItemKind.NUMERIC, school, **VARIANT)
    one = school.teacher.post(f"{school.address}/questions/preview", data={**fields, "seed": "1"}).text
    other = school.teacher.post(f"{school.address}/questions/preview", data={**fields, "seed": "2"}).text
    assert "[[=" not in one
    assert one != other
    assert 'hx-vals="{&#34;seed&#34;: 2}"' in one
    draws = school.teacher.post(f"{school.address}/questions/draws", data=fields).text
    assert draws.count('<th scope="row"') == 40

    impossible = {**fields, "condition": ["a > 20"]}
    assert "a &gt; 20" in school.teacher.post(f"{school.address}/questions/draws", data=impossible).text
    refused = school.teacher.post(f"{school.address}/questions", data=impossible)
    assert refused.status_code == 422
    assert any("a &gt; 20" in one for one in sentences(refused.text))
    broken = {**fields, "condition": ["a + > b"]}
    assert school.teacher.post(f"{school.address}/questions/preview", data=broken).status_code == 200
    with app.app_context():
        assert version_of(school.write(fields)).parameters["conditions"] == ["a > b"]


def test_a_picture_that_is_none_or_another_persons_is_not_taken(school: School) -> None:
    sent = school.teacher.post(
        f"{school.address}/questions/redraw",
        data={"kind": "hotspot", "picture-file": (io.BytesIO(b"GIF89a no picture"), "a.gif")},
        content_type="multipart/form-data",
    )
    assert "不是图片" in sent.text or "损坏" in sent.text
    stolen = picture_fields(school)
    page = school.colleague.post(
        f"{school.address}/questions/redraw", data={"kind": "hotspot", "prompt": "点。", **stolen}
    ).text
    assert 'name="picture-token"' not in page
    forged = {**stolen, "picture-token": str(stolen["picture-token"])[:-2] + "xx"}
    page = school.teacher.post(
        f"{school.address}/questions/redraw", data={"kind": "hotspot", "prompt": "点。", **forged}
    ).text
    assert 'name="picture-token"' not in page


def test_saving_makes_a_version_that_can_be_compared_and_restored(app: Flask, school: School) -> None:
    with app.app_context():
        item_id = school.write(typed(ItemKind.CHOICE, school))
    address = f"{school.address}/questions/{item_id}"
    changed = typed(ItemKind.CHOICE, school, seen="1", **{"key-choices": "C"})
    saved = school.colleague.post(address, data=changed)
    assert saved.status_code == 302
    assert f"corrected={item_id}" in saved.location

    page = school.teacher.get(f"{address}/history").text
    assert "B. $x=2$" in page
    assert "C. $x=3$" in page
    assert school.teacher.post(f"{address}/restore", data={"number": "1"}).status_code == 302
    with app.app_context():
        version = version_of(item_id)
        assert (version.number, version.correct) == (3, {"choices": ["B"]})
        numbers = select(ItemVersion.number).where(ItemVersion.item_id == item_id)
        assert db.session.scalars(numbers.order_by(ItemVersion.number)).all() == [1, 2, 3]


def test_of_two_who_edit_at_once_the_second_sees_both_texts(app: Flask, school: School) -> None:
    with app.app_context():
        item_id = school.write(typed(ItemKind.CHOICE, school))
    address = f"{school.address}/questions/{item_id}"
    first = typed(ItemKind.CHOICE, school, seen="1", prompt="同事改过的题干。")
    assert school.colleague.post(address, data=first).status_code == 302

    second = typed(ItemKind.CHOICE, school, seen="1", prompt="我改的题干。")
    answer = school.teacher.post(address, data=second)
    assert answer.status_code == 409
    assert "我改的题干。" in answer.text
    assert "同事改过的题干。" in answer.text
    assert fields_of(answer.text)["seen"] == ["2"]
    again = {**second, "seen": "2"}
    assert school.teacher.post(address, data=again).status_code == 302


def points_of(school: School) -> set[int]:
    """The knowledge points of the set."""
    about = select(ResourcePoint.point_id).where(ResourcePoint.resource_id == school.set_id)
    return set(db.session.scalars(about))


def test_questions_move_are_taken_out_and_come_back(app: Flask, school: School) -> None:
    with app.app_context():
        with transaction():
            hers, theirs = make_point("整除").id, make_point("质数").id
            db.session.add(ResourcePoint(resource_id=school.set_id, point_id=hers))
        first, second, third = (
            school.write(typed(ItemKind.TRUE_FALSE, school, prompt=one, point_ids=points))
            for one, points in (("甲", [theirs, school.point_id]), ("乙", [school.point_id]), ("丙", []))
        )
        version = db.session.get_one(Resource, school.set_id).version
    order = {"order": [first, second, third], "version": version}
    moved = school.teacher.post(f"{school.address}/order", data={**order, "up": third})
    assert moved.status_code == 303
    with app.app_context():
        assert school.items() == [first, third, second]
        assert db.session.get_one(Resource, school.set_id).minutes == 6.0
    stale = school.colleague.post(f"{school.address}/order", data={**order, "remove": first})
    assert stale.status_code == 409

    taken = school.teacher.post(
        f"{school.address}/order",
        data={"order": [first, third, second], "version": version + 1, "remove": first},
    )
    with app.app_context():
        assert school.items() == [third, second]
        assert points_of(school) == {hers, school.point_id}
    page = school.teacher.get(taken.location).text
    number = re.search(r'name="number" value="(\d+)"', page)
    assert number is not None
    assert school.teacher.post(f"{school.address}/undo", data={"number": number[1]}).status_code == 303
    with app.app_context():
        assert school.items() == [first, third, second]
        assert points_of(school) == {hers, theirs, school.point_id}
    assert school.teacher.post(f"{school.address}/undo", data={"number": number[1]}).status_code == 409
    foreign = {"order": [first, 999_999], "version": version + 3}
    assert school.teacher.post(f"{school.address}/order", data=foreign).status_code == 409


def test_a_point_that_a_teacher_gave_the_set_stays_when_its_last_question_goes(
    app: Flask, school: School
) -> None:
    with app.app_context():
        version = db.session.get_one(Resource, school.set_id).version
    said = {"title": "小练", "subject_id": school.subject_id, "grade_from": 7, "grade_to": 7}
    for points in ([school.point_id], [school.point_id], []):
        edited = school.teacher.post(
            f"/library/{school.set_id}/edit", data={**said, "version": version, "point_ids": points}
        )
        assert edited.status_code == 302
        with app.app_context():
            item = school.write(typed(ItemKind.TRUE_FALSE, school, prompt="甲", point_ids=[school.point_id]))
            version = db.session.get_one(Resource, school.set_id).version
        school.teacher.post(
            f"{school.address}/order", data={"order": [item], "version": version, "remove": item}
        )
        with app.app_context():
            assert points_of(school) == set(points), "and what was taken away by hand is not kept"
            version = db.session.get_one(Resource, school.set_id).version


def test_a_text_is_written_once_and_changed_for_all_its_questions(app: Flask, school: School) -> None:
    kept = school.teacher.post(f"{school.address}/texts", data={"title": "上学路上", "prompt": PASSAGE})
    about = int(kept.location.rsplit("=", 1)[1])
    page = fields_of(school.teacher.get(kept.location).text)
    assert page["stimulus"] == [str(about)]
    with app.app_context():
        items = [
            school.write(typed(ItemKind.TRUE_FALSE, school, prompt=one, stimulus=str(about)))
            for one in "甲乙"
        ]
        alone = school.write(typed(ItemKind.TRUE_FALSE, school, prompt="丙"))
        assert [version_of(one).stimulus_position for one in items] == [0, 1]

    told = school.teacher.get(f"{school.address}/texts/{about}").text
    assert "有 2 道题用到这段材料" in told
    saved = school.teacher.post(
        f"{school.address}/texts/{about}",
        data={"title": "上学路上", "prompt": "李明骑车去学校。", "seen": "1"},
    )
    assert saved.status_code == 302
    with app.app_context():
        assert [version_of(one).number for one in (*items, alone)] == [2, 2, 1]
        wording = db.session.get_one(Stimulus, about).current_version_id
        assert {version_of(one).stimulus_version_id for one in items} == {wording}
    late = school.colleague.post(
        f"{school.address}/texts/{about}", data={"title": "", "prompt": "另一种改法。", "seen": "1"}
    )
    assert late.status_code == 409
    assert "另一种改法。" in late.text
    assert "李明骑车去学校。" in late.text
    empty = school.teacher.post(f"{school.address}/texts/{about}", data={"prompt": " ", "seen": "2"})
    assert "请先写材料。" in empty.text


def test_questions_are_copied_with_their_text_and_licence_and_then_are_ones_own(
    app: Flask, school: School
) -> None:
    with app.app_context(), transaction():
        point = make_point("一元一次方程的解法")
        items = [make_item(ItemKind.CHOICE, points=[point]) for _number in range(2)]
        stimulus = make_stimulus(items)
        source = make_resource("公共练习", kind=ResourceKind.PRACTICE, items=items, licence="CC-BY-4.0")
        pens = "小明买了三支笔，共多少元？"
        make_resource("买文具", kind=ResourceKind.PRACTICE, items=[make_item(ItemKind.PHOTO, prompt=pens)])
        hidden = make_resource(
            "别校草稿",
            kind=ResourceKind.PRACTICE,
            tier=Tier.SCHOOL,
            review_state=ReviewState.DRAFT,
            items=[make_item(prompt="别校不给看")],
        )
        original, source_id, hidden_id = items[0].id, source.id, hidden.id
        secret = db.session.scalars(
            select(ResourceItem.item_id).where(ResourceItem.resource_id == hidden_id)
        ).one()
        text_id = stimulus.id
    found = school.teacher.get(f"{school.address}/find?q=一元一次方程的解法").text
    assert found.count('name="item"') == 2
    assert school.teacher.get(f"{school.address}/find?q=小明买了").text.count('name="item"') == 1
    assert 'name="item"' not in school.teacher.get(f"{school.address}/find?q=别校不给看").text
    assert "别校草稿" not in school.teacher.get(f"{school.address}/find?q=别校").text
    copied = school.teacher.post(f"{school.address}/copy", data={"item": [original, secret]})
    assert copied.status_code == 302
    with app.app_context():
        mine = school.items()
        assert len(mine) == 2
        assert original not in mine
        assert {version_of(one).licence for one in mine} == {"CC-BY-4.0"}
        texts = {version_of(one).stimulus_version_id for one in mine}
        assert len(texts) == 1
        assert texts != {db.session.get_one(Stimulus, text_id).current_version_id}
        assert len(school.items()) == 2
        assert source_id != school.set_id
    same = school.teacher.get(f"{school.address}/same").text
    assert same.count("与“公共练习”中的一道题相同") == 2
    assert 'hx-swap-oob="true"' in same
    for kind, times in ((ItemKind.SPOKEN, 0), (ItemKind.PHOTO, 1)):
        with app.app_context():
            school.write(typed(kind, school, prompt=pens, point_ids=[]))
        assert school.teacher.get(f"{school.address}/same").text.count("与“买文具”中的一道题相同") == times


def test_a_question_that_another_set_asks_is_not_changed_for_both(app: Flask, school: School) -> None:
    with app.app_context():
        item_id = school.write(typed(ItemKind.CHOICE, school))
        with transaction():
            item = db.session.get_one(Item, item_id)
            make_resource("全市练习", kind=ResourceKind.PRACTICE, items=[item])
    answer = school.teacher.post(
        f"{school.address}/questions/{item_id}",
        data=typed(ItemKind.CHOICE, school, seen="1", prompt="改了。"),
    )
    assert answer.status_code == 409
    assert "全市练习" in answer.text
    assert "改了。" in answer.text


def test_sets_are_listed_searched_and_closed_to_others(app: Flask, school: School) -> None:
    assert "一元一次方程小练" in school.teacher.get("/library/sets").text
    assert "还没有题集。" in school.colleague.get("/library/sets").text
    assert "一元一次方程小练" in school.colleague.get("/library/sets?school=1&q=方程").text
    assert "没有叫这个名字的题集。" in school.teacher.get("/library/sets?q=几何").text
    for browser, status in ((school.stranger, 404), (school.pupil, 403)):
        assert browser.get(school.address).status_code == status
        assert browser.get(f"{school.address}/questions/new").status_code == status
    with app.app_context(), transaction():
        db.session.get_one(Resource, school.set_id).subject_id = None
    refused = school.teacher.post(f"{school.address}/questions", data=typed(ItemKind.CHOICE, school))
    assert "请先说明题集的学科" in refused.text


def test_a_set_costs_the_same_queries_with_many_questions(app: Flask, school: School) -> None:
    def queries() -> int:
        with statements_of(app) as sent:
            assert school.teacher.get(school.address).status_code == 200
        return len(sent)

    with app.app_context():
        for number in range(3):
            school.write(typed(ItemKind.TRUE_FALSE, school, prompt=f"第 {number} 句。"))
    few = queries()
    with app.app_context(), transaction():
        items = [make_item(ItemKind.CHOICE) for _number in range(40)]
        for place, item in enumerate(items, start=10):
            db.session.add(ResourceItem(resource_id=school.set_id, position=place, item_id=item.id))
    assert queries() == few


def test_the_list_of_sets_costs_the_same_queries_with_many(app: Flask, school: School) -> None:
    def queries() -> int:
        with statements_of(app) as sent:
            assert school.teacher.get("/library/sets?school=1").status_code == 200
        return len(sent)

    few = queries()
    with app.app_context(), transaction():
        own = db.session.get_one(Resource, school.set_id)
        organisation = db.session.get_one(Organisation, own.organisation_id)
        for _number in range(15):
            make_resource(
                kind=ResourceKind.PRACTICE, tier=Tier.SCHOOL, organisation=organisation, items=[make_item()]
            )
    assert queries() == few


def test_who_sees_a_set_as_a_resource_is_led_to_its_questions(school: School) -> None:
    page = school.teacher.get(f"/library/{school.set_id}").text
    assert f'href="{school.address}"' in page
    details = school.teacher.get(f"/library/{school.set_id}/edit").text
    assert f'href="{school.address}"' in details
    assert 'type="url"' not in details
