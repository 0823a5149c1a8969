"""The files of a package, read out of its archive where they stand. Nothing is unpacked to the disk.

The archive was judged when it was taken in, and has not changed since: it is named by its content.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from library.packages.archive import folded_name, opened
from library.packages.errors import UnsafeName

CHUNK_BYTES = 64 << 10
TYPES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json",
    ".xml": "application/xml", ".txt": "text/plain", ".vtt": "text/vtt", ".srt": "text/plain",
    ".wasm": "application/wasm",
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".svg": "image/svg+xml", ".bmp": "image/bmp", ".ico": "image/x-icon",
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac", ".ogg": "audio/ogg", ".oga": "audio/ogg",
    ".wav": "audio/wav",
    ".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
    ".eot": "application/vnd.ms-fontobject",
}  # fmt: skip
"""What a player may fetch of a package, and as what; everything else in it stays where it is."""
_TEXT = ("text/", "application/json", "application/xml", "application/xhtml+xml", "image/svg+xml")
_HEADER = struct.Struct("<26xHH")
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the package: what it is, and where in the archive it stands."""

    media_type: str
    size: int
    packed: int
    is_packed: bool
    offset: int
    """Of its header in the archive."""
    crc: int

    @property
    def is_text(self) -> bool:
        """Whether it is worth being sent packed."""
        return self.media_type.startswith(_TEXT)


def part_of(archive: Path, name: str) -> Part | None:
    """The file *name* of the package at *archive*, if it is there and may be fetched.

    The name is looked up in the archive's own directory; capitals count, as they do on the web.
    """
    try:
        return _directory(archive).get(folded_name(name))
    except UnsafeName:
        return None


def content_of(archive: Path, part: Part) -> bytes:
    """A whole file; for small ones."""
    return b"".join(pieces_of(archive, part))


def pieces_of(archive: Path, part: Part) -> Iterator[bytes]:
    """A file, piece by piece, never more than its declared size."""
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    left = part.size
    with archive.open("rb") as content:
        for piece in _raw(content, part):
            out = unpack.decompress(piece, left) if part.is_packed else piece[:left]
            while out:
                left -= len(out)
                yield out
                out = unpack.decompress(unpack.unconsumed_tail, left) if part.is_packed and left else b""
            if left <= 0:
                return


def gzipped(archive: Path, part: Part) -> bytes:
    """A packed file as a gzip body: what stands in the archive is one but for its frame."""
    with archive.open("rb") as content:
        packed = b"".join(_raw(content, part))
    return _GZIP_HEAD + packed + struct.pack("<LL", part.crc, part.size & 0xFFFFFFFF)


class Slice(io.RawIOBase):
    """A file that stands unpacked in the archive, to be read from any place."""

    def __init__(self, archive: Path, part: Part) -> None:
        super().__init__()
        self._content = archive.open("rb")
        self._start = _start(self._content, part)
        self._size = part.size
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = min(max(base + offset, 0), self._size)
        return self._at

    def tell(self) -> int:
        """Where it is."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The next bytes, and none of what stands behind the file."""
        left = self._size - self._at
        self._content.seek(self._start + self._at)
        found = self._content.read(left if size < 0 else min(size, left))
        self._at += len(found)
        return found

    def close(self) -> None:
        """Let the archive go."""
        self._content.close()
        super().close()


@lru_cache(maxsize=16)
def _directory(archive: Path) -> dict[str, Part]:
    with archive.open("rb") as content, opened(content) as judged:
        return {
            name: Part(
                media_type=TYPES[suffix],
                size=member.file_size,
                packed=member.compress_size,
                is_packed=member.compress_type == zipfile.ZIP_DEFLATED,
                offset=member.header_offset,
                crc=member.CRC,
            )
            for name, member in judged.members.items()
            if (suffix := name[name.rfind(".") :].lower()) in TYPES
        }


def _start(content: IO[bytes], part: Part) -> int:
    content.seek(part.offset)
    name_bytes, more_bytes = _HEADER.unpack(content.read(_HEADER.size))
    return int(part.offset + _HEADER.size + name_bytes + more_bytes)


def _raw(content: IO[bytes], part: Part) -> Iterator[bytes]:
    """What stands in the archive for the file."""
    content.seek(_start(content, part))
    left = part.packed
    while left > 0 and (piece := content.read(min(CHUNK_BYTES, left))):
        left -= len(piece)
        yield piece
