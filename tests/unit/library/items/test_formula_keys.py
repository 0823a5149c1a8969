"""Which texts an author may write into the key of a blank for formulas, and what pupils reach it with."""

import pytest

from library.items import errors
from library.items.kinds.blanks import AnswerKind, is_same
from library.items.kinds.table import KINDS
from library.items.models import ItemKind, ItemVersion
from library.items.units import quantity_in


def check(key: str, kind: AnswerKind) -> None:
    """Check a question with one blank."""
    asked = ItemVersion(
        kind=ItemKind.TEXT_ENTRY,
        prompt="?",
        interaction={"answers": [kind.value]},
        correct={"blanks": [[key]]},
    )
    KINDS[ItemKind.TEXT_ENTRY].check(asked)


@pytest.mark.parametrize("kind", [AnswerKind.EXPRESSION, AnswerKind.FORM])
@pytest.mark.parametrize(
    "key", ["12cm", "12 cm", "36km/h", "5kg", "12厘米", r"3\text{ m}", r"2.5\,\mathrm{kg}"]
)
def test_a_number_with_a_unit_is_no_formula(key: str, kind: AnswerKind) -> None:
    with pytest.raises(errors.KeyIsQuantity):
        check(key, kind)


@pytest.mark.parametrize("key", ["5m", "3t", "12", "2ab", "c·m·12", "30°", "30度", "x=2", "50%", "Q=cmt"])
def test_what_can_be_a_formula_stays_one(key: str) -> None:
    check(key, AnswerKind.EXPRESSION)
    assert not quantity_in(key)


@pytest.mark.parametrize("kind", [AnswerKind.EXPRESSION, AnswerKind.FORM])
@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("12", "12cm"),
        ("12", r"12\operatorname{\mathrm{cm}}"),
        ("12", "12厘米"),
        ("12", "12m"),
        ("x=12", "x=12cm"),
        ("x=12", "x=12m"),
        ("2x", "2x cm"),
        ("2x", "2x米"),
    ],
)
def test_a_key_without_a_unit_is_not_reached_with_one(key: str, written: str, kind: AnswerKind) -> None:
    assert not is_same(kind, key, written)
