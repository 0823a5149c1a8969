"""The criteria that marks of each moment were given by, with changes that were undone in between."""

from datetime import timedelta

from homework.rubrics.rubric import Criteria, Criterion, Level
from homework.rubrics.wordings import Wordings
from tests.conftest import MONDAY

HOUR = timedelta(hours=1)


def criteria(title: str) -> Criteria:
    levels = Level("a", 2.0, "明确"), Level("b", 0.0, "没有")
    return Criteria((Criterion("c1", title, levels),))


def test_each_moment_has_the_criteria_of_then_and_that_of_a_change_those_it_gave() -> None:
    first, second, third = map(criteria, ("观点", "论点", "主张"))
    made, undone, made_again = (MONDAY + hours * HOUR for hours in (1, 3, 5))
    found = Wordings(third, [(made, first), (undone, second), (made_again, first)])
    at = [found.at(MONDAY + hours * HOUR) for hours in range(7)]
    assert at == [first, second, second, first, first, third, third]


def test_levels_are_said_beside_their_criteria_and_what_is_gone_is_left_out() -> None:
    found = criteria("观点")
    assert [(one.title, level.words) for one, level in found.levels_in({"c1": "a"})] == [("观点", "明确")]
    assert found.levels_in({"c1": "x", "c9": "a"}) == []
