"""The first few of many, without putting all of them in order."""

import numpy as np

from library.search.arrays import Ints

SAMPLE, SAMPLE_BEST = 1024, 24


def best(places: Ints, limit: int) -> Ints:
    """Indices of the *limit* highest places, and of all that stand as high as the last of them.

    A sample tells about where the last of them stands, so that all but a few are thrown away at a glance.
    """
    if len(places) > SAMPLE * 4:
        sample = places[:: len(places) // SAMPLE]
        likely = np.flatnonzero(places >= np.partition(sample, -SAMPLE_BEST)[-SAMPLE_BEST])
        if len(likely) >= limit:
            return likely[_best_exactly(places[likely], limit)]
    return _best_exactly(places, limit)


def _best_exactly(places: Ints, limit: int) -> Ints:
    if len(places) <= limit:
        return np.arange(len(places))
    return np.flatnonzero(places >= np.partition(places, -limit)[-limit])
