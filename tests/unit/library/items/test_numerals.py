"""Numbers that are spelled in Chinese, and what a page takes for a number."""

import re
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.items.kinds.numeric import typed_pattern
from library.items.models import ItemKind, ItemVersion
from library.items.numbers import read_number
from library.items.responses import parse_response
from library.items.units import same_quantity
from tests.unit.library.items.test_marking import RIGHT, WRONG, mark, version


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("二十五", 25),
        ("一百零五", 105),
        ("一百十二", 112),
        ("两千", 2000),
        ("一万零五十", 10050),
        ("一亿二千万", 120_000_000),
        ("二〇二六", 2026),
        ("零", 0),
        ("负三", -3),
        ("三分之一", Fraction(1, 3)),
        ("负二又三分之一", Fraction(-7, 3)),
        ("百分之二十五", Fraction(1, 4)),
        ("百分之百", 1),
        ("三点一四", Fraction(157, 50)),
        ("3.5万", 35_000),
        ("-120 万", -1_200_000),
        ("1.4亿", 140_000_000),
        ("３．５万", 35_000),
        ("5万亿", 5 * 10**12),
    ],
)
def test_where_a_number_is_asked_it_may_be_spelled(text: str, value: Fraction) -> None:
    assert read_number(text, spelled=True) == value
    assert read_number(text) is None
    asked = {"value": str(value), "tolerance": "0"}
    assert mark(ItemKind.NUMERIC, asked, {"value": text}) == RIGHT
    assert parse_response(version(ItemKind.NUMERIC, asked), {"value": text}) == {"value": text}


@pytest.mark.parametrize(
    "text",
    [
        "一百五",
        "一万二",
        "百",
        "十十",
        "12十",
        "十2",
        "二两",
        "三点十五",
        "零五百",
        "亿",
        "几十",
        "一千零零五",
        "5千",
        "3万5",
        "3万五千",
        "1/2万",
        "3点5万",
        "1,000万",
        "百分之百五",
    ],
)
def test_what_is_spelled_carelessly_is_no_number(text: str) -> None:
    assert read_number(text, spelled=True) is None


def test_words_stay_words_where_a_text_is_asked() -> None:
    assert mark(ItemKind.TEXT_ENTRY, {"blanks": [["十二"]]}, {"blanks": ["12"]}) == WRONG


@given(st.text(alphabet="零〇一二两九十百千万亿点分之又负0123456789./%‰-+×^e ½²", max_size=12))
def test_a_page_stops_nothing_that_is_a_number(text: str) -> None:
    asked = ItemVersion(
        kind=ItemKind.NUMERIC, prompt="?", interaction={"unit": "km/h"}, correct={"value": "1"}
    )
    if read_number(text, spelled=True) is not None:
        for typed in (text, f"{text} KM/H"):
            assert re.search(
                typed_pattern(asked), unicodedata.normalize("NFKC", typed).strip(), re.IGNORECASE
            )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三千米", "3 千米"),
        ("三千克", "3 kg"),
        ("二两", "100 克"),
        ("三分之一小时", "20 min"),
        ("十分钟", "600 秒"),
        ("1.5亿千米", "1.5×10^8 km"),
        ("5万元", "50000 元"),
    ],
)
def test_a_quantity_may_be_spelled(one: str, other: str) -> None:
    assert same_quantity(one, other)
