import json
import threading
from pathlib import Path

import pytest

from benchmarks import harness
from benchmarks.harness import Report, at_once, percentile, table


def test_a_report_is_a_table_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(harness, "RESULTS", tmp_path)
    report = Report("search", "Search in 1,000 records")
    report.add("ours", p50_ms=0.08, p95_ms=1.4)
    report.add("LIKE", p50_ms=34.0, p95_ms=79.0)
    report.note("p50 is 425 times as fast.")
    report.finish()

    assert "| ours | 0.08   | 1.40   |" in capsys.readouterr().out
    written = json.loads((tmp_path / "search.json").read_text(encoding="utf-8"))
    assert written["rows"][1] == {"way": "LIKE", "p50_ms": 34.0, "p95_ms": 79.0}
    assert report.ratio("p50_ms") == pytest.approx(425)


def test_columns_that_a_way_lacks_stay_empty() -> None:
    lines = table([{"way": "ours", "rows": 100_000}, {"way": "other"}])
    assert lines == [
        "| way   | rows    |",
        "| ----- | ------- |",
        "| ours  | 100,000 |",
        "| other |         |",
    ]


def test_percentiles_are_values_that_were_measured() -> None:
    assert [percentile([3, 1, 2, 4], share) for share in (0.0, 0.5, 0.95, 1.0)] == [1, 3, 4, 4]


def test_works_begin_together_and_a_failure_is_told() -> None:
    met = threading.Barrier(2, timeout=10)

    def meets() -> None:
        met.wait()

    at_once([meets, meets])

    def fails() -> None:
        raise KeyError("missing")

    with pytest.raises(KeyError, match="missing"):
        at_once([fails])
