"""The gates of `make check` as tests, so that `make test` alone says whether a change may be merged."""

from collections.abc import Sequence

import pytest

from scripts import check

GATES = [pytest.param(command, id=name) for kind in check.gates().values() for name, command in kind]


@pytest.mark.parametrize("command", GATES)
def test_the_gate_lets_everything_pass(command: Sequence[str]) -> None:
    done = check.run(command)
    assert done.returncode == 0, done.stdout


def test_the_gates_are_those_that_we_promise() -> None:
    assert [gate.id for gate in GATES] == [
        "ruff check",
        "ruff format",
        "import-linter",
        "djlint",
        "mypy",
        "translations",
        "lock files",
    ]
