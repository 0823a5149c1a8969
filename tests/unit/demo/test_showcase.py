"""What is written, drawn and typed for visitors: right where it should be, wrong where it should be."""

from random import Random

import pytest

from demo.handwriting.equations import Equation, Solution
from demo.handwriting.paper import HEIGHT, MARGIN, WIDTH, Sheet
from demo.showcase import blanks
from demo.showcase.pens import notes_on
from library.items.marking import mark
from library.items.records import ItemRecord

EQUATION = Equation(4, 7, 3, -7)
RECORD = ItemRecord.model_validate(
    blanks.ten_blanks() | {"identifier": "blanks", "knowledge_points": ["any"]}
)


def chance(name: object) -> Random:
    return Random(f"{name}")  # noqa: S311 -- the same page in every run


def judged(*changes: tuple[int, str]) -> float:
    """How many of the ten blanks the key accepts where all are right but these."""
    texts = [key for _before, key, _wrong in blanks.BLANKS]
    for blank, text in changes:
        texts[blank] = text
    return round((mark(RECORD.asked, {"blanks": texts}).score or 0) * len(texts), 6)


def test_the_key_refuses_what_pupils_write_otherwise_and_what_they_get_wrong() -> None:
    assert judged() == len(blanks.BLANKS)
    for blank, (_before, _key, wrong) in enumerate(blanks.BLANKS):
        for text in (*wrong, *blanks.RIGHT_ALL_THE_SAME.get(blank, ())):
            assert judged((blank, text)) == len(blanks.BLANKS) - 1, text


def test_all_that_the_key_forgot_takes_fewer_than_ten_strokes() -> None:
    assert 0 < sum(len(texts) for texts in blanks.RIGHT_ALL_THE_SAME.values()) < 10


def test_an_equation_is_read_from_the_words_that_ask_for_it() -> None:
    assert Equation.in_words("在纸上解方程 4(x − 7) + 3x = −7，写出每一步的依据。") == EQUATION
    with pytest.raises(ValueError, match="没有方程"):
        Equation.in_words("没有方程")


def test_who_keeps_a_sign_gets_another_result_and_who_does_not_the_right_one() -> None:
    right = Solution.of(EQUATION, chance("a"), has_slip=False)
    slip = Solution.of(EQUATION, chance("a"), has_slip=True)
    assert right.lines[2:5] == ["    7x = −7 + 28", "    7x = 21", "    x = 3"]
    assert slip.lines[2:5] == ["    7x = −7 − 28", "    7x = −35", "    x = −5"]
    assert not slip.is_checked


def test_what_lies_askew_is_found_again_in_the_photograph() -> None:
    assert Sheet(0.0).in_photo(100, 200) == pytest.approx((MARGIN + 100, MARGIN + 200))
    middle = Sheet(3.0).in_photo(WIDTH / 2, HEIGHT / 2)
    left, right = Sheet(3.0).in_photo(0, 600), Sheet(3.0).in_photo(WIDTH, 600)
    assert left[0] < middle[0] < right[0]
    assert right[1] < left[1], "turned against the clock, the right side is higher"


@pytest.mark.parametrize("has_slip", [True, False])
def test_the_teacher_draws_what_the_platform_takes(*, has_slip: bool) -> None:
    """Shapes are read as the page reads them: what is beside the page is refused."""
    for number in range(30):
        solution = Solution.of(EQUATION, chance(number), has_slip=has_slip)
        assert len(list(notes_on(solution, chance(number)))) >= 3
