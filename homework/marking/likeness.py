"""Free texts that are alike: a proposal of what to mark together, never a judgement.

Texts are compared by the pairs and triples of neighbouring characters that they share, weighed by how rare
these are among the answers to the same question (TF-IDF), and joined while they are alike on average (average
linkage). Chinese needs no words for that. A class is sixty texts: numpy does it in milliseconds, while only
importing scikit-learn or SciPy would cost a page more than a second.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from library.items.texts import fold_text

ALIKE = 0.4
"""Texts are proposed together while their mean cosine is at least this much. Two wordings of one sentence
have 0.4 to 0.75, a sentence and its opposite in the same words less than 0.3."""
LONGEST = 3_000
"""So many characters of a text are compared."""
CODE_BITS = 21
"""So many bits hold any character: a run of three fits 64 exactly, so that no two runs are taken for one."""

Floats = NDArray[np.float64]
Runs = NDArray[np.uint64]


def clusters_of(texts: Sequence[str], *, alike: float = ALIKE) -> list[list[int]]:
    """The places of *texts* in clusters of alike ones; each place stands in exactly one.

    Equal texts (but for width, case and spaces) always stand together; an empty one never stands with another
    that is not empty. The same texts in another order give the same clusters.
    """
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(fold_text(text), []).append(place)
    # In the order of the texts themselves, so that the order of the answers decides nothing.
    wordings = sorted(one for one in places if one)
    found = [places[""]] if "" in places else []
    if wordings:
        joined = _joined(_cosines(wordings), alike)
        found += [sorted(place for one in each for place in places[wordings[one]]) for each in joined]
    return sorted(found)


def _cosines(texts: Sequence[str]) -> Floats:
    """How alike each two of *texts* are, from 0 to 1: an array of shape (n, n)."""
    counted = [np.unique(_runs_of(one), return_counts=True) for one in texts]
    rows = np.repeat(np.arange(len(texts)), [len(runs) for runs, _times in counted])
    _runs, columns, spread = np.unique(
        np.concatenate([runs for runs, _times in counted]), return_inverse=True, return_counts=True
    )
    rarity = np.log((1 + len(texts)) / (1 + spread)) + 1
    weights = (1 + np.log(np.concatenate([times for _runs, times in counted]))) * rarity[columns]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(texts)))
    # What stands in one text only makes it longer, and like none: it needs no column.
    shared = spread > 1
    kept = shared[columns]
    table = np.zeros((len(texts), int(shared.sum())))
    table[rows[kept], (np.cumsum(shared) - 1)[columns[kept]]] = weights[kept]
    return np.asarray(table @ table.T / np.outer(lengths, lengths), dtype=np.float64)


def _runs_of(text: str) -> Runs:
    """The pairs and triples of neighbouring characters in *text*, each as a number; one alone as itself."""
    encoded = text[:LONGEST].encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(encoded, dtype=np.uint32).astype(np.uint64)
    bits = np.uint64(CODE_BITS)
    pairs = (codes[:-1] << bits) | codes[1:]
    triples = (pairs[:-1] << bits) | codes[2:]
    return np.concatenate([pairs, triples]) if len(codes) > 1 else codes


def _joined(likeness: Floats, alike: float) -> list[list[int]]:
    """Rows of *likeness* joined two by two, the most alike first, while that is at least *alike*."""
    members = [[row] for row in range(len(likeness))]
    # Rounded, so that which of two equal pairs comes first does not hang on the last bit.
    means = np.round(likeness, 9)
    np.fill_diagonal(means, -1.0)
    while True:
        one, other = divmod(int(np.argmax(means)), len(means))
        if means[one, other] < alike:
            return [each for each in members if each]
        weights = len(members[one]), len(members[other])
        mean = np.round((means[one] * weights[0] + means[other] * weights[1]) / sum(weights), 9)
        means[one], means[:, one] = mean, mean
        means[other], means[:, other] = -1.0, -1.0
        means[one, one] = -1.0
        members[one] += members[other]
        members[other] = []
