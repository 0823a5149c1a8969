"""Photographs that can be kept as they are until they are written anew, and those that cannot."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from PIL import Image

from library.media.errors import DamagedPicture, NotAPicture
from library.media.pictures import Picture
from library.media.receiving import (
    Received,
    forget_received,
    open_received,
    receive_picture,
    received_before,
)
from tests.factories.media import picture_bytes, zip_bytes


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def noise() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def test_a_photo_as_our_pages_send_it_is_kept_as_it_is(context: Flask) -> None:
    sent = noise()
    photo = receive_picture(io.BytesIO(sent))
    assert isinstance(photo, Received)
    assert (photo.width, photo.height) == (800, 600)
    with open_received(photo.name) as stream:
        assert stream.read() == sent
    assert list(received_before(datetime.now(UTC) - timedelta(hours=1))) == []
    assert list(received_before(datetime.now(UTC) + timedelta(hours=1))) == [photo.name]
    forget_received(photo.name)
    with pytest.raises(FileNotFoundError):
        open_received(photo.name)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        pytest.param(picture_bytes(3000, 1000), (2400, 800), id="one that is shrunk"),
        pytest.param(picture_bytes(640, 480, exif=turned()), (480, 640), id="one that is turned"),
        pytest.param(picture_bytes(64, 48, "PNG"), (64, 48), id="one of another kind"),
    ],
)
def test_what_has_to_change_is_written_anew_at_once(
    context: Flask, content: bytes, size: tuple[int, int]
) -> None:
    photo = receive_picture(io.BytesIO(content))
    assert isinstance(photo, Picture)
    assert (photo.width, photo.height) == size


def test_a_photo_that_ends_in_the_middle_is_damaged(context: Flask) -> None:
    sent = noise()
    with pytest.raises(DamagedPicture):
        receive_picture(io.BytesIO(sent[: len(sent) // 2]))


def test_what_is_no_picture_is_refused(context: Flask) -> None:
    with pytest.raises(NotAPicture):
        receive_picture(io.BytesIO(zip_bytes()))
    assert list(received_before(datetime.now(UTC) + timedelta(hours=1))) == []
