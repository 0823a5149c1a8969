"""Rubrics: seen before the work is done, chosen while marking, changed afterwards with all that follows."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.database import db
from homework.marking.models import Mark
from homework.notices.models import WorkNotice
from homework.rubrics.models import PastChoice, Rubric, RubricChange, RubricChoice
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.integration.homework.test_marking import JSON, Scene, answer_ids, scene

__all__ = ["scene"]
CRITERIA = {
    "c1": ("观点", ("a", "1.5", "明确"), ("b", "0", "没有")),
    "c2": ("表达", ("d", "0.5", "通顺"), ("e", "0", "不通")),
}


def typed(criteria: dict[str, Any] = CRITERIA, **more: str) -> dict[str, Any]:
    """The fields of the form."""
    form: dict[str, Any] = {"criterion": list(criteria), "rounding": "none", **more}
    for one, (title, *levels) in criteria.items():
        form[f"title-{one}"] = title
        form[f"level-{one}"] = [level for level, _points, _words in levels]
        for level, points, words in levels:
            form[f"points-{level}"], form[f"words-{level}"] = points, words
    return form


@pytest.fixture
def teacher(scene: Scene, sign_in_as: SignInAs) -> Browser:
    """Who gave the work."""
    return sign_in_as(scene.teacher)


@pytest.fixture
def save(scene: Scene) -> str:
    """Where the form is sent."""
    return f"/questions/{scene.photo}/rubric/save"


def points(app: Flask, answers: list[int]) -> list[float]:
    with app.app_context():
        found = {one.answer_id: one.points for one in db.session.scalars(select(Mark))}
    return [found[one] for one in answers]


def test_pupils_read_the_rubric_before_they_hand_in_and_the_chosen_levels_with_the_result(
    app: Flask, scene: Scene, sign_in_as: SignInAs, teacher: Browser, save: str
) -> None:
    assert teacher.post(save, data=typed()).status_code == HTTPStatus.SEE_OTHER
    student, guardian = sign_in_as(scene.student), sign_in_as(scene.guardian)
    before = student.get(f"/assignments/{scene.assignment_id}/work").text
    assert "评分标准" in before
    assert "明确" in before
    [listed] = student.get("/api/v1/assignments").get_json()["items"]
    assert [bool(one["rubric"]) for one in listed["questions"]] == [False, True]
    photo, text = (answer_ids(app, scene, one)[0] for one in (scene.photo, scene.text))
    chosen = {"answer": f"{photo}:0", "level-c1": "a", "level-c2": "e"}
    assert teacher.post(scene.desk, data=chosen, headers=JSON).status_code == HTTPStatus.OK
    assert points(app, [photo]) == [1.5]
    work = f"/submissions/{scene.submission_ids[0]}"
    assert "is-chosen" not in student.get(work).text
    assert student.get(f"/api/v1{work}").get_json()["answers"][1]["levels"] is None
    teacher.post(scene.desk, data={"answer": f"{text}:0", "points": "1"}, headers=JSON)
    teacher.post(f"{work}/return")
    assert student.get(f"/api/v1{work}").get_json()["answers"][1]["levels"] == {"c1": "a", "c2": "e"}
    for reader in (student, guardian):
        assert reader.get(work).text.count("is-chosen") == 2


def test_levels_without_points_need_one_for_each_criterion_and_points_by_hand_win(
    app: Flask, scene: Scene, teacher: Browser, save: str
) -> None:
    teacher.post(save, data=typed())
    answer = answer_ids(app, scene, scene.photo)[0]
    half = teacher.post(scene.desk, data={"answer": f"{answer}:0", "level-c1": "a"}, headers=JSON)
    assert half.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    gone = {"answer": f"{answer}:0", "level-c1": "a", "level-c2": "x"}
    reply = teacher.post(scene.desk, data=gone, headers=JSON)
    assert reply.json is not None
    assert "请刷新页面" in reply.json["error"]["message"]
    whole = {"answer": f"{answer}:0", "level-c1": "a", "level-c2": "d", "points": "1"}
    teacher.post(scene.desk, data=whole, headers=JSON)
    assert points(app, [answer]) == [1.0]


def test_a_changed_rubric_shows_whose_marks_change_recalculates_them_tells_pupils_and_is_undone(
    app: Flask, scene: Scene, sign_in_as: SignInAs, teacher: Browser, save: str
) -> None:
    teacher.post(save, data=typed())
    first, second, third, *_rest = answer_ids(app, scene, scene.photo)
    for answer, sent in (
        (first, {"level-c1": "a", "level-c2": "e"}),
        (second, {"level-c1": "a", "level-c2": "e", "points": "1"}),
        (third, {"level-c1": "b", "level-c2": "d"}),
    ):
        teacher.post(scene.desk, data={"answer": f"{answer}:0", **sent}, headers=JSON)
    text = answer_ids(app, scene, scene.text)[0]
    teacher.post(scene.desk, data={"answer": f"{text}:0", "points": "1"}, headers=JSON)
    teacher.post(f"/submissions/{scene.submission_ids[0]}/return")
    other = {
        "c1": ("观点", ("a", "1", "明确"), ("b", "0", "没有")),
        "c2": ("表达", ("d2", "1", "生动"), ("e", "0", "不通")),
    }
    preview = teacher.post(save, data=typed(other)).text
    for words in ("由教师批改，保持不变", "选过的等级已删去", "已发还，会通知学生"):
        assert words in preview
    assert points(app, [first, second, third]) == [1.5, 1.0, 0.5]
    seen = re.search(r'name="seen" value="(\w+)"', preview)
    assert seen is not None
    silent = teacher.post(save, data=typed(other, seen=seen[1]))
    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写明修改量规的原因" in silent.text
    old = teacher.post(save, data=typed(other, seen="0" * 64, reason="改"))
    assert old.status_code == HTTPStatus.CONFLICT
    assert "请重新查看" in old.text
    teacher.post(save, data=typed(other, seen=seen[1], reason="表达也很重要"))
    assert points(app, [first, second, third]) == [1.0, 1.0, 0.5]
    with app.app_context():
        told = db.session.scalars(select(WorkNotice)).one()
        assert told.person_id == scene.student.person_id
        assert told.details["reason"] == "表达也很重要"
        assert told.details["changes"] == [{"question": 2, "before": 1.5, "after": 1.0}]
        assert "change_rubric" in db.session.scalars(select(AuditEntry.verb)).all()
        change = db.session.scalars(select(RubricChange.id)).one()
    log = teacher.get(f"/questions/{scene.photo}/rubric").text
    assert "赵一：1 分（原为 1.5 分）" in log
    colleague = sign_in_as(scene.colleague)
    history = colleague.get(f"/submissions/{scene.submission_ids[0]}").text
    assert "修改了量规：表达也很重要" in history, "whoever teaches the pupil reads why"
    assert history.index("观点：明确（1 分）") < history.index("观点：明确（1.5 分）"), (
        "in the words of each time"
    )
    assert "修改了量规" not in sign_in_as(scene.student).get(f"/submissions/{scene.submission_ids[0]}").text
    by_hand = {"answer": f"{third}:1", "points": "2"}
    teacher.post(scene.desk, data=by_hand, headers=JSON)
    teacher.post(f"/rubrics/changes/{change}/undo")
    assert points(app, [first, second, third]) == [1.5, 1.0, 2.0]
    with app.app_context():
        rubric = db.session.scalars(select(Rubric)).one()
        assert [one.most for one in rubric.judged_by.all] == [1.5, 0.5]


@pytest.mark.parametrize(
    ("criteria", "says"),
    [
        ({}, "请至少写一个指标"),
        ({"c1": ("观点", ("a", "2", "明确"))}, "指标 1 需要名称"),
        ({"c1": ("观点", ("a", "3", "明确"), ("b", "0", "没有"))}, "合计 3 分，而本题满分 2 分"),
        ({"c1": ("观点", ("a", "很多", "明确"), ("b", "0", "没有"))}, "请用数字填写分数"),
    ],
)
def test_a_rubric_that_nobody_can_mark_by_is_refused_and_what_was_typed_stays(
    teacher: Browser, save: str, criteria: dict[str, Any], says: str
) -> None:
    reply = teacher.post(save, data=typed(criteria))
    assert reply.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in reply.text
    assert not criteria or "明确" in reply.text


def test_an_earlier_rubric_of_mine_is_offered_and_copied_with_ids_of_its_own(
    scene: Scene, teacher: Browser, save: str
) -> None:
    teacher.post(save, data=typed())
    page = teacher.get(f"/questions/{scene.text}/rubric").text
    copied = re.search(rf"/questions/{scene.text}/rubric\?from=\d+", page)
    assert copied is not None
    form = teacher.get(copied[0]).text
    assert 'value="观点"' in form
    assert 'value="明确"' in form
    assert 'name="criterion" value="c1"' not in form


def test_rows_are_added_and_taken_out_without_losing_what_was_typed(scene: Scene, teacher: Browser) -> None:
    address = f"/questions/{scene.text}/rubric"
    more = teacher.post(address, data=typed(do="criterion")).text
    assert more.count('name="criterion"') == 3
    level = teacher.post(address, data=typed(do="level:c1")).text
    assert level.count('name="level-c1"') == 3
    less = teacher.post(address, data=typed(do="remove:c2")).text
    assert 'value="观点"' in less
    assert 'value="表达"' not in less


def test_a_rubric_goes_while_nothing_was_marked_by_it(
    app: Flask, scene: Scene, teacher: Browser, save: str
) -> None:
    removal = f"/questions/{scene.photo}/rubric/removal"
    teacher.post(save, data=typed())
    teacher.post(removal)
    with app.app_context():
        assert db.session.scalars(select(Rubric)).all() == []
    teacher.post(save, data=typed())
    answer = answer_ids(app, scene, scene.photo)[0]
    chosen = {"answer": f"{answer}:0", "level-c1": "a", "level-c2": "e"}
    teacher.post(scene.desk, data=chosen, headers=JSON)
    assert "不能删除" in teacher.post(removal, follow_redirects=True).text


def test_what_is_taken_back_stands_again_as_it_was_clicked(
    app: Flask, scene: Scene, teacher: Browser, save: str
) -> None:
    teacher.post(save, data=typed())
    answer = answer_ids(app, scene, scene.photo)[0]

    def send(where: str, version: int, **fields: str) -> dict[str, Any]:
        reply = teacher.post(where, data={"answer": f"{answer}:{version}", **fields}, headers=JSON)
        assert reply.status_code == HTTPStatus.OK
        assert isinstance(reply.json, dict)
        return reply.json

    best, weak = {"c1": "a", "c2": "d"}, {"c1": "b", "c2": "d"}
    by_levels = {f"level-{criterion}": level for criterion, level in best.items()}
    send(scene.desk, 0, **by_levels)
    assert send(scene.desk, 0, **by_levels)["versions"] == {str(answer): 1}, "the same click again"
    send(scene.desk, 1, **{f"level-{criterion}": level for criterion, level in weak.items()})
    send(scene.desk, 2, points="0.5")  # the same points, and no levels
    undo = f"{scene.desk}/undo"
    standings = [send(undo, 3), send(undo, 4)]
    assert [(one["points"], one["levels"]) for one in standings] == [(0.5, weak), (0.5, {})]
    send(scene.desk, 5, **by_levels)
    gone = send(undo, 6)
    assert (gone["points"], gone["levels"]) == (0.5, {})
    only = answer_ids(app, scene, scene.photo)[1]
    teacher.post(scene.desk, data={"answer": f"{only}:0", **by_levels}, headers=JSON)
    bare = teacher.post(undo, data={"answer": f"{only}:1"}, headers=JSON).get_json()
    assert (bare["is_marked"], bare["levels"]) == (False, {})
    again = teacher.post(undo, data={"answer": f"{only}:0"}, headers=JSON).get_json()
    assert (again["points"], again["levels"]) == (2.0, best)
    page = teacher.get(f"{scene.desk}?question={scene.photo}").text
    assert page.count('value="a" data-points="1.5" checked') == 1


def test_points_that_a_second_reader_is_given_right_with_come_from_no_levels(
    app: Flask, scene: Scene, sign_in_as: SignInAs, teacher: Browser, save: str
) -> None:
    teacher.post(save, data=typed())
    text, photo = (answer_ids(app, scene, one)[0] for one in (scene.text, scene.photo))
    for answer, given in ((text, {"points": "2"}), (photo, {"level-c1": "a", "level-c2": "d"})):
        teacher.post(scene.desk, data={"answer": f"{answer}:0", **given}, headers=JSON)
    asked = {"percent": "100", "reader": str(scene.colleague.person_id)}
    teacher.post(f"/assignments/{scene.assignment_id}/second-readings", data=asked)
    reading = f"/submissions/{scene.submission_ids[0]}/second-reading"
    seen = {"answer": [f"{text}:1", f"{photo}:1"]}
    sign_in_as(scene.colleague).post(reading, data={"do": "finish", **seen, f"points-{photo}": "1"})
    settled = teacher.post(f"{reading}/settle", data={**seen, f"counts-{photo}": "reader"})
    assert settled.status_code == HTTPStatus.SEE_OTHER
    assert points(app, [photo]) == [1.0]
    with app.app_context():
        assert not db.session.scalars(select(RubricChoice)).all()
        assert db.session.scalars(select(PastChoice)).one().levels == {"c1": "a", "c2": "d"}
    history = f"/submissions/{scene.submission_ids[0]}"
    assert "采用周老师的复核评分" in teacher.get(history).text
    again = {"answer": f"{photo}:2", "level-c1": "b", "level-c2": "d"}
    teacher.post(scene.desk, data=again, headers=JSON)
    steps = re.findall(r'<li class="row-item">.*?</li>', teacher.get(history).text, re.DOTALL)
    now, settled_then, first_of_all = (one for one in steps if "陈老师" in one)
    assert "观点：没有（0 分）" in now
    assert "采用周老师的复核评分" in settled_then, "also when the reading is open again"
    assert "观点" not in settled_then
    assert "观点：明确（1.5 分）" in first_of_all
    assert "复核评分" not in now + first_of_all
