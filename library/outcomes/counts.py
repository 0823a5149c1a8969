"""What is counted of a resource's use in one grade."""

from dataclasses import dataclass


@dataclass(slots=True)
class Use:
    """The counts of one resource in one grade; people and classes are different ones."""

    people: int = 0
    classes: int = 0
    opened: int = 0
    started: int = 0
    finished: int = 0
    answers: int = 0
    right_answers: int = 0


FEWEST_PEOPLE = 5
"""Below it nothing is told of them: a small group is as good as a name."""
FEWEST_ANSWERS = 10
"""A share of fewer first answers says little about the resource."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page of a resource tells, as far as enough people stand behind each figure."""

    people: int
    classes: int
    assigned: int
    finished_share: float | None
    """Of those who began; 0 to 1."""
    right_share: float | None
    """Of first answers; 0 to 1."""


def outcome(use: Use, assigned: int) -> Outcome | None:
    """What may be told of *use*, or None if too few people stand behind it."""
    if use.people < FEWEST_PEOPLE:
        return None
    return Outcome(
        people=use.people,
        classes=use.classes,
        assigned=assigned,
        finished_share=use.finished / use.started if use.started >= FEWEST_PEOPLE else None,
        right_share=use.right_answers / use.answers if use.answers >= FEWEST_ANSWERS else None,
    )
