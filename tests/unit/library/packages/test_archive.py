"""Archives of strangers: what is sound is read, and what is not is refused before it is unpacked."""

import io
import stat
import struct
import zipfile

import pytest

from library.packages import archive
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
from tests.factories.packages import make_zip

MB = 1 << 20


def written(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return out.getvalue()


def names(content: bytes) -> list[str]:
    with archive.opened(io.BytesIO(content)) as opened:
        return list(opened.members)


def link() -> bytes:
    entry = zipfile.ZipInfo("passwd")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return written((entry, b"/etc/passwd"))


def encrypted() -> bytes:
    content = bytearray(make_zip({"a.txt": "geheim"}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    return bytes(content)


def many() -> bytes:
    content = bytearray(make_zip({"a.txt": "x"}))
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", content, end + 8, 60_000, 60_000)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotAPackage),
        (b"%PDF-1.7 is no package", NotAPackage),
        (make_zip({"a.txt": "x" * 100})[:-30], NotAPackage),
        (make_zip({"../../etc/cron.d/job": "x"}), UnsafeName),
        (make_zip({"/etc/passwd": "x"}), UnsafeName),
        (make_zip({"C:\\Windows\\x.dll": "x"}), UnsafeName),
        (make_zip({"a\\..\\..\\b": "x"}), UnsafeName),
        (make_zip({"a\nb": "x"}), UnsafeName),
        (make_zip({"a" * 2_000: "x"}), UnsafeName),
        (link(), UnsafeName),
        (encrypted(), EncryptedPackage),
        (make_zip({"a/b.txt": "x", "a//b.txt": "y"}), SameNameTwice),
        (many(), TooManyFiles),
        (make_zip({"bomb": bytes(16 * MB)}), PackageBomb),
    ],
    ids=[
        "nothing", "something else", "cut off", "leads upwards", "absolute", "a drive", "backslashes",
        "a line break",
        "a long name", "a link", "a password", "one name twice", "too many files", "a bomb",
    ],
)  # fmt: skip
def test_what_is_hostile_is_refused_by_its_directory(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        names(content)


def test_more_than_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MB", 0)
    with pytest.raises(PackageTooLarge):
        names(make_zip({"a.txt": "x"}))


def test_archives_inside_stay_closed() -> None:
    inner = make_zip({"bomb": bytes(2 * MB)})
    assert names(make_zip({"inner.zip": inner})) == ["inner.zip"]


def test_names_of_chinese_computers_are_read() -> None:
    content = make_zip({"XXXXXX.html": "分数"}).replace(b"XXXXXX", "第一课".encode("gb18030"))
    assert names(content) == ["第一课.html"]


def test_what_is_not_there_and_what_is_damaged_are_told_apart() -> None:
    content = bytearray(make_zip({"a.txt": "分数" * 100}))
    content[40:50] = bytes(10)
    with archive.opened(io.BytesIO(bytes(content))) as opened:
        with pytest.raises(NotInPackage):
            opened.read("b.txt", most_bytes=MB)
        with pytest.raises(DamagedPackage):
            opened.read("a.txt", most_bytes=MB)
        with pytest.raises(PackageTooLarge):
            opened.read("a.txt", most_bytes=10)


@pytest.mark.parametrize("lie", [struct.pack("<L", 5), struct.pack("<L", 50 * MB)])
def test_a_directory_that_lies_about_a_size_gains_nothing(lie: bytes) -> None:
    content = bytearray(make_zip({"a.txt": "分数" * 100}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = lie
    with pytest.raises((DamagedPackage, PackageBomb)):
        read(bytes(content))


def read(content: bytes) -> bytes:
    with archive.opened(io.BytesIO(content)) as opened:
        return opened.read("a.txt", most_bytes=100 * MB)
