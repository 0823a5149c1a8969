import hashlib
import os
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


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, frozenset[str]]]:
    """What is synced, in order, each folder with the names that it had then."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("only Linux tells what a descriptor stands for")
    noted: list[tuple[Path, frozenset[str]]] = []
    really_sync = os.fsync

    def note(descriptor: int) -> None:
        really_sync(descriptor)
        target = Path(f"/proc/self/fd/{descriptor}").readlink()
        noted.append(
            (target, frozenset(one.name for one in target.iterdir()) if target.is_dir() else frozenset())
        )

    monkeypatch.setattr(os, "fsync", note)
    return noted


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="only Linux tells what a descriptor stands for"
)
def test_a_file_is_durable_up_to_a_folder_that_was_there_before(
    tmp_path: Path, synced: list[tuple[Path, frozenset[str]]]
) -> None:
    store = FolderStore(tmp_path / "data" / "files")
    stored = store.put(BytesIO(b"photo"))
    place = store.path(stored.sha256)
    entries = {(folder, name) for folder, names in synced for name in names}
    while place != tmp_path:
        assert (place.parent, place.name) in entries
        place = place.parent
    written = next(index for index, (target, _names) in enumerate(synced) if target.parent.name == "tmp")
    renamed = next(index for index, (_folder, names) in enumerate(synced) if stored.sha256 in names)
    assert written < renamed


def test_a_folder_that_another_process_made_is_synced_once_more(
    tmp_path: Path, synced: list[tuple[Path, frozenset[str]]]
) -> None:
    """It may have been killed, or be waiting for the disk, between making the folder and syncing it."""
    store = FolderStore(tmp_path)
    name = hashlib.sha256(b"photo").hexdigest()[:2]
    (tmp_path / name).mkdir()
    store.put(BytesIO(b"photo"))
    assert (tmp_path, frozenset({name, "tmp"})) in synced
    synced.clear()
    store.put(BytesIO(b"photo"))
    assert [target for target, _names in synced if target == tmp_path] == []


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
