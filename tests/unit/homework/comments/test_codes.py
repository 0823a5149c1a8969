import pytest

from homework.comments.codes import code_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("步骤清楚", "bzqc"),
        ("步骤清楚，单位漏写了！", "bzqcdwlxl"),
        ("Show your steps", "sys"),
        ("注意 x 的取值", "zyxdqz"),
        ("很" * 40, "h" * 16),
        ("！？", ""),
    ],
)
def test_a_comment_is_found_by_the_initials_of_its_pinyin_and_words(text: str, code: str) -> None:
    assert code_of(text) == code
