"""A worksheet's text, and the key at its end."""

import pytest

from library.resources.sheets import read_sheet


@pytest.mark.parametrize("heading", ["## 参考答案", "# 答案", "### Answer key:", "## answers ##"])
def test_the_key_is_taken_from_the_end(heading: str) -> None:
    sheet = read_sheet(f"一、口算\n\n**1.** $3+4$\n\n---\n\n{heading}\n\n1. 7")

    assert sheet.text == "一、口算\n\n**1.** $3+4$"
    assert sheet.key == "1. 7"


@pytest.mark.parametrize("text", ["答案写在本子上。", "**参考答案** 见下周", "    # 答案", ""])
def test_a_word_in_the_text_is_no_key(text: str) -> None:
    assert read_sheet(text).key == ""
