"""Numbers that lead to a person are found however they are written, and others are left alone."""

import pytest

from library.faults.personal_numbers import PersonalNumber, personal_numbers

PHONE, CARD = PersonalNumber.PHONE, PersonalNumber.IDENTITY_CARD


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请打 13812345678", PHONE),
        ("电话:138-1234-5678。", PHONE),
        ("１３８１２３４５６７８", PHONE),
        ("138 1234 5678", PHONE),
        ("+86 138 1234 5678", PHONE),
        ("010-12345678", PHONE),
        ("我的身份证 11010519491231002X", CARD),
        ("110105 19491231 002x", CARD),
    ],
)
def test_they_are_found(text: str, found: PersonalNumber) -> None:
    assert found in personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第3题的答案应该是 12,不是 13",
        "圆周率 3.14159265358979",
        "2026-09-07 第12345678号",
        "1381234567",
        "3812345678 + 1 = ?",
        "第一行 100 200 300 400",
    ],
)
def test_what_belongs_to_the_matter_is_left_alone(text: str) -> None:
    assert personal_numbers(text) == set()
