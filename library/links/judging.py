"""From one week's answers to a state: nothing is dead because of one bad day."""

from dataclasses import dataclass
from datetime import date

from library.links.asking import OUR_OWN, Problem
from library.links.models import LinkState

DAYS_TO_DIE = 3
"""Failures on so many different days make a link dead."""
FEWEST_TO_TELL = 5
"""From so many links on, none of which answers, the fault is more likely ours."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a link."""

    state: LinkState = LinkState.ALIVE
    failures: int = 0
    failed_on: date | None = None


def judge(before: Standing, problem: Problem | None, day: date) -> Standing:
    """What a link is after it was asked on *day*; a second failure on a day adds nothing."""
    if problem is None:
        return Standing()
    failures = before.failures if before.failed_on == day else before.failures + 1
    return Standing(LinkState.DEAD if failures >= DAYS_TO_DIE else LinkState.SUSPECT, failures, day)


def is_our_fault(problems: list[Problem | None]) -> bool:
    """Whether it rather looks as if our own net were down: nothing at all could be reached."""
    return len(problems) >= FEWEST_TO_TELL and all(one in OUR_OWN for one in problems)
