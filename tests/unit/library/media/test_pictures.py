"""Pictures are judged by their content, written anew, and say nothing of camera and place."""

import io
import struct
import zlib

import pytest
from flask import Flask
from PIL import Image

from core.files import files
from library.media.errors import DamagedPicture, NotAPicture, PictureTooLarge
from library.media.pictures import take_drawing, take_picture
from tests.factories.media import picture_bytes, zip_bytes


def taken(content: bytes) -> Image.Image:
    picture = take_picture(io.BytesIO(content))
    with files().open(picture.sha256) as stored:
        image = Image.open(io.BytesIO(stored.read()))
    assert (image.width, image.height) == (picture.width, picture.height)
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_of_every_usual_kind_are_taken(context: Flask, kind: str) -> None:
    assert taken(picture_bytes(kind=kind)).format == "JPEG"


def test_camera_and_place_are_left_behind_and_the_orientation_applied(context: Flask) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    image = taken(picture_bytes(640, 480, exif=exif, comment=b"my room"))
    assert image.size == (480, 640)
    assert not image.getexif()
    assert not image.info.keys() & {"exif", "comment", "icc_profile", "xmp"}


def test_a_large_photo_becomes_small_enough_for_a_thin_line(context: Flask) -> None:
    assert taken(picture_bytes(6000, 3000)).size == (2400, 1200)


def test_a_thumbnail_is_made(context: Flask) -> None:
    picture = take_picture(io.BytesIO(picture_bytes(1600, 1200)))
    with files().open(picture.thumbnail_sha256) as stored:
        assert Image.open(stored).size == (400, 300)


@pytest.mark.parametrize(
    ("quality", "grows_by"),
    [pytest.param(60, 1.02, id="as our pages send it"), pytest.param(98, 0.7, id="as cameras make it")],
)
def test_a_photo_taken_in_is_no_larger_than_it_was_sent(
    context: Flask, quality: int, grows_by: float
) -> None:
    page = Image.effect_noise((800, 600), 40).convert("RGB")
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    picture = take_picture(io.BytesIO(out.getvalue()))
    assert files().path(picture.sha256).stat().st_size <= out.tell() * grows_by


def test_what_was_transparent_becomes_white(context: Flask) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert taken(out.getvalue()).getpixel((5, 5)) == (255, 255, 255)


def test_a_zip_renamed_to_jpg_is_no_picture(context: Flask) -> None:
    with pytest.raises(NotAPicture):
        take_picture(io.BytesIO(zip_bytes()))


def test_a_page_that_pretends_to_be_a_picture_is_none(context: Flask) -> None:
    with pytest.raises(NotAPicture):
        take_picture(io.BytesIO(b"<html><script>alert(1)</script></html>"))


def test_an_empty_file_is_no_picture(context: Flask) -> None:
    with pytest.raises(NotAPicture):
        take_picture(io.BytesIO(b""))


def test_half_a_photo_is_damaged(context: Flask) -> None:
    whole = picture_bytes(2000, 2000, "PNG")
    with pytest.raises(DamagedPicture):
        take_picture(io.BytesIO(whole[: len(whole) // 2]))


def test_sixty_megapixels_are_refused_before_decoding_and_the_sentence_says_how_many(context: Flask) -> None:
    with pytest.raises(PictureTooLarge) as refusal:
        take_picture(io.BytesIO(pixel_flood(10_000, 6_000)))
    assert "60" in str(refusal.value)
    assert "40" in str(refusal.value)


def test_a_flood_of_pixels_is_refused_however_large_it_claims_to_be(context: Flask) -> None:
    with pytest.raises(PictureTooLarge):
        take_picture(io.BytesIO(pixel_flood(60_000, 60_000)))


def pixel_flood(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def test_a_drawing_becomes_small_enough_and_taken_in_again_stays_the_same(context: Flask) -> None:
    out = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(out, "PNG")
    out.seek(0)
    drawing = take_drawing(out, most_bytes=20_000)
    assert drawing.size_bytes <= 20_000
    assert 0.9 < drawing.width / drawing.height * 3 / 4 < 1.1
    with files().open(drawing.sha256) as stored:
        again = take_drawing(io.BytesIO(stored.read()), most_bytes=20_000)
    assert again == drawing
