from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from library.search import whoosh_files
from library.search.engine import Entry
from library.search.whoosh_files import Segments
from tests.integration.library.engines.asking import entry

MORE_THAN_A_BLOCK = 5_000


def written(folder: Path, entries: Sequence[Entry]) -> dict[str, bytes]:
    whoosh_files.create(folder, entries)
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def test_what_is_written_in_many_blocks_is_read_back_whole(tmp_path: Path) -> None:
    numbers = range(1, MORE_THAN_A_BLOCK + 1)
    entries = [replace(entry(one), words={"分数": float(one), f"第{one}": 2.0}) for one in numbers]
    segments = Segments(written(tmp_path, entries))
    assert len(segments.names()) == 1
    lengths = segments.lengths(0)
    assert segments.columns(0)["id"].tolist() == [*numbers]
    assert lengths.tolist() == [one + 2.0 for one in numbers]
    assert segments.postings(0, "分数", lengths).documents.tolist() == list(range(MORE_THAN_A_BLOCK))
    assert segments.postings(0, "第17", lengths).documents.tolist() == [16]
    assert segments.postings(0, "第", lengths).documents.tolist() == []


def test_small_segments_grow_together_with_all_that_they_hold(tmp_path: Path) -> None:
    files = written(tmp_path, [entry(number, uses={0: number}) for number in range(1, 4)])
    for number in range(4, 40):
        files = whoosh_files.update(files, [entry(number, uses={0: number})], gone=[number - 3])
    segments = Segments(files)
    found = {}
    for place in range(len(segments.names())):
        ids, uses = segments.columns(place)["id"], segments.uses(place, 0)
        there = ~segments.deleted(place)[uses.documents]
        found |= dict(zip(ids[uses.documents[there]].tolist(), uses.impacts[there].tolist(), strict=True))
    assert found == {number: float(number) for number in (37, 38, 39)}
    assert np.concatenate([segments.lengths(place) for place in range(len(segments.names()))]).all()
