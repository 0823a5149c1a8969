from pathlib import Path

import pytest

from library.search.engine import NoIndex
from library.search.whoosh_engine import WhooshEngine
from tests.integration.library.engines.asking import entry, query


@pytest.fixture
def index(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine(tmp_path)


def test_another_process_sees_a_commit(index: WhooshEngine, tmp_path: Path) -> None:
    index.rebuild([entry(1)])
    other = WhooshEngine(tmp_path)
    assert other.search(query("分数")).total == 1
    index.index([entry(2)])
    assert other.search(query("分数")).total == 2
    index.rebuild([entry(5)])
    assert other.search(query("分数")).ids == [5]


# Whoosh leaves the file open that it stumbles over.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_index_and_a_damaged_one_are_told(index: WhooshEngine, tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        index.search(query("分数"))
    index.rebuild([entry(number) for number in range(1, 50)])
    for file in tmp_path.glob("index-*/*"):
        file.write_bytes(b"\x00" * 20)
    with pytest.raises(NoIndex):
        WhooshEngine(tmp_path).search(query("分数"))
    index.rebuild([entry(1)])
    assert WhooshEngine(tmp_path).search(query("分数")).total == 1
