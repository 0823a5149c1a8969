import io

import pytest

from core import terminal
from core.terminal import progress_bar


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step counts as long."""
    monkeypatch.setattr(terminal, "NOTICEABLE_SECONDS", 0.0)


def test_a_long_step_shows_a_bar_with_an_estimate(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar("people") as on_progress:
        on_progress(1, 4)
        on_progress(4, 4)
    shown = screen.getvalue()
    assert "people: 100%" in shown
    assert "4/4 [" in shown
    assert "done in" not in shown


def test_a_log_gets_one_line_a_step(at_once: None, capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("people") as on_progress:
        on_progress(1, 4)
        on_progress(4, 4)
    assert capsys.readouterr().err == "people: done in 0 s\n"


@pytest.mark.parametrize("screen", [_Screen(), io.StringIO()], ids=["terminal", "log"])
def test_what_is_quick_shows_nothing(screen: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar("people") as on_progress:
        on_progress(4, 4)
    assert screen.getvalue() == ""
