"""What is told of a resource's use, and what is not because too few stand behind it."""

from library.outcomes.counts import Use, outcome


def test_few_people_are_not_told_of() -> None:
    assert outcome(Use(people=4, started=4, finished=4, answers=40, right_answers=30), assigned=9) is None


def test_shares_are_told_where_enough_stand_behind_them() -> None:
    told = outcome(
        Use(people=120, classes=5, started=100, finished=83, answers=1000, right_answers=710), assigned=3
    )
    assert told is not None
    assert (told.classes, told.assigned) == (5, 3)
    assert (told.finished_share, told.right_share) == (0.83, 0.71)


def test_a_share_of_few_is_left_out() -> None:
    told = outcome(Use(people=20, started=4, finished=1, answers=9, right_answers=9), assigned=0)
    assert told is not None
    assert (told.finished_share, told.right_share) == (None, None)
