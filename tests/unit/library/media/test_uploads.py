"""An upload goes on where the line broke."""

import io
import os
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from core.files import data_folder
from library.media import uploads
from library.media.errors import FileTooLarge, UploadGone, WrongOffset

OWNER = 5


def test_parts_make_a_whole_that_is_forgotten_once_read(context: Flask) -> None:
    key = uuid4()
    assert uploads.append(OWNER, key, 0, io.BytesIO(b"half"), limit_mb=1) == 4
    assert uploads.received_bytes(OWNER, key) == 4
    uploads.append(OWNER, key, 4, io.BytesIO(b" and half"), limit_mb=1)
    with uploads.opened(OWNER, key, 13) as content:
        assert content.read() == b"half and half"
    assert uploads.received_bytes(OWNER, key) == 0


def test_a_part_that_came_before_is_not_taken_twice(context: Flask) -> None:
    key = uuid4()
    uploads.append(OWNER, key, 0, io.BytesIO(b"half"), limit_mb=1)
    with pytest.raises(WrongOffset):
        uploads.append(OWNER, key, 0, io.BytesIO(b"half"), limit_mb=1)
    assert uploads.received_bytes(OWNER, key) == 4


def test_another_person_has_another_upload_under_the_same_key(context: Flask) -> None:
    key = uuid4()
    uploads.append(OWNER, key, 0, io.BytesIO(b"mine"), limit_mb=1)
    assert uploads.received_bytes(OWNER + 1, key) == 0


def test_half_an_upload_is_not_read(context: Flask) -> None:
    key = uuid4()
    uploads.append(OWNER, key, 0, io.BytesIO(b"half"), limit_mb=1)
    with pytest.raises(UploadGone), uploads.opened(OWNER, key, 13):
        pass


def test_it_grows_to_the_limit_only(context: Flask) -> None:
    with pytest.raises(FileTooLarge):
        uploads.append(OWNER, uuid4(), 0, io.BytesIO(b"x" * ((1 << 20) + 1)), limit_mb=1)


def test_what_nobody_came_back_for_is_removed(context: Flask, now: datetime) -> None:
    old, new = uuid4(), uuid4()
    for key in (old, new):
        uploads.append(OWNER, key, 0, io.BytesIO(b"x"), limit_mb=1)
    long_ago, just_now = (now - timedelta(days=3)).timestamp(), now.timestamp()
    os.utime(data_folder("uploads") / f"{OWNER}-{old}.part", (long_ago, long_ago))
    os.utime(data_folder("uploads") / f"{OWNER}-{new}.part", (just_now, just_now))
    assert uploads.forget_old(now) == 1
    assert uploads.received_bytes(OWNER, new) == 1
