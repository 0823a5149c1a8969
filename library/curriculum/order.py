"""The order in which knowledge points build on each other: it has no circles."""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter


def circle_in(requires: Mapping[str, Collection[str]]) -> list[str]:
    """A circle of prerequisites, each before what needs it and the first again at the end; or nothing."""
    try:
        TopologicalSorter(requires).prepare()
    except CycleError as found:
        circle: list[str] = found.args[1]
        return circle
    return []


def ends_of(steps: Mapping[int, int]) -> dict[int, int]:
    """For each start the place where its way ends; *steps* lead on one at a time and never round."""
    ends = {}
    for start in steps:
        end = steps[start]
        while end in steps:
            end = steps[end]
        ends[start] = end
    return ends
