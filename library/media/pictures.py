"""Pictures are decoded and written anew: what is stored is ours, and says nothing but what it shows.

Size is judged before decoding, the camera's orientation is applied, and every other trace of camera
and place is left behind.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, TypeGuard

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from core.files import CHUNK_BYTES, files
from library.media.cuts import WHOLE, Cut
from library.media.errors import DamagedPicture, FileTooLarge, NotAPicture, PictureTooLarge
from library.media.kinds import sniff
from library.media.models import MediaKind

MEDIA_TYPE = "image/jpeg"
"""What ``take_picture`` writes."""
MOST_MEGAPIXELS = 40
LARGEST_MB = 30
LONG_SIDE = 2400
LONG_SIDE_OF_DRAWING = 1600
SHORTEST_DRAWING = 64
"""Of the long side: nobody sees anything in less."""
THUMBNAIL_SIDE = 400
Written = Mapping[str, Any]
"""How a JPEG is written: arguments for Pillow."""
OURS: Written = {"quality": 85, "optimize": True}
SMALL: Written = {"quality": 80}
FINEST_GRAIN = 1_100
"""The sum of the table for brightness at ``OURS``: a finer table has a smaller one."""
UPRIGHT = 1
"""The orientation of a camera that was held as its picture is shown."""
_PAPER = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was stored, in JPEG."""

    sha256: str
    thumbnail_sha256: str
    width: int
    height: int
    upload_sha256: str
    """Of the bytes that were uploaded: what a receipt names."""


def take_picture(stream: IO[bytes]) -> Picture:
    """Read the picture in *stream*, store it and its thumbnail. Slow: call it before a transaction.

    Raises:
        NotAPicture: it is something else, whatever its name.
        DamagedPicture: it cannot be read to its end.
        PictureTooLarge: it has more than 40 megapixels.
        FileTooLarge: it has more than 30 MB.
    """
    upload_sha256 = digest(stream)
    anew = write_anew(stream)
    return Picture(
        sha256=files().put(io.BytesIO(anew.content)).sha256,
        thumbnail_sha256=files().put(io.BytesIO(anew.thumbnail)).sha256,
        width=anew.width,
        height=anew.height,
        upload_sha256=upload_sha256,
    )


@dataclass(frozen=True, slots=True)
class Anew:
    """A picture as we write it, in JPEG."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def write_anew(stream: IO[bytes]) -> Anew:
    """Read the picture in *stream* and write it and its thumbnail; nothing is stored.

    Raises:
        Refusals of ``take_picture``, but for files that are too large.
    """
    image, written = _decode(stream)
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return Anew(_jpeg(image, written), _jpeg(_shrunk(image, THUMBNAIL_SIDE), SMALL), *image.size)


def size_as_it_is(stream: IO[bytes]) -> tuple[int, int] | None:
    """Width and height of a photograph that needs neither shrinking nor turning; None for all others.

    It is read to its end, but at an eighth: each byte is looked at, and few pixels are made.

    Raises:
        Refusals of ``take_picture``, but for files that are too large.
    """
    with _opened(stream) as image:
        turned = image.getexif().get(ExifTags.Base.Orientation, UPRIGHT) != UPRIGHT
        if not _is_common_jpeg(image) or turned:
            return None
        size = image.size
        image.draft("RGB", (size[0] // 8, size[1] // 8))
        image.load()
        return size


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a question as it was stored, in PNG: taken in again, it stays the same bytes."""

    sha256: str
    width: int
    height: int
    size_bytes: int


def take_drawing(stream: IO[bytes], *, most_bytes: int | None = None) -> Drawing:
    """Read the picture in *stream* and store it without loss. Slow: call it before a transaction.

    It becomes smaller until it has *most_bytes*, if that is said: a photo in PNG is larger than it came.

    Raises:
        NotAPicture: it is something else, whatever its name.
        DamagedPicture: it cannot be read to its end.
        PictureTooLarge: it has more than 40 megapixels.
        FileTooLarge: however small it is drawn, it has more than *most_bytes*.
    """
    image, content = _png(_drawing(stream), most_bytes)
    return Drawing(files().put(io.BytesIO(content)).sha256, image.width, image.height, len(content))


