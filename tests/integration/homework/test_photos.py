"""Photographs are shown without their camera's data at once, and written anew after the receipt."""

import io
import json
import os
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.files import data_folder
from core.jobs.models import Job
from homework.assignments import queries
from homework.submissions.models import Page
from homework.submissions.photos import LONGEST_REQUEST, forget_unnamed, write_anew
from homework.submissions.tasks import write_photos_anew
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.hand_ins import is_whole

SignInAs = Callable[[Hat], Browser]
PHOTOS = 2


@pytest.fixture
def pupil(app: Flask) -> Hat:
    with app.app_context(), transaction():
        for one in data_folder("received").iterdir():
            one.unlink()  # of tests before
        school_class = make_class()
        hat = make_student(school_class)
        now = clock.now()
        make_assignment(
            make_teacher(school_class),
            school_class,
            kinds=(ItemKind.PHOTO,),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        db.session.flush()
        db.session.refresh(hat)
        db.session.expunge_all()
    return hat


def photo(shade: int) -> bytes:
    """As a camera makes it that says where and when."""
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (600, 800), (shade, shade, shade)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def browser(app: Flask, pupil: Hat, sign_in_as: SignInAs) -> Browser:
    """Of a pupil who has handed in two photographs."""
    browser = sign_in_as(pupil)
    with app.app_context():
        [question] = db.session.scalars(queries.questions_of(1))
        name = f"photos-{question.id}"
    photos = [(io.BytesIO(photo(shade)), "1.jpg") for shade in (90, 180)]
    answer = browser.post(
        "/api/v1/assignments/1/submissions",
        data={"answers": json.dumps({}), name: photos},
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201, answer.get_json()
    return browser


def looks(browser: Browser, kind: str) -> list[bytes]:
    """The pictures as they are shown."""
    found = []
    for number in range(1, PHOTOS + 1):
        with browser.get(f"/pages/{number}/{kind}") as answer:
            assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
            assert answer.headers["Cache-Control"] == "private, no-store"
            found.append(answer.data)
    return found


def pages() -> list[Page]:
    db.session.rollback()
    return list(db.session.scalars(select(Page).order_by(Page.id)))


def test_before_and_after_the_same_is_shown_and_nothing_of_the_camera(app: Flask, browser: Browser) -> None:
    before = looks(browser, "picture"), looks(browser, "thumbnail")
    assert all(not Image.open(io.BytesIO(one)).getexif() for one in before[0])
    assert [Image.open(io.BytesIO(one)).size for one in before[1]] == [(300, 400)] * PHOTOS
    with app.app_context():
        assert all(one.received and is_whole(one) for one in pages())
        assert db.session.scalars(select(Job.task).where(Job.key == write_photos_anew.name)).all()
        write_photos_anew()
        assert all(one.received is None and is_whole(one) for one in pages())
        assert list(data_folder("received").iterdir()) == []
    assert (looks(browser, "picture"), looks(browser, "thumbnail")) == before


def test_every_page_that_shows_a_photo_names_the_new_one(app: Flask, browser: Browser) -> None:
    with app.app_context():
        with transaction():
            first, second = pages()
            second.received, second.upload_sha256 = first.received, first.upload_sha256
        name = pages()[0].received
        assert name is not None
        write_anew([name, "what another worker has taken away"])
        first, second = pages()
        assert first.picture_sha256 == second.picture_sha256 is not None
        assert first.received is second.received is None


def test_a_damaged_disk_does_not_hold_up_the_other_photos(app: Flask, browser: Browser) -> None:
    with app.app_context():
        (data_folder("received") / str(pages()[0].received)).write_bytes(b"\0" * 1_000)
        write_photos_anew()
        assert [one.received is None for one in pages()] == [False, True]


def test_what_no_hand_in_names_is_forgotten_after_a_day(app: Flask, browser: Browser) -> None:
    with app.app_context():
        folder, now = data_folder("received"), clock.now()
        for name in ("old", "new"):
            (folder / name).write_bytes(b"of a request that was cut")
        old = (now - LONGEST_REQUEST).timestamp() - 1
        for name in ("old", pages()[0].received):
            os.utime(folder / str(name), (old, old))
        assert forget_unnamed(now) == 1
        assert {one.name for one in folder.iterdir()} == {"new", *(one.received for one in pages())}


def test_pages_of_the_last_hand_in_are_named_while_they_wait(app: Flask, browser: Browser) -> None:
    with app.app_context():
        hashes = [one.upload_sha256 for one in pages()]
        [question] = db.session.scalars(queries.questions_of(1))
        sent = json.dumps({question.id: hashes})
    answer = browser.post(
        "/api/v1/assignments/1/submissions",
        data={"answers": json.dumps({}), "sent": sent},
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201, answer.get_json()
    with app.app_context():
        found = pages()
        assert [one.upload_sha256 for one in found] == hashes * 2
        assert all(one.received is None and is_whole(one) for one in found)
