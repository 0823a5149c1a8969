"""A class full of devices that hand in photographed work over real connections."""

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from uuid import UUID, uuid4

import flask_migrate
import numpy as np
from flask import Flask
from PIL import Image

from accounts.sign_in.passwords import hash_password
from app.factory import create_app
from app.settings import Environment, Settings
from core.database import db, transaction
from core.files import files
from homework.assignments.queries import questions_of
from homework.submissions.models import Page
from library.items.models import ItemKind
from library.media.receiving import open_received
from tests.devices import Device, Part
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import RIGHT, make_assignment

PASSWORD = "three green lamps"
PHOTOS = 2
BUSY = 503


@dataclass
class School:
    """Pupils with one assignment (a choice and a photo question), and the folder their platform runs on."""

    app: Flask
    data_dir: Path
    usernames: list[str]
    assignment_id: int
    choice_id: int
    photo_id: int


@dataclass
class HandIn:
    """What one pupil sends, with the same key each time, until there is a receipt."""

    device: Device
    photos: list[bytes]
    client_key: UUID = field(default_factory=uuid4)
    receipts: list[dict[str, object]] = field(default_factory=list)
    tries: int = 0

    def send(self, school: School) -> None:
        """Send once; a broken connection or a busy server teaches nothing."""
        self.tries += 1
        files = [
            Part(f"photos-{school.photo_id}", f"page {number}.jpg", content)
            for number, content in enumerate(self.photos)
        ]
        try:
            reply = self.device.post_parts(
                f"/api/v1/assignments/{school.assignment_id}/submissions",
                {"answers": json.dumps({school.choice_id: RIGHT[ItemKind.CHOICE]})},
                files,
                {"Idempotency-Key": str(self.client_key)},
            )
        except (OSError, HTTPException):
            return
        if reply.status in {200, 201}:
            self.receipts.append(reply.json)
        elif reply.status != BUSY:
            message = f"the hand-in was refused: {reply.status} {reply.content!r}"
            raise AssertionError(message)


@contextmanager
def school_on_disk(data_dir: Path, *, pupils: int, database_url: str = "") -> Iterator[School]:
    """Make the school; its application's context is for looking at what was stored."""
    app = create_app(
        Settings(data_dir=data_dir, environment=Environment.PRODUCTION, database_url=database_url)
    )
    with app.app_context():
        flask_migrate.upgrade()
        with transaction():
            made = _made(app, data_dir, pupils)
        db.session.remove()
        db.engine.dispose()
        yield made
        db.session.remove()
        db.engine.dispose()


def _made(app: Flask, data_dir: Path, pupils: int) -> School:
    now = datetime.now(UTC)
    school_class = make_class()
    hats = [make_student(school_class, f"学生{number}") for number in range(pupils)]
    password_hash = hash_password(PASSWORD)
    for hat in hats:
        hat.person.password_hash = password_hash
    assignment = make_assignment(
        make_teacher(school_class),
        school_class,
        kinds=(ItemKind.CHOICE, ItemKind.PHOTO),
        opens_at=now - timedelta(hours=1),
        due_at=now + timedelta(hours=1),
        cut_off_at=now + timedelta(days=1),
    )
    asked = {one.item_version.kind: one.id for one in db.session.scalars(questions_of(assignment.id))}
    usernames = [hat.person.username for hat in hats]
    return School(app, data_dir, usernames, assignment.id, asked[ItemKind.CHOICE], asked[ItemKind.PHOTO])


def photo(number: int, *, width: int = 160, height: int = 120) -> bytes:
    """A picture that no other pupil sends."""
    pixels = np.random.default_rng(number).integers(0, 255, (height, width, 3), np.uint8)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "JPEG")
    return content.getvalue()


def is_whole(page: Page) -> bool:
    """Whether what the page shows is on the disk: what was received, or what was written of it since."""
    if page.received is not None:
        try:
            with open_received(page.received) as sent:
                return hashlib.sha256(sent.read()).hexdigest() == page.upload_sha256
        except FileNotFoundError:
            db.session.rollback()
    names = (page.picture_sha256, page.thumbnail_sha256)
    return all(name is not None and _is_stored(name) for name in names)


def _is_stored(name: str) -> bool:
    try:
        return hashlib.sha256(files().path(name).read_bytes()).hexdigest() == name
    except FileNotFoundError:
        return False


def devices_of(school: School, url: str, *, width: int = 160, height: int = 120) -> list[HandIn]:
    """Every pupil's device, signed in, with the work it is about to send."""
    made = []
    for number, username in enumerate(school.usernames):
        device = Device(url)
        device.sign_in(username, PASSWORD)
        photos = [photo(number * PHOTOS + one, width=width, height=height) for one in range(PHOTOS)]
        made.append(HandIn(device, photos))
    return made