def redrawn(stream: IO[bytes], *, most_bytes: int, cut: Cut = WHOLE) -> tuple[bytes, int, int]:
    """The picture in *stream* as PNG of at most *most_bytes*, with its width and height; nothing is stored.

    What is *cut* off is not there.

    Raises:
        Refusals of ``take_drawing``.
    """
    drawing = _drawing(stream)
    image, content = _png(drawing if cut == WHOLE else drawing.crop(cut.of(*drawing.size)), most_bytes)
    return content, image.width, image.height


def _png(image: Image.Image, most_bytes: int | None) -> tuple[Image.Image, bytes]:
    """*image* as it fits, and its bytes."""
    while True:
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
        if most_bytes is None or out.tell() <= most_bytes:
            return image, out.getvalue()
        if max(image.size) <= SHORTEST_DRAWING:
            raise FileTooLarge(limit=max(1, most_bytes >> 20))
        side = int(max(image.size) * min(0.9, (most_bytes / out.tell()) ** 0.5 * 0.95))
        image.thumbnail((side, side), Image.Resampling.LANCZOS)


def drawing_size(stream: IO[bytes]) -> tuple[int, int]:
    """Width and height that ``take_drawing`` would keep, in pixels; nothing is stored.

    Raises:
        Refusals of ``take_drawing``.
    """
    return _drawing(stream).size


def _drawing(stream: IO[bytes]) -> Image.Image:
    image, _written = _decode(stream)
    image.thumbnail((LONG_SIDE_OF_DRAWING, LONG_SIDE_OF_DRAWING), Image.Resampling.LANCZOS)
    return image


def digest(stream: IO[bytes]) -> str:
    """SHA-256 of what was uploaded; the position of *stream* is left where it was.

    Raises:
        FileTooLarge: it has more than 30 MB.
    """
    position = stream.tell()
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        if size > LARGEST_MB << 20:
            raise FileTooLarge(limit=LARGEST_MB)
    stream.seek(position)
    return digest.hexdigest()


def _decode(stream: IO[bytes]) -> tuple[Image.Image, Written]:
    with _opened(stream) as image:
        written = _written_like(image)
        # A JPEG is decoded at an eighth, quarter or half where that is enough: less memory, less time.
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        ImageOps.exif_transpose(image, in_place=True)
        return _on_paper(image), written


@contextmanager
def _opened(stream: IO[bytes]) -> Iterator[Image.Image]:
    """The picture in *stream*, of which nothing but its size has been read."""
    found = sniff(stream)
    if found is None or found.kind is not MediaKind.PICTURE:
        raise NotAPicture
    try:
        with Image.open(stream, formats=[found.reader]) as image:
            _check_size(*image.size)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(megapixels=f"> {MOST_MEGAPIXELS}", limit=MOST_MEGAPIXELS) from error
    except UnidentifiedImageError as error:
        raise NotAPicture from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        # Pillow's readers raise any of these for broken content.
        raise DamagedPicture from error


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """A copy that fits into *side* pixels: by whole steps first, a tenth of the time, then smoothly."""
    small = image.reduce(max(1, max(image.size) // side))
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def _is_common_jpeg(image: Image.Image) -> TypeGuard[JpegImageFile]:
    """Whether it is a JPEG in colour that is no larger than we keep pictures."""
    return isinstance(image, JpegImageFile) and image.mode == "RGB" and max(image.size) <= LONG_SIDE


def _written_like(image: Image.Image) -> Written:
    """How to write *image* again: as coarse as it came, which loses next to nothing and takes no more room.

    What is finer than we keep pictures, is shrunk, or is no common JPEG, is written in our way.
    """
    if not _is_common_jpeg(image):
        return OURS
    brightness, sampling = image.quantization.get(0, ()), get_sampling(image)
    if sampling < 0 or sum(brightness) < FINEST_GRAIN:
        return OURS
    return {"qtables": image.quantization, "subsampling": sampling}


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise PictureTooLarge(megapixels=round(width * height / 1_000_000), limit=MOST_MEGAPIXELS)


def _on_paper(image: Image.Image) -> Image.Image:
    """The picture in plain RGB, without metadata; what was transparent becomes white."""
    if "transparency" in image.info or image.mode in {"RGBA", "LA", "PA", "La", "RGBa"}:
        image = image.convert("RGBA")
        plain = Image.new("RGB", image.size, _PAPER)
        plain.paste(image, mask=image.getchannel("A"))
        return plain
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _jpeg(image: Image.Image, written: Written) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **written)
    return out.getvalue()
