"""The values of a facet over all documents: who has which, and how often each stands."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from library.search.arrays import Documents, Ints, Mask
from library.search.engine import bits_of, features_in


@dataclass(slots=True)
class Column:
    """A facet's values as codes: ``values[codes]`` is the column."""

    values: Ints
    codes: NDArray[np.unsignedinteger[Any]]

    @classmethod
    def of(cls, column: Ints) -> Self:
        """*column* with each value as a code of few bytes."""
        values, codes = np.unique(column, return_inverse=True)
        return cls(values, codes.astype(np.min_scalar_type(len(values))))

    def among(self, wanted: Collection[int]) -> Mask:
        """Which documents have one of the *wanted* values."""
        chosen: Mask = np.isin(self.values, list(wanted))[self.codes]
        return chosen

    def counts(self, documents: Documents) -> dict[int, int]:
        """How many of *documents* have each value; 0 is none."""
        counts = np.bincount(self.codes[documents], minlength=len(self.values))
        return {int(self.values[i]): int(counts[i]) for i in np.flatnonzero(counts) if self.values[i]}


class Bits(Column):
    """A facet of which a document has several values, each a bit of the column's numbers."""

    def among(self, wanted: Collection[int]) -> Mask:
        """Which documents have any of the *wanted* values."""
        chosen: Mask = ((self.values & bits_of(wanted)) != 0)[self.codes]
        return chosen

    def counts(self, documents: Documents) -> dict[int, int]:
        """How many of *documents* have each value."""
        counts: dict[int, int] = {}
        for bits, count in Column.counts(self, documents).items():
            for value in features_in(bits):
                counts[value] = counts.get(value, 0) + count
        return counts
