import errno
import socket
from pathlib import Path

import pytest

from scripts.stops import Stop, cause_of, guarded, port_from, require_port, require_room


def test_a_taken_port_is_one_sentence_that_names_another_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=rf"Port {port} is taken .* PORT={port + 1} make run"):
            require_port("127.0.0.1", port)


def test_a_free_port_is_taken_without_a_word() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    require_port("127.0.0.1", port)


def test_a_port_that_is_no_number_is_refused() -> None:
    for text in ("", "eight", "0", "65536", "-1", "80.5"):
        with pytest.raises(Stop, match="PORT must be a number from 1 to 65535"):
            port_from(text)
    assert port_from("65535") == 65535


def test_a_disk_without_room_is_said_before_anything_long_starts(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"The disk is too full: .* needs 1000000000 MB and has"):
        require_room(tmp_path / "not" / "yet" / "there", 1_000_000_000)
    require_room(tmp_path, 0)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("npm error code ENOTFOUND", "No network: python packages could not be downloaded"),
        ("WARNING: Retrying ... NewConnectionError(...)", "No network"),
        ("error: Failed to fetch\n  Caused by: dns error: failed to lookup address", "No network"),
        ("Temporary failure resolving 'deb.debian.org'", "No network"),
        ("ERROR: No matching distribution found for scipy==1.18.1", "offers no scipy for Python 3."),
        ("Because there is no version of scipy==1.18.1 and you require it", "offers no scipy for Python 3."),
        ("Because scipy==1.18.1 has no usable wheels and you require it", "offers no scipy for Python 3."),
        (
            "the Python version (>=3.8) does not satisfy Python>=3.10 and scipy==1 depends on Python>=3.10",
            "offers no scipy for Python 3.",
        ),
        # Without a network, pip gives up in the same words; what it retried before tells why.
        ("NewConnectionError(...)\nERROR: No matching distribution found for scipy==1.18.1", "No network"),
        ("ERROR: Could not install packages: [Errno 13] Permission denied: '/x'", "No permission to write"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "does not match its locked hash",
        ),
    ],
)
def test_what_a_tool_says_becomes_one_sentence(output: str, sentence: str, tmp_path: Path) -> None:
    stop = cause_of(output, what="python packages", place=tmp_path)

    assert sentence in str(stop)
    assert "\n" not in str(stop)


def test_another_cause_is_not_guessed(tmp_path: Path) -> None:
    assert cause_of("SyntaxError: invalid syntax", what="python packages", place=tmp_path) is None


def test_a_disk_that_fills_up_on_the_way_ends_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fills_the_disk() -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "media"))

    assert guarded(fills_the_disk) == 1
    assert capsys.readouterr().err.startswith("The disk is full: ")


def test_ctrl_c_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert guarded(interrupted) == 130
    assert capsys.readouterr().err == "\n"


def test_an_unforeseen_error_keeps_its_traceback() -> None:
    def broken() -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    with pytest.raises(FileNotFoundError):
        guarded(broken)
