"""Resources as vectors of their words, so that similar ones are near each other.

TF-IDF over words and character pairs, turned by a truncated SVD into 96 dimensions (latent semantic
analysis). Made by a job, kept as ``vectors.npz`` beside a JSON card, read by memory map; a full scan of
100,000 resources takes milliseconds, so no index of neighbours is kept.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import rjieba
from numpy.typing import NDArray

DIMENSIONS = 96
FEWEST_RESOURCES = 50
"""Below that there is nothing to compare."""
MOST_TERMS = 60_000
SEED = 20260907
_LOCAL_HEADER = 30
"""Length in bytes of a ZIP member's header before its name and extra field (APPNOTE.TXT 4.3.7)."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Resources and their vectors, row by row."""

    ids: NDArray[np.int64]
    """Shape (n,), ascending."""
    rows: NDArray[np.float32]
    """Shape (n, d), each of length 1."""

    def of(self, resource_ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of those of the resources that are known, shape (≤ len, d)."""
        wanted = np.asarray(resource_ids, dtype=np.int64)
        places = np.searchsorted(self.ids, wanted)
        places = np.minimum(places, len(self.ids) - 1)
        found: NDArray[np.float32] = self.rows[places[self.ids[places] == wanted]]
        return found

    def similarities(self, resource_ids: Sequence[int], to: NDArray[np.float32]) -> dict[int, float]:
        """Cosine of each known resource to the vector *to*, of shape (d,)."""
        known = [one for one in resource_ids if self.knows(one)]
        return dict(zip(known, (self.of(known) @ to).tolist(), strict=True))

    def knows(self, resource_id: int) -> bool:
        """Whether the resource has a vector."""
        place = int(np.searchsorted(self.ids, resource_id))
        return place < len(self.ids) and int(self.ids[place]) == resource_id

    def nearest(self, to: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
        """The *count* resources nearest to the vector *to*, of shape (d,), with their cosines."""
        cosines = self.rows @ to
        count = min(count, len(cosines))
        best = np.argpartition(-cosines, count - 1)[:count]
        best = best[np.argsort(-cosines[best], kind="stable")]
        return [(int(self.ids[place]), float(cosines[place])) for place in best]


def terms(text: str) -> list[str]:
    """The words of *text*, and its pairs of neighbouring Chinese characters."""
    lowered = text.lower()
    words = [word for word in rjieba.cut(lowered) if word.strip() and (len(word) > 1 or word.isalnum())]
    pairs = [a + b for a, b in pairwise(lowered) if _is_han(a) and _is_han(b)]
    return words + ["=" + pair for pair in pairs]


def fit(resources: Iterable[tuple[int, str]]) -> Vectors:
    """Vectors of (id, text) pairs; fewer dimensions than 96 where there are few words."""
    # scikit-learn takes a second to import, and only the job that runs this needs it.
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 -- see above
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 -- see above

    ids, texts = zip(*sorted(resources), strict=True)
    words = TfidfVectorizer(
        analyzer=terms, min_df=2, max_df=0.5, max_features=MOST_TERMS, sublinear_tf=True, dtype=np.float32
    ).fit_transform(texts)
    dimensions = min(DIMENSIONS, words.shape[1] - 1)
    rows = TruncatedSVD(dimensions, random_state=SEED, n_iter=3).fit_transform(words)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return Vectors(np.asarray(ids, dtype=np.int64), np.ascontiguousarray(rows, dtype=np.float32))


def save(vectors: Vectors, folder: Path, card: dict[str, Any]) -> None:
    """Write the vectors and their card into *folder*."""
    np.savez(folder / "vectors.npz", ids=vectors.ids, rows=vectors.rows)
    described = card | {"resources": len(vectors.ids), "dimensions": vectors.rows.shape[1], "seed": SEED}
    (folder / "card.json").write_text(json.dumps(described, ensure_ascii=False, indent=2), encoding="utf-8")


def load(folder: Path) -> Vectors:
    """Open what ``save`` wrote; the rows stay on disk until they are touched."""
    arrays = dict(_mapped(folder / "vectors.npz"))
    return Vectors(np.asarray(arrays["ids"]), arrays["rows"])


def _mapped(archive: Path) -> Iterator[tuple[str, NDArray[Any]]]:
    """The arrays of an uncompressed ``.npz``, each mapped where it lies in the file."""
    with zipfile.ZipFile(archive) as members, archive.open("rb") as raw:
        for member in members.infolist():
            raw.seek(member.header_offset)
            header = raw.read(_LOCAL_HEADER)
            name_and_extra = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
            raw.seek(name_and_extra, 1)
            np.lib.format.read_magic(raw)
            shape, is_fortran, kind = np.lib.format.read_array_header_1_0(raw)
            assert not is_fortran
            yield (
                member.filename.removesuffix(".npy"),
                np.memmap(archive, dtype=kind, mode="r", offset=raw.tell(), shape=shape),
            )


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"
