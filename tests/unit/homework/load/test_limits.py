import pytest

from homework.load.limits import DayLoad, cap_minutes, may_be_written


@pytest.mark.parametrize(
    ("grade", "cap"), [(1, None), (2, None), (3, 60), (6, 60), (7, 90), (9, 90), (10, None), (12, None)]
)
def test_the_law_caps_homework_by_grade(grade: int, cap: int | None) -> None:
    assert cap_minutes(grade) == cap


@pytest.mark.parametrize(("grade", "allowed"), [(1, False), (2, False), (3, True), (12, True)])
def test_the_first_two_grades_get_nothing_to_write(grade: int, *, allowed: bool) -> None:
    assert may_be_written(grade) is allowed


def test_a_day_is_over_its_cap_by_what_all_subjects_ask_together() -> None:
    assert not DayLoad(1, "五(1)班", 5, {1: 30.0, 2: 20.0}, 10.0).is_over
    assert DayLoad(1, "五(1)班", 5, {1: 30.0, 2: 20.0}, 10.5).is_over


def test_a_grade_without_a_figure_is_never_over() -> None:
    assert not DayLoad(1, "高一(1)班", 10, {1: 300.0}).is_over
