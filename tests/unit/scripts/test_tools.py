import sys
from pathlib import Path

import pytest

from scripts import tools
from scripts.debian import apt_share
from scripts.stops import Stop


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tools, "LOGS", tmp_path / "logs")
    return tmp_path / "logs"


def test_a_tool_that_fails_is_named_with_its_last_words_and_its_log(logs: Path) -> None:
    program = "print('one'); print('the lock is odd'); raise SystemExit(3)"
    with pytest.raises(Stop, match=r"Front-end build failed \(the lock is odd\); the whole output is in"):
        tools.run("Front-end build", [sys.executable, "-c", program], expected_seconds=1)

    assert (logs / "front-end-build.log").read_text(encoding="utf-8") == "one\nthe lock is odd\n"


def test_a_tool_without_network_is_one_sentence() -> None:
    program = "print('npm error code EAI_AGAIN'); raise SystemExit(1)"
    with pytest.raises(Stop, match="No network: front-end packages could not be downloaded"):
        tools.run("Front-end packages", [sys.executable, "-c", program], expected_seconds=1)


def test_a_missing_program_is_named() -> None:
    with pytest.raises(Stop, match="the program no-such-program is missing"):
        tools.run("Step", ["no-such-program"], expected_seconds=1)


def test_lines_are_counted_against_the_total() -> None:
    measure = tools.counted(["Collecting"], 4, upto=0.5)
    shares = [measure(line) for line in ("Collecting a", "  Downloading a", "Collecting b")]

    assert shares == [0.125, None, 0.25]


def test_apt_fetches_in_the_first_half_and_unpacks_in_the_second() -> None:
    assert apt_share("dlstatus:1:50.0:Retrieving file 1 of 2\n") == pytest.approx(0.25)
    assert apt_share("pmstatus:redis-server:40.0:Unpacking redis-server\n") == pytest.approx(0.7)
    assert apt_share("Reading package lists...\n") is None


def test_a_tool_ends_with_the_step_that_is_interrupted(tmp_path: Path) -> None:
    def interrupt(_line: str) -> None:
        raise KeyboardInterrupt

    program = "import time; print('begun', flush=True); time.sleep(600)"
    with pytest.raises(KeyboardInterrupt):
        tools.run("Step", [sys.executable, "-c", program], expected_seconds=1, measure=interrupt)
