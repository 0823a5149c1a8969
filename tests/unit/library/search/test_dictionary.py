import pytest

from library.search.asking import asked
from library.search.dictionary import Dictionary, spellings
from library.search.vocabulary import NAME

COUNTS = {
    "分数": 90, "分母": 40, "加法": 30, "fraction": 20, "photosynthesis": 9, "photosynthesi~": 9,
    f"{NAME}一元一次方程": 12, f"{NAME}年代与世纪": 5, "函数": 50,
}  # fmt: skip


@pytest.fixture
def dictionary() -> Dictionary:
    return Dictionary(spellings(COUNTS))


def nothing_is_known(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("分", ["分数", "分母"]),
        ("fens", ["分数"]),
        ("fs", ["分数"]),
        ("yyyc", ["一元一次方程"]),
        ("frac", ["fraction"]),
        ("fracton", ["fraction"]),
        ("fenshuu", ["分数"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_what_is_typed_is_completed(dictionary: Dictionary, typed: str, expected: list[str]) -> None:
    assert dictionary.suggest(typed, 8) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fenshu", ("分数",)),
        ("nian dai yu shi ji", ("年代与世纪",)),
        ("fenshujiafa", ("分数", "加法")),
        ("hs", ("函数",)),
        ("photosyntehsis", ("photosynthesis",)),
        ("函树", ("函数",)),
    ],
)
def test_a_word_that_stands_nowhere_is_taken_for_what_it_means(
    dictionary: Dictionary, typed: str, meant: tuple[str, ...]
) -> None:
    _, mended = dictionary.mended(asked(typed), nothing_is_known)
    assert tuple(word for group in mended.values() for word in group) == meant


def test_a_word_that_stands_somewhere_is_left_alone(dictionary: Dictionary) -> None:
    question = asked("fenshu")
    assert dictionary.mended(question, lambda _word: True) == (question, {})


@pytest.mark.parametrize("whole", ["一元一次", "年代和世纪", "一元一次方成", "代年与世纪"])
def test_a_name_is_found_by_its_beginning_and_by_a_slip(dictionary: Dictionary, whole: str) -> None:
    assert len(dictionary.named(whole)) == 1


def test_stems_and_single_characters_are_not_suggested() -> None:
    assert [one.word for one in spellings({"solv~": 3, "光": 9, "12": 4})] == []
