"""All generators, by knowledge point."""

from functools import cache

from demo.items import (
    algebra,
    arithmetic,
    concepts,
    english,
    facts,
    fractions,
    geometry,
    poems,
    sciences,
    statistics,
)
from demo.items.question import REGISTRY, Generator

MAKERS = (arithmetic, fractions, algebra, geometry, statistics, sciences, facts, poems, english, concepts)
"""The modules whose import fills the registry."""


@cache
def generators() -> tuple[Generator, ...]:
    """Return every generator, in the order of its name."""
    return tuple(sorted(REGISTRY.values(), key=lambda g: g.name))


@cache
def generators_by_point() -> dict[str, tuple[Generator, ...]]:
    """Return the generators of each knowledge point; every point has at least one."""
    found: dict[str, list[Generator]] = {}
    for each in generators():
        found.setdefault(each.point, []).append(each)
    return {point: tuple(some) for point, some in found.items()}


@cache
def skill_generators(point: str) -> tuple[Generator, ...]:
    """Return the generators of *point* that ask for more than what its statement says, if there are any."""
    some = generators_by_point()[point]
    skills = tuple(g for g in some if not g.name.endswith((":says", ":named")))
    return skills or some
