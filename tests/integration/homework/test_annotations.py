"""Drawing, stamping, writing and speaking on photographed work; and who sees it when."""

import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from homework.annotations.models import PageNote
from homework.annotations.services import MOST_NOTES
from homework.marking.services import mark, return_one
from homework.submissions.models import Answer, Page, Submission
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.media import sound_bytes

SignInAs = Callable[[Hat], Browser]
JSON = {"Accept": "application/json"}
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Scene:
    """A handed in page, and who is concerned."""

    page_id: int
    submission_id: int
    teacher: Hat
    colleague: Hat
    student: Hat
    guardian: Hat

    @property
    def address(self) -> str:
        return f"/pages/{self.page_id}/annotate"

    @property
    def drawing(self) -> str:
        return f"/pages/{self.page_id}/annotations.svg"


@pytest.fixture
def scene(app: Flask, now: datetime) -> Scene:
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, colleague = make_teacher(school_class), make_teacher(school_class)
        student = make_student(school_class)
        assignment = make_assignment(teacher, school_class, kinds=(ItemKind.PHOTO,))
        submission = make_submission(assignment, student, photos=2, now=now)
        page = db.session.scalars(select(Page).join(Answer).order_by(Page.position)).first()
        assert page is not None
        made = Scene(page.id, submission.id, teacher, colleague, student, make_guardian(student))
        db.session.flush()
        for hat in (teacher, colleague, student, made.guardian):
            db.session.refresh(hat)
        db.session.expunge_all()
    return made


def a_note(kind: str = "stamp", **shape: object) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "stamp": {"x": 5_000, "y": 5_000, "name": "right", "size": 900},
        "pen": {"points": [100, 100, 900, 900, 100, 900], "colour": "red", "width": 50},
        "text": {"x": 100, "y": 100, "text": "移项要变号", "colour": "blue", "size": 420},
    }
    return {"key": str(uuid4()), "kind": kind, "shape": shapes[kind] | shape}


def give_back(app: Flask, scene: Scene, now: datetime) -> None:
    with app.app_context(), transaction():
        teacher = db.session.merge(scene.teacher)
        submission = db.session.get_one(Submission, scene.submission_id)
        answer = db.session.scalars(select(Answer)).one()
        mark(answer, teacher, points=1.0, version=0, now=now)
        return_one(submission, teacher, now=now)


def test_what_is_drawn_stays_and_is_sent_twice_without_harm(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    sent = {"added": [a_note("pen"), a_note("stamp"), a_note("text")]}
    for _again in range(2):
        answer = browser.post(scene.address, json=sent, headers=JSON)
        assert [one["key"] for one in answer.json["notes"]] == [one["key"] for one in sent["added"]]
    stored = re.search(r"data-annotate-stored[^>]*>(.*?)</script>", browser.get(scene.address).text)
    assert stored is not None
    assert [one["shape"].get("text") for one in json.loads(stored[1])] == [None, None, "移项要变号"]
    drawn = ET.fromstring(browser.get(scene.drawing).data)  # noqa: S314 -- our own
    assert len(drawn.findall(f"{SVG}path")) == len(drawn.findall(f"{SVG}use")) == 1
    assert drawn.findtext(f"{SVG}text/{SVG}tspan") == "移项要变号"


def test_two_teachers_on_one_page_lose_nothing(scene: Scene, sign_in_as: SignInAs) -> None:
    one, other = sign_in_as(scene.teacher), sign_in_as(scene.colleague)
    mine, theirs = a_note(), a_note("pen")
    one.post(scene.address, json={"added": [mine]}, headers=JSON)
    answer = other.post(scene.address, json={"added": [theirs]}, headers=JSON)
    assert {note["key"] for note in answer.json["notes"]} == {mine["key"], theirs["key"]}


def test_what_is_taken_away_can_be_put_back(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    note = a_note()
    browser.post(scene.address, json={"added": [note]}, headers=JSON)
    assert browser.post(scene.address, json={"removed": [note["key"]]}, headers=JSON).json["notes"] == []
    put_back = browser.post(scene.address, json={"added": [note], "restored": [note["key"]]}, headers=JSON)
    assert [one["key"] for one in put_back.json["notes"]] == [note["key"]]


def test_words_cannot_become_markup(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    hostile = "</script><script>alert(1)</script>]]>&<svg onload=alert(1)>"
    browser.post(scene.address, json={"added": [a_note("text", text=hostile)]}, headers=JSON)
    assert "<script>alert" not in browser.get(scene.address).text
    drawn = ET.fromstring(browser.get(scene.drawing).data)  # noqa: S314 -- our own
    assert drawn.findtext(f"{SVG}text/{SVG}tspan") == hostile


def test_bad_shapes_leave_the_page_as_it_was(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    answer = browser.post(scene.address, json={"added": [a_note(), a_note(x=99_999)]}, headers=JSON)
    assert answer.status_code == 422
    assert "无法读取" in answer.json["error"]["message"]
    assert browser.post(scene.address, data="nonsense", headers=JSON).status_code == 422
    assert browser.post(scene.address, json={}, headers=JSON).json["notes"] == []


def test_a_full_page_takes_no_more(app: Flask, scene: Scene, now: datetime, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        for _number in range(MOST_NOTES):
            db.session.add(
                PageNote(
                    page_id=scene.page_id,
                    client_key=uuid4(),
                    kind="stamp",
                    shape=a_note()["shape"],
                    made_by_id=scene.teacher.person_id,
                    made_at=now,
                )
            )
    answer = sign_in_as(scene.teacher).post(scene.address, json={"added": [a_note()]}, headers=JSON)
    assert answer.status_code == 409
    assert str(MOST_NOTES) in answer.json["error"]["message"]


def test_pupil_and_guardian_see_it_once_the_work_is_returned(
    app: Flask, scene: Scene, now: datetime, sign_in_as: SignInAs
) -> None:
    teacher, student, guardian = map(sign_in_as, (scene.teacher, scene.student, scene.guardian))
    teacher.post(scene.address, json={"added": [a_note()]}, headers=JSON)
    shown = f"/submissions/{scene.submission_id}"
    for browser in (student, guardian):
        assert browser.get(scene.drawing).status_code == 404
        assert "annotations.svg" not in browser.get(shown).text
    give_back(app, scene, now)
    for browser in (student, guardian):
        assert browser.get(scene.drawing).status_code == 200
        assert scene.drawing in browser.get(shown).text
        assert scene.address not in browser.get(shown).text


def test_a_spoken_comment_is_heard_by_the_pupil(
    app: Flask, scene: Scene, now: datetime, sign_in_as: SignInAs
) -> None:
    teacher, student = sign_in_as(scene.teacher), sign_in_as(scene.student)
    key = str(uuid4())
    for _again in range(2):
        sent = {"key": key, "x": "100", "y": "200", "sound": (io.BytesIO(sound_bytes()), "comment")}
        answer = teacher.post(f"/pages/{scene.page_id}/voice", data=sent, headers=JSON)
        (note,) = answer.json["notes"]
    assert note["key"] == key
    assert student.get(note["url"]).status_code == 404
    give_back(app, scene, now)
    heard = student.get(note["url"])
    assert heard.status_code == 200
    assert heard.mimetype == "audio/mp4"
    heard.close()
    assert note["url"] in student.get(f"/submissions/{scene.submission_id}").text
    missing = teacher.post(
        f"/pages/{scene.page_id}/voice", data={"key": key, "x": "1", "y": "1"}, headers=JSON
    )
    assert "没有录到声音" in missing.json["error"]["message"]
