"""Two teachers at once, in every way that marks are given: the second is told, and nothing is lost (R4).

Paper has lines of its own (``test_paper.py``), second readers theirs (``test_second_readings.py``).
"""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.jobs.services import run_waiting
from homework.assignments.queries import questions_of
from homework.assignments.teaming import Teaming
from homework.comments.models import CommentUse
from homework.marking.models import Mark, MarkSource, OwnMark, PastMark
from homework.regrades.models import Regrade
from homework.rubrics.models import RubricChoice
from homework.submissions.models import Answer
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.integration.homework.test_marking import JSON, Scene, answer_ids, scene
from tests.integration.homework.test_rubrics import typed

__all__ = ["scene"]


def marks(app: Flask, answers: Sequence[int]) -> list[tuple[float, str, int]]:
    with app.app_context():
        rows = select(Mark.points, Mark.comment, Mark.version).where(Mark.answer_id.in_(answers))
        found = db.session.execute(rows.order_by(Mark.answer_id))
        return [(points, comment, version) for points, comment, version in found]


@pytest.mark.parametrize(
    "way",
    [
        {"points": "1", "comment": "还要检验"},
        {"level-c1": "b", "level-c2": "d"},
        {"level-c1": "b", "level-c2": "d", "points": "1"},
        {"points": "1", "comment": "步骤清楚", "bank": "1"},
    ],
    ids=["points", "levels", "levels and points", "comment of the bank"],
)
def test_a_card_that_a_colleague_marked_in_part_is_marked_by_nobody_else_before_she_has_looked(
    app: Flask, scene: Scene, sign_in_as: SignInAs, way: dict[str, str]
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    teacher.post(f"/questions/{scene.photo}/rubric/save", data=typed())
    kept = colleague.post("/comments", data={"text": "步骤清楚", "question": scene.photo}, headers=JSON)
    assert kept.get_json()["id"] == 1
    first, second, *_rest = answer_ids(app, scene, scene.photo)
    levels = {"level-c1": "a", "level-c2": "d"}
    teacher.post(scene.desk, data={"answer": f"{second}:0", **levels, "comment": "很好"}, headers=JSON)
    together: dict[str, Any] = {"answer": [f"{first}:0", f"{second}:0"], **way}
    late = colleague.post(scene.desk, data=together, headers=JSON)
    assert late.status_code == HTTPStatus.CONFLICT
    details = late.get_json()["error"]["details"]
    theirs = details["answer_id"], details["by"], details["points"], details["comment"], details["version"]
    assert theirs == (second, "陈老师", "2", "很好", 1)
    assert marks(app, [first, second]) == [(2.0, "很好", 1)], "all or none"
    with app.app_context():
        chosen = db.session.scalars(select(RubricChoice)).one()
        assert (chosen.answer_id, chosen.levels) == (second, {"c1": "a", "c2": "d"})
        assert not db.session.scalars(select(CommentUse)).all()
    looked = {**together, "answer": [f"{first}:0", f"{second}:1"]}
    assert colleague.post(scene.desk, data=looked, headers=JSON).status_code == HTTPStatus.OK
    with app.app_context():
        assert [one.points for one in db.session.scalars(select(PastMark))] == [2.0], "kept in the history"


def test_a_rubric_that_changed_the_mark_meanwhile_is_seen_first(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, colleague = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    save = f"/questions/{scene.photo}/rubric/save"
    teacher.post(save, data=typed())
    answer = answer_ids(app, scene, scene.photo)[0]
    teacher.post(scene.desk, data={"answer": f"{answer}:0", "level-c1": "a", "level-c2": "e"}, headers=JSON)
    other = typed({"c1": ("观点", ("a", "1", "明确"), ("b", "0", "没有")),
                   "c2": ("表达", ("d", "1", "通顺"), ("e", "0", "不通"))})  # fmt: skip
    seen = teacher.post(save, data=other).text.split('name="seen" value="')[1][:64]
    teacher.post(save, data={**other, "seen": seen, "reason": "表达也很重要"})
    for where in (scene.desk, f"{scene.desk}/undo"):
        late = colleague.post(where, data={"answer": f"{answer}:1", "points": "2"}, headers=JSON)
        assert late.status_code == HTTPStatus.CONFLICT
        assert late.get_json()["error"]["details"]["points"] == "1"
    assert marks(app, [answer]) == [(1.0, "", 2)]


@pytest.fixture
def of_group(app: Flask) -> tuple[int, int, list[int], Hat, Hat]:
    """Group work of a choice question that the key marked: (work, question, answers, two teachers)."""
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class, "mathematics", name="陈老师")
        colleague = make_teacher(school_class, "mathematics", name="周老师")
        work = make_assignment(
            teacher,
            school_class,
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
            teaming=Teaming.KEPT,
        )
        question = db.session.scalars(questions_of(work.id)).one().id
        for name in ("赵一", "钱二"):
            pupil = make_student(school_class, name)
            make_submission(work, pupil, {question: {"choices": ["A"]}}, now=now)
        db.session.flush()
        answers = list(db.session.scalars(select(Answer.id).order_by(Answer.id)))
        for hat in (teacher, colleague):
            db.session.refresh(hat)
            db.session.expunge(hat)
        return work.id, question, answers, teacher, colleague


def test_a_mark_of_ones_own_in_a_group_meets_the_colleagues_as_well(
    app: Flask, of_group: tuple[int, int, list[int], Hat, Hat], sign_in_as: SignInAs
) -> None:
    work, question, answers, *hats = of_group
    teacher, colleague = map(sign_in_as, hats)
    desk = f"/assignments/{work}/marking"
    teacher.post(desk, data={"answer": [f"{one}:1" for one in answers], "points": "1"}, headers=JSON)
    sent = {"answer": f"{answers[0]}:1", "question": question, "points": "0.5"}
    late = colleague.post(f"{desk}/member", data=sent, headers=JSON)
    assert late.status_code == HTTPStatus.CONFLICT
    assert late.get_json()["error"]["details"]["points"] == "1"
    assert [row[0] for row in marks(app, answers)] == [1.0, 1.0]
    with app.app_context():
        assert not db.session.scalars(select(OwnMark)).all()


def test_a_key_that_was_corrected_meanwhile_is_seen_by_who_marks_by_hand(
    app: Flask, of_group: tuple[int, int, list[int], Hat, Hat], sign_in_as: SignInAs
) -> None:
    work, question, answers, *hats = of_group
    teacher, colleague = map(sign_in_as, hats)
    before = marks(app, answers)
    form = {"policy": "full", "reason": "题目有误"}
    regrade = f"/questions/{question}/regrade"
    seen = teacher.post(regrade, data=form).text.split('name="seen" value="')[1][:64]
    teacher.post(f"{regrade}/apply", data={**form, "seen": seen, "client_key": str(uuid4())})
    with app.app_context():
        run_waiting()
        assert len(db.session.scalars(select(Regrade)).all()) == 1
        assert {one.source for one in db.session.scalars(select(Mark))} == {MarkSource.REGRADE}
    sent = {"answer": [f"{one}:1" for one in answers], "points": "1"}
    late = colleague.post(f"/assignments/{work}/marking", data=sent, headers=JSON)
    assert late.status_code == HTTPStatus.CONFLICT
    assert late.get_json()["error"]["details"]["points"] == "2"
    assert [row[0] for row in marks(app, answers)] == [2.0, 2.0] != [row[0] for row in before]
