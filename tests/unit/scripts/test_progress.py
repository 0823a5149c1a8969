import io

import pytest

from scripts.progress import Step, duration


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (8, "8 s"), (59.4, "59 s"), (60, "1 min 00 s"), (125, "2 min 05 s")]
)
def test_seconds_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_outside_a_terminal_a_step_is_one_line() -> None:
    out = io.StringIO()
    with Step("Python packages", expected_seconds=60, out=out) as step:
        step.reach(0.5)

    assert out.getvalue() == "Python packages (about 1 min 00 s) ... done in 1 s\n"


def test_a_failed_step_does_not_say_done() -> None:
    out = io.StringIO()
    with pytest.raises(RuntimeError), Step("Assets", expected_seconds=5, out=out):
        raise RuntimeError

    assert out.getvalue().endswith("stopped in 1 s\n")


def test_the_bar_never_goes_back_and_is_not_full_before_the_end() -> None:
    step = Step("Assets", expected_seconds=1_000, out=io.StringIO())
    step.reach(0.8)
    step.reach(0.3)
    assert step.share() == pytest.approx(0.8)
    step.reach(7.0)
    assert step.share() < 1
    assert "97%" in step.line()
