from pathlib import Path

import numpy as np
import pytest

from recommender.candidates import vectors
from recommender.candidates.vectors import Vectors

TOPICS = ["一元一次方程 移项 解方程", "植物 光合作用 叶绿体", "唐诗 李白 静夜思", "past tense verbs English"]


@pytest.fixture(scope="module")
def made() -> Vectors:
    return vectors.fit((100 + n, f"{TOPICS[n % 4]} 第{n // 4}课 {TOPICS[n % 4][:4]}") for n in range(60))


def test_what_is_nearest_is_about_the_same(made: Vectors) -> None:
    near = made.nearest(made.of([100])[0], 10)
    assert near[0][1] == pytest.approx(1, abs=1e-3)
    assert all((resource_id - 100) % 4 == 0 for resource_id, _ in near)


def test_rows_have_length_one_and_ids_ascend(made: Vectors) -> None:
    assert np.linalg.norm(made.rows, axis=1) == pytest.approx(1, abs=1e-4)
    assert (np.diff(made.ids) > 0).all()


def test_what_is_saved_is_mapped_back_without_pickle(made: Vectors, tmp_path: Path) -> None:
    vectors.save(made, tmp_path, {"method": "test"})
    again = vectors.load(tmp_path)
    assert isinstance(again.rows, np.memmap)
    assert (again.rows == made.rows).all()
    assert (again.ids == made.ids).all()
    assert '"resources": 60' in (tmp_path / "card.json").read_text()


def test_unknown_resources_have_no_vector(made: Vectors) -> None:
    assert made.of([1, 101, 9999]).shape[0] == 1
    assert not made.knows(9999)


def test_terms_are_words_and_pairs_of_characters() -> None:
    found = vectors.terms("分式方程 Equations")
    assert "equations" in found
    assert "=分式" in found
    assert "=式方" in found
