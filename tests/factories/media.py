"""Small real pictures and videos, drawn when a test asks for them."""

import io
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import imageio_ffmpeg
from PIL import Image

from accounts.people.models import Person
from core.database import db
from library.media.models import MediaAsset, MediaKind, MediaState
from tests.factories.library import MADE_AT


def picture_bytes(width: int = 640, height: int = 480, kind: str = "JPEG", **options: object) -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 120, 90)).save(out, kind, **options)
    return out.getvalue()


def zip_bytes() -> bytes:
    """An archive; its name will claim otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", picture_bytes())
    return out.getvalue()


CODECS = {"webm": ("libvpx-vp9", "libopus")}
"""What goes into a container, where it is not H.264 and AAC."""


@cache
def video_bytes(
    seconds: int = 5, *, sound: bool = True, container: str = "mp4", size: str = "320x180"
) -> bytes:
    """A moving test picture, with a tone."""
    video_codec, sound_codec = CODECS.get(container, ("libx264", "aac"))
    tone = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-c:a", sound_codec)
    return _made(
        container,
        *("-f", "lavfi", "-i", f"testsrc=size={size}:rate=12:duration={seconds}"),
        *(tone if sound else ()),
        *("-c:v", video_codec, "-pix_fmt", "yuv420p"),
    )


def sound_bytes() -> bytes:
    """A video's container that holds sound only."""
    return _made("mp4", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac")


SOUND_CODECS = {"mp3": "libmp3lame", "m4a": "aac", "wav": "pcm_s16le", "ogg": "libvorbis"}


@cache
def recording_bytes(container: str = "mp3", seconds: int = 5) -> bytes:
    """A tone."""
    tone = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}")
    return _made(container, *tone, "-c:a", SOUND_CODECS[container])


def _made(container: str, *arguments: str) -> bytes:
    with TemporaryDirectory() as folder:
        target = Path(folder) / f"made.{container}"
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *arguments, str(target)]
        subprocess.run(command, check=True)
        return target.read_bytes()


def make_video_asset(
    uploaded_by: Person | None = None, *, seconds: float = 100.0, state: MediaState = MediaState.READY
) -> MediaAsset:
    """A video of *seconds* that claims to be ready; nothing stands in its folder."""
    asset = MediaAsset(
        kind=MediaKind.VIDEO,
        source_sha256="0" * 64,
        media_type="video/mp4",
        size_bytes=1000,
        state=state,
        duration_seconds=seconds,
        width=1280,
        height=720,
        renditions={
            "master": "master.m3u8",
            "poster": "poster.jpg",
            "thumbnails": "thumbnails.vtt",
            "sound": "audio/index.m3u8",
            "rungs": ["240p", "480p", "audio"],
        },
        uploaded_by_id=uploaded_by.id if uploaded_by else None,
        created_at=MADE_AT,
    )
    db.session.add(asset)
    db.session.flush()
    return asset
