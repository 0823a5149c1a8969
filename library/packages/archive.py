"""ZIP archives of strangers, read without unpacking them.

Nothing is ever written under a name that the archive gives. Before the first byte is unpacked, the
directory is judged as a whole: how many files, how large, how tightly packed, and where they would
stand. Archives inside the archive are files like others, and stay closed.
"""

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from library.packages.errors import (
    DamagedPackage,
    EncryptedPackage,
    NotAPackage,
    NotInPackage,
    PackageBomb,
    PackageTooLarge,
    SameNameTwice,
    TooManyFiles,
    UnsafeName,
)

MOST_FILES = 5_000
MOST_MB = 1_024
"""Of all files together, unpacked."""
MOST_RATIO = 100
"""Times that a package may grow when it is unpacked. Text seldom shrinks to a tenth."""
SMALL_BYTES = 8 << 20
"""What unpacks to less than this harms nobody, however tightly it was packed."""
LONGEST_NAME = 1_000
LARGEST_DIRECTORY_BYTES = 4 << 20

_ENCRYPTED, _UTF8 = 0x1, 0x800
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_END, _END_64_LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_BYTES, _LOCATOR_BYTES, _END_64_BYTES = 22, 20, 56
_LONGEST_COMMENT = 65_535


@dataclass(frozen=True, slots=True)
class Archive:
    """A package whose directory was found sound."""

    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    """By name: with slashes, without ``.`` and ``..``, in Unicode's composed form."""

    def read(self, name: str, *, most_bytes: int) -> bytes:
        """The content of the file *name*.

        Raises:
            NotInPackage: there is none.
            PackageTooLarge: it has more than *most_bytes*.
            DamagedPackage: it cannot be unpacked.
        """
        with self.open(name, most_bytes=most_bytes) as content:
            return _unpacked(content)

    @contextmanager
    def open(self, name: str, *, most_bytes: int) -> Iterator[IO[bytes]]:
        """The file *name*, to be read piece by piece; raises what ``read`` raises."""
        member = self.members.get(name)
        if member is None:
            raise NotInPackage(name=name[:200])
        if member.file_size > most_bytes:
            raise PackageTooLarge(limit=max(1, most_bytes >> 20))
        try:
            # zipfile never gives more than the directory declares, and checks the sum at the end.
            with self.zip.open(member) as content:
                yield content
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
            raise DamagedPackage from error


@contextmanager
def opened(content: IO[bytes]) -> Iterator[Archive]:
    """Judge the archive in *content*, and open it.

    Raises:
        NotAPackage: it is something else, whatever its name.
        DamagedPackage: its directory cannot be read, or lies.
        EncryptedPackage: a file asks for a password.
        TooManyFiles, PackageTooLarge, PackageBomb: it is more than is taken.
        UnsafeName: a file would stand outside the package, or is a link.
        SameNameTwice: two files have one name.
    """
    _judge_end(content)
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            yield Archive(archive, _judged(archive))
    except (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError) as error:
        raise DamagedPackage from error


def folded_name(name: str) -> str:
    """*name* with slashes, without empty parts and ``.``.

    Raises:
        UnsafeName: it is absolute, leads upwards, or cannot be a name.
    """
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    if (
        plain.startswith("/")
        or ".." in parts
        or (parts and parts[0][1:2] == ":")
        or len(plain) > LONGEST_NAME
        or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in plain)
    ):
        raise UnsafeName(name=name[:200].encode("utf-8", "replace").decode())
    return "/".join(parts)


def _judge_end(content: IO[bytes]) -> None:
    """Look at the end of the archive before zipfile reads its directory, file by file, into memory."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = content.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise NotAPackage
    files, directory_bytes = struct.unpack_from("<10xHL", tail, at)
    locator = size - len(tail) + at - _LOCATOR_BYTES
    if locator >= _END_64_BYTES:
        content.seek(locator - _END_64_BYTES)
        record = content.read(_END_64_BYTES + 4)
        if record.endswith(_END_64_LOCATOR) and record.startswith(_END_64):
            files, directory_bytes = struct.unpack_from("<32xQQ", record)
    if files > MOST_FILES or directory_bytes > LARGEST_DIRECTORY_BYTES:
        raise TooManyFiles(limit=MOST_FILES)


def _judged(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = folded_name(_name_of(entry))
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeName(name=name)
        if entry.is_dir() or name.endswith("/") or not name:
            continue
        if entry.flag_bits & _ENCRYPTED:
            raise EncryptedPackage
        if entry.compress_type not in _PACKINGS:
            raise DamagedPackage
        if name in members:
            raise SameNameTwice(name=name[:200])
        members[name] = entry
    unpacked = sum(entry.file_size for entry in members.values())
    packed = sum(entry.compress_size for entry in members.values())
    if unpacked > SMALL_BYTES and unpacked > MOST_RATIO * max(packed, 1):
        raise PackageBomb
    if unpacked > MOST_MB << 20:
        raise PackageTooLarge(limit=MOST_MB)
    return members


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The entry's name: as it says, or as programs on Chinese computers wrote it before UTF-8."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unpacked(content: IO[bytes]) -> bytes:
    return content.read()
