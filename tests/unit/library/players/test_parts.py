"""Files are read out of the archive where they stand."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.players.parts import Part, Slice, content_of, gzipped, part_of

TEXT = b"function f() { return 1; }\n" * 500
FILM = bytes(range(256)) * 100


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("package") / "p.zip"
    with zipfile.ZipFile(place, "w") as made:
        made.writestr("js/a.js", TEXT, zipfile.ZIP_DEFLATED)
        made.writestr("film.mp4", FILM, zipfile.ZIP_STORED)
        made.writestr("图片/一.png", b"png", zipfile.ZIP_DEFLATED)
        made.writestr("run.exe", b"MZ")
        made.writestr("noending", b"x")
    return place


def part(archive: Path, name: str) -> Part:
    found = part_of(archive, name)
    assert found is not None
    return found


def test_packed_and_unpacked_files_are_read_whole(archive: Path) -> None:
    assert content_of(archive, part(archive, "js/a.js")) == TEXT
    assert content_of(archive, part(archive, "film.mp4")) == FILM
    assert content_of(archive, part(archive, "图片/一.png")) == b"png"
    assert content_of(archive, part(archive, "./js//a.js")) == TEXT


@pytest.mark.parametrize(
    "name",
    [
        "run.exe",
        "noending",
        "missing.js",
        "../p.zip",
        "/etc/passwd",
        "js/../../a.js",
        "C:/a.js",
        "JS/A.js",
        "\0.js",
    ],
)
def test_what_is_not_in_it_or_no_player_fetches_is_not_there(archive: Path, name: str) -> None:
    assert part_of(archive, name) is None


def test_what_stands_packed_goes_out_packed(archive: Path) -> None:
    assert gzip.decompress(gzipped(archive, part(archive, "js/a.js"))) == TEXT


@given(start=st.integers(0, len(FILM) + 10), size=st.integers(-1, len(FILM) + 10))
def test_any_part_of_an_unpacked_file_is_itself(archive: Path, start: int, size: int) -> None:
    with Slice(archive, part(archive, "film.mp4")) as content:
        content.seek(start)
        whole = io.BytesIO(FILM)
        whole.seek(start)
        assert content.read(size) == whole.read(size)
