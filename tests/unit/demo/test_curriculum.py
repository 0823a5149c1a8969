"""The curriculum is whole: every name, every unit, every prerequisite."""

import pytest

from demo.curriculum import grade_name, in_teaching_order, points, stage_of, subjects, volume_name


def test_there_are_more_than_four_hundred_points_in_eleven_subjects() -> None:
    assert len(points()) >= 400
    assert {p.subject for p in points().values()} == set(subjects())


def test_prerequisites_run_in_no_circle_and_each_comes_before_what_needs_it() -> None:
    seen: set[str] = set()
    for point in in_teaching_order():
        assert seen.issuperset(point.requires), point.code
        seen.add(point.code)
    assert seen == set(points())


def test_no_point_rests_on_one_of_a_later_grade() -> None:
    known = points()
    late = [(p.code, r) for p in known.values() for r in p.requires if known[r].grade > p.grade]
    assert late == []


def test_every_point_has_both_names_and_says_something() -> None:
    for point in points().values():
        assert point.name
        assert point.name_en.isascii() or "ī" in point.name_en
        assert point.statement.endswith("。")
        assert point.unit
        assert point.unit_en


def test_no_two_points_of_a_subject_say_the_same() -> None:
    assert len({p.statement for p in points().values()}) == len(points())


@pytest.mark.parametrize(
    ("volume", "names"),
    [("5b", ("五年级下册", "Grade 5, second half")), ("10r1", ("必修第一册", "Compulsory book 1"))],
)
def test_volumes_are_called_as_schools_call_them(volume: str, names: tuple[str, str]) -> None:
    assert volume_name(volume) == names


def test_grades_belong_to_their_stages() -> None:
    assert [stage_of(g).code for g in (1, 6, 7, 9, 10, 12)] == [
        "primary", "primary", "lower_secondary", "lower_secondary", "upper_secondary", "upper_secondary",
    ]  # fmt: skip
    assert (grade_name(3), grade_name(12)) == ("三年级", "高三")
