import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from core.files import FolderStore, new_folder


class Torn(BytesIO):
    """A connection that breaks in the middle."""

    def read(self, _size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(3)


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    stored = store.put(BytesIO("分数".encode()))
    assert stored.sha256 == hashlib.sha256("分数".encode()).hexdigest()
    assert stored.size_bytes == 6
    with store.open(stored.sha256) as content:
        assert content.read() == "分数".encode()


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    first, second = store.put(BytesIO(b"same")), store.put(BytesIO(b"same"))
    assert first == second
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_broken_upload_leaves_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    with pytest.raises(ConnectionResetError):
        store.put(Torn(b"0123456789"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "." * 64, "/" * 64])
def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        FolderStore(tmp_path).path(name)


def test_a_new_folder_takes_the_old_ones_place_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "index"
    with new_folder(target) as fresh:
        (fresh / "generation").write_text("1")
    with pytest.raises(ZeroDivisionError), new_folder(target) as fresh:
        (fresh / "generation").write_text("2")
        raise ZeroDivisionError
    assert (target / "generation").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
