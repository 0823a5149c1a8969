"""Very many answers are marked anew by a job, in portions, so that nobody waits long for the database."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

AT_ONCE = 2_000
PORTION = 500
Thing = TypeVar("Thing")


def are_few(answers: int) -> bool:
    """Whether so many are marked anew while the person waits."""
    return answers <= AT_ONCE


def in_portions(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """*things* in lists, each written in one go."""
    source = iter(things)
    while portion := list(islice(source, PORTION)):
        yield portion
