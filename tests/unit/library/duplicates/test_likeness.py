"""Texts that say the same are found, nearly the same ones too, and different ones are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.duplicates.likeness import (
    BINS,
    candidates,
    likeness,
    plain,
    shingles,
    signature,
    text_hash,
)

WORDS = (
    "平移旋转轴对称方程函数三角形四边形圆面积体积分数小数百分数比例统计概率图形坐标单位长度重量时间速度路程"
)


def text(seed: int, length: int = 400) -> str:
    """A text that is the same for a seed, and unlike those of others."""
    letters = np.random.default_rng(seed).integers(0, len(WORDS), length)
    return "".join(WORDS[one] for one in letters)


@pytest.mark.parametrize(
    "same",
    [
        "床前明月光，疑是地上霜。举头望明月",
        "床前明月光,疑是地上霜. 举头望明月",
        "床前明月光\n\n疑是地上霜\n举头望明月!",
    ],
)
def test_spaces_and_punctuation_make_no_difference(same: str) -> None:
    assert text_hash(same) == text_hash("床前明月光疑是地上霜举头望明月")


def test_a_few_letters_are_no_text() -> None:
    assert text_hash("练习 1") == text_hash("") == ""


def test_numbers_make_a_difference() -> None:
    assert text_hash("计算 12 加 35 等于多少并写出过程") != text_hash("计算 12 加 36 等于多少并写出过程")


def test_copies_and_near_copies_meet_and_others_do_not() -> None:
    original = text(1)
    texts = [text(seed) for seed in range(2, 300)]
    near = original[:180] + "改动几个字" + original[186:]
    texts += [original, near, original]
    signatures = np.array([signature(shingles(one)) for one in texts])

    pairs = set(candidates(signatures))

    close = {(a, b) for a, b in pairs if likeness(shingles(texts[a]), shingles(texts[b])) >= 0.8}
    assert (298, 300) in close
    assert {(298, 299), (299, 300)} & close
    assert all(a >= 298 for a, b in close)
    assert len(pairs) < 100


def test_a_thousand_copies_do_not_give_half_a_million_pairs() -> None:
    same = signature(shingles(text(7)))
    pairs = list(candidates(np.tile(same, (1000, 1))))
    assert 999 <= len(pairs) <= 2000


def test_likeness_is_the_share_in_common() -> None:
    one, other = text(1), text(2)
    assert likeness(shingles(one), shingles(one)) == 1.0
    assert likeness(shingles(one), shingles(other)) < 0.05
    assert likeness(shingles(""), shingles("")) == 0.0
    half = likeness(shingles(one[:200] + other[:200]), shingles(one))
    assert 0.25 < half < 0.4


@given(st.text(max_size=300))
def test_any_text_has_a_signature(anything: str) -> None:
    parts = shingles(anything)
    assert signature(parts).shape == (BINS,)
    assert len(plain(anything)) >= 0
    assert likeness(parts, parts) in {0.0, 1.0}
