"""Each kind of question: asked, answered, handed in, marked and given back; its key stays here until then."""

import io
import json
import wave
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.files import files
from homework.assignments import queries
from homework.assignments.models import AssignmentItem
from homework.corrections.models import Correction
from homework.corrections.stages import Verdict
from homework.marking.models import Mark
from homework.submissions.models import Answer, Recording
from learning.attempts.models import Attempt
from learning.lessons.services import add_checkpoint
from library.items.kinds.table import KINDS, MARKED_BY_MACHINE
from library.items.models import Item, ItemKind, ItemVersion
from library.items.variants import pose, seed_for
from library.resources.models import ResourceKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.learning import make_lesson
from tests.factories.library import make_item, make_resource

SignInAs = Callable[[Hat], Browser]
SECRET = "ZZSECRETZZ"
VARIANT: dict[str, Any] = {
    "kind": ItemKind.NUMERIC,
    "prompt": "[[=a]] × [[=b]] = ？",
    "interaction": {},
    "correct": {"value": "[[=a*b]]", "tolerance": 0.0},
    "parameters": {
        "values": [{"name": "a", "least": "12", "most": "99"}, {"name": "b", "least": "3", "most": "9"}]
    },
}


def speech() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x10" * 8000)
    return out.getvalue()


@dataclass(frozen=True)
class Scene:
    """Work, an exercise and a lesson with questions of every kind, and one with variants."""

    assignment_id: int
    practice_id: int
    lesson_id: int
    checkpoint_id: int
    student: Hat
    classmate: Hat
    teacher: Hat

    @property
    def work(self) -> str:
        return f"/assignments/{self.assignment_id}/work"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        items = [_item(kind) for kind in ItemKind]
        variant = make_item(**VARIANT)
        versions = [db.session.get_one(ItemVersion, one.current_version_id) for one in (*items, variant)]
        assignment = make_assignment(
            teacher,
            school_class,
            versions=versions,
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        lesson = make_lesson(created_by=teacher.person)
        checkpoint = add_checkpoint(lesson, 5.0, items[0].id, author=None)
        made = Scene(
            assignment.id,
            make_resource(kind=ResourceKind.PRACTICE, items=[*items, variant]).id,
            lesson.id,
            checkpoint.id,
            make_student(school_class),
            make_student(school_class, "王小明"),
            teacher,
        )
        db.session.flush()
        for hat in (made.student, made.classmate, made.teacher):
            db.session.refresh(hat)
        db.session.expunge_all()
    return made


TELLING: dict[ItemKind, dict[str, object]] = {
    ItemKind.TEXT_ENTRY: {"correct": {"blanks": [[SECRET]]}, "interaction": {"blanks": 1}},
    ItemKind.NUMERIC: {"correct": {"value": 86753098675, "tolerance": 0.0}},
    ItemKind.HOTSPOT: {
        "interaction": {"picture": "map", "points": 1},
        "correct": {"regions": [{"shape": "rect", "coords": [111, 222, 333, 444]}]},
    },
}
"""Keys that a page could not hold by chance."""


def _item(kind: ItemKind) -> Item:
    """A question whose explanation, hints and typical errors all say the secret."""
    nothing = {KINDS[kind].field: []}
    return make_item(
        kind,
        explanation=f"{SECRET} explanation",
        hints=[f"{SECRET} hint"],
        misconceptions=[{"response": nothing, "feedback": SECRET}],
        **TELLING.get(kind, {}),
    )


def test_no_key_reaches_anybody_before_an_answer(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.student)
    pages = [
        scene.work,
        f"/assignments/{scene.assignment_id}",
        "/api/v1/assignments",
        f"/api/v1/library/resources/{scene.practice_id}",
        f"/library/{scene.practice_id}",
        f"/api/v1/lessons/{scene.lesson_id}",
        f"/lessons/{scene.lesson_id}/questions/{scene.checkpoint_id}",
        *(f"/practice/{scene.practice_id}?q={number}" for number in range(1, len(ItemKind) + 2)),
    ]
    for address in pages:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        for secret in (SECRET, "86753098675", "regions", "111, 222", "111,222", "[[="):
            assert secret not in answer.text, (address, secret)


def answers_of(app: Flask, scene: Scene, hat: Hat) -> dict[int, dict[str, object]]:
    with app.app_context():
        found = {}
        for one in db.session.scalars(queries.questions_of(scene.assignment_id)):
            version = one.item_version
            if version.kind is ItemKind.EXTENDED_TEXT:
                found[one.id] = {"text": "第一段。\n第二段。"}
            elif KINDS[version.kind].files is None:
                attempt = pose(version, _seed(scene, hat, version))
                found[one.id] = KINDS[version.kind].right(attempt)
        return found


def _seed(scene: Scene, hat: Hat, version: ItemVersion) -> int:
    return seed_for(hat.person_id, "homework", scene.assignment_id, version.item_id)


def question_of(app: Flask, scene: Scene, kind: ItemKind) -> int:
    with app.app_context():
        return (
            db.session.scalars(
                select(AssignmentItem.id)
                .join(ItemVersion, ItemVersion.id == AssignmentItem.item_version_id)
                .where(AssignmentItem.assignment_id == scene.assignment_id, ItemVersion.kind == kind)
                .order_by(AssignmentItem.position)
            ).first()
            or 0
        )


def hand_in(app: Flask, scene: Scene, browser: Browser, hat: Hat, sound: bytes | None = None) -> int:
    spoken = question_of(app, scene, ItemKind.SPOKEN)
    answer = browser.post(
        f"/api/v1/assignments/{scene.assignment_id}/submissions",
        data={
            "answers": json.dumps(answers_of(app, scene, hat)),
            f"recordings-{spoken}": (io.BytesIO(speech() if sound is None else sound), "speech"),
        },
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def test_all_right_answers_are_marked_right_at_once_and_the_rest_waits(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    submission_id = hand_in(app, scene, browser, scene.student)
    with app.app_context():
        attempts = db.session.scalars(
            select(Attempt).join(Answer).where(Answer.submission_id == submission_id)
        )
        scores = {db.session.get_one(ItemVersion, one.item_version_id).kind: one.score for one in attempts}
        [recording] = db.session.scalars(select(Recording))
        assert files().path(recording.sound_sha256).read_bytes()[4:8] == b"ftyp"
        assert 0.9 < recording.seconds < 1.2
        recording_id = recording.id
    assert {kind for kind, score in scores.items() if score == 1} == MARKED_BY_MACHINE
    assert {kind for kind, score in scores.items() if score is None} == {
        ItemKind.EXTENDED_TEXT,
        ItemKind.SPOKEN,
    }
    # The pupil sees her answers and nobody's key; a classmate hears nothing of it.
    page = browser.get(f"/submissions/{submission_id}").text
    assert "第二段。" in page
    assert SECRET not in page.replace(f'value="{SECRET}"', "")
    sound = browser.get(f"/recordings/{recording_id}/sound", headers={"Range": "bytes=0-9"}, buffered=True)
    assert (sound.status_code, sound.mimetype) == (206, "audio/mp4")
    assert sign_in_as(scene.classmate).get(f"/recordings/{recording_id}/sound").status_code == 404


def test_the_teacher_marks_every_kind_and_the_pupil_gets_it_back(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    submission_id = hand_in(app, scene, sign_in_as(scene.student), scene.student)
    teacher = sign_in_as(scene.teacher)
    with app.app_context():
        questions = list(db.session.scalars(queries.questions_of(scene.assignment_id)))
        ids = [one.id for one in questions]
        unmarked = list(
            db.session.scalars(
                select(Answer.id)
                .outerjoin(Mark, Mark.answer_id == Answer.id)
                .where(Answer.submission_id == submission_id, Mark.id.is_(None))
            )
        )
    for question_id in ids:
        page = teacher.get(f"/assignments/{scene.assignment_id}/marking?question={question_id}")
        assert page.status_code == 200
    spoken = question_of(app, scene, ItemKind.SPOKEN)
    assert "<audio" in teacher.get(f"/assignments/{scene.assignment_id}/marking?question={spoken}").text
    for answer_id in unmarked:
        teacher.post(
            f"/assignments/{scene.assignment_id}/marking", data={"answer": f"{answer_id}:0", "points": "2"}
        )
    assert teacher.post(f"/assignments/{scene.assignment_id}/return").status_code == 302
    page = sign_in_as(scene.student).get(f"/submissions/{submission_id}").text
    assert SECRET in page
    assert "<audio" in page


def test_what_is_no_recording_is_refused_in_a_sentence(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    spoken = question_of(app, scene, ItemKind.SPOKEN)
    photo = question_of(app, scene, ItemKind.PHOTO)
    for name, content, code in (
        (f"recordings-{spoken}", b"#!/bin/sh", "bad_recording"),
        (f"recordings-{spoken}", speech()[:40], "bad_recording"),
        (f"recordings-{photo}", speech(), "unknown_question"),
    ):
        answer = browser.post(
            f"/api/v1/assignments/{scene.assignment_id}/submissions",
            data={"answers": "{}", name: (io.BytesIO(content), "speech")},
            headers={"Idempotency-Key": str(uuid4())},
            content_type="multipart/form-data",
        )
        assert answer.status_code == 422
        assert answer.get_json()["error"]["code"] == code
        assert answer.get_json()["error"]["message"]


def test_each_pupil_meets_a_variant_of_her_own_that_stays_the_same(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        variant = db.session.scalars(queries.questions_of(scene.assignment_id)).all()[-1]
        version = variant.item_version
        own, other = (pose(version, _seed(scene, hat, version)) for hat in (scene.student, scene.classmate))
    assert own.prompt != other.prompt
    browser = sign_in_as(scene.student)
    assert own.prompt in browser.get(scene.work).text
    assert own.prompt in browser.get(scene.work).text
    assert other.prompt in sign_in_as(scene.classmate).get(scene.work).text
    submission_id = hand_in(app, scene, browser, scene.student)
    with app.app_context():
        attempt = db.session.scalars(
            select(Attempt)
            .join(Answer)
            .where(Answer.submission_id == submission_id)
            .order_by(Attempt.id.desc())
        ).first()
        assert attempt is not None
        assert attempt.seed == own.seed
        assert attempt.is_correct
        assert pose(db.session.get_one(ItemVersion, attempt.item_version_id), attempt.seed) == own


def test_an_answer_stays_with_the_wording_that_was_seen(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    submission_id = hand_in(app, scene, browser, scene.student)
    with app.app_context(), transaction():
        for version in db.session.scalars(select(ItemVersion).where(ItemVersion.number == 1)):
            later = ItemVersion(
                item_id=version.item_id,
                number=2,
                kind=version.kind,
                prompt="另一道题",
                interaction=version.interaction,
                correct=version.correct,
                hints=[],
                misconceptions=[],
                pictures=version.pictures,
                created_at=clock.now(),
            )
            db.session.add(later)
            db.session.flush()
            db.session.get_one(Item, version.item_id).current_version_id = later.id
    page = browser.get(f"/submissions/{submission_id}").text
    assert "另一道题" not in page
    assert "解方程" in page


def test_what_came_back_is_corrected_in_every_kind_and_a_variant_stays_the_pupils_own(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser, teacher = sign_in_as(scene.student), sign_in_as(scene.teacher)
    with app.app_context():
        variant = db.session.scalars(queries.questions_of(scene.assignment_id)).all()[-1]
        own = pose(variant.item_version, _seed(scene, scene.student, variant.item_version))
        variant_id = variant.id
    spoken = question_of(app, scene, ItemKind.SPOKEN)
    answer = browser.post(
        f"/api/v1/assignments/{scene.assignment_id}/submissions",
        data={
            "answers": json.dumps({variant_id: {"value": "0"}}),
            f"recordings-{spoken}": (io.BytesIO(speech()), "speech"),
        },
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    submission_id = answer.get_json()["id"]
    with app.app_context():
        heard = db.session.scalars(select(Recording.answer_id)).one()
    teacher.post(f"/assignments/{scene.assignment_id}/marking", data={"answer": f"{heard}:0", "points": "1"})
    assert teacher.post(f"/assignments/{scene.assignment_id}/return").status_code == 302
    address = f"/submissions/{submission_id}/corrections"
    page = browser.get(address).text
    assert own.prompt in page
    assert f'id="question-{variant_id}"' in page
    # What was spoken is talked about.
    assert f'id="question-{spoken}"' not in page
    for question_id, response in answers_of(app, scene, scene.student).items():
        [(name, values)] = response.items()
        fields = {f"q{question_id}-{name}": _typed(values)}
        sent = browser.post(f"{address}/{question_id}", data=fields | {"client_key": str(uuid4())})
        assert sent.status_code == 303, sent.text
    with app.app_context():
        stages = dict(db.session.execute(select(Correction.assignment_item_id, Correction.state)).all())
        written = question_of(app, scene, ItemKind.EXTENDED_TEXT)
    assert stages.pop(written) is Verdict.WAITING
    assert set(stages.values()) == {Verdict.ACCEPTED}
    assert browser.get(address).status_code == 200
    assert teacher.get(f"/assignments/{scene.assignment_id}/corrections").status_code == 200
    assert own.prompt in teacher.get(f"/assignments/{scene.assignment_id}/report/{variant_id}").text


def _typed(values: object) -> object:
    """As the fields of a page have them: points as two numbers with a comma."""
    if not isinstance(values, list):
        return values
    return [",".join(str(part) for part in one) if isinstance(one, list) else one for one in values]


def test_where_no_key_can_be_typed_the_page_says_so_and_full_marks_are_given(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    hand_in(app, scene, sign_in_as(scene.student), scene.student)
    teacher = sign_in_as(scene.teacher)
    for kind in ItemKind:
        address = f"/questions/{question_of(app, scene, kind)}/regrade"
        page = teacher.get(address).text
        assert ('value="remark"' in page) == (kind in MARKED_BY_MACHINE)
        if kind not in MARKED_BY_MACHINE:
            asked = teacher.post(address, data={"policy": "remark", "reason": "答案错了"})
            assert asked.status_code == 422
            assert teacher.post(address, data={"policy": "full", "reason": "答案错了"}).status_code == 200
