"""Speech recorded by a browser is decoded and written anew, in one coding that every browser plays.

What stands in the file beside the sound (the device, the place, a picture) is left behind.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.files import CHUNK_BYTES, files
from library.media.errors import DamagedSound, FileTooLarge, NotASound
from library.media.kinds import sniff
from library.media.models import MediaKind
from library.media.transcoding import transcode_speech

SPEECH_TYPE = "audio/mp4"
"""What ``take_sound`` writes."""
LARGEST_MB = 15
SHORTEST_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Sound:
    """Speech as it was stored, in AAC."""

    sha256: str
    seconds: float
    upload_sha256: str
    """Of the bytes that were uploaded: what a receipt names."""


def take_sound(stream: IO[bytes], most_seconds: int) -> Sound:
    """Read the recording in *stream* and store its first *most_seconds*. Slow: call it before a transaction.

    Raises:
        NotASound: it is something else, whatever its name.
        DamagedSound: it cannot be decoded, or holds no sound.
        FileTooLarge: it has more than 15 MB.
    """
    found = sniff(stream)
    if found is None or found.kind not in {MediaKind.AUDIO, MediaKind.VIDEO}:
        raise NotASound
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        upload_sha256 = _copied(stream, source)
        seconds = transcode_speech(source, found.reader, Path(folder), most_seconds)
        if seconds < SHORTEST_SECONDS:
            raise DamagedSound
        with (Path(folder) / "sound.m4a").open("rb") as made:
            return Sound(files().put(made).sha256, seconds, upload_sha256)


def _copied(stream: IO[bytes], target: Path) -> str:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > LARGEST_MB << 20:
                raise FileTooLarge(limit=LARGEST_MB)
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()
