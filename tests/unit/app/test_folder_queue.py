"""The queue in a folder: a message is whole before any worker can take it."""

from pathlib import Path
from queue import Empty
from uuid import uuid4

import pytest
from kombu import Connection

from app import folder_queue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "control").mkdir()
    return tmp_path


@pytest.fixture
def connection(folder: Path) -> Connection:
    folder_queue.register()
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
    }
    return Connection(f"{folder_queue.SCHEME}://localhost", transport_options=options)


@pytest.fixture
def name() -> str:
    """Kombu remembers for a whole process which queues are bound, whatever their folder."""
    return f"queue-{uuid4()}"


def test_a_message_comes_out_as_it_went_in(connection: Connection, name: str) -> None:
    with connection.SimpleQueue(name) as queue:
        queue.put({"body": "教"})
        assert queue.get_nowait().payload == {"body": "教"}
        with pytest.raises(Empty):
            queue.get_nowait()


def test_a_message_that_is_being_written_is_not_there_yet(
    connection: Connection, folder: Path, name: str
) -> None:
    with connection.SimpleQueue(name) as queue:
        queue.put({"body": "1"})
        [whole] = folder.glob("*.msg")
        whole.rename(whole.with_name(f"{whole.name}.part"))
        with pytest.raises(Empty):
            queue.get_nowait()
