"""What is read of an H5P package, and what of it is a key and stays unread."""

import io
import json
from typing import Any

import pytest

from core.errors import Invalid
from library.packages.errors import (
    DamagedPackage,
    NotInPackage,
    PackageBomb,
    UnplayablePackage,
    UnreadableJson,
    UnsafeName,
)
from library.packages.playable import Playable, Standard, Trait
from library.packages.playing import read_playable
from tests.factories.packages import make_cartridge, make_zip
from tests.factories.players import h5p_bytes

KEY = "KEYMARKER"
"""Stands wherever a content type keeps what is right, or what is told afterwards."""
QUESTIONS: dict[str, Any] = {
    "H5P.MultiChoice": {
        "question": "<p>哪个最大?</p>",
        "answers": [{"text": KEY, "correct": True, "tipsAndFeedback": {"chosenFeedback": KEY}}],
        "overallFeedback": [{"feedback": KEY}],
    },
    "H5P.TrueFalse": {"question": "哪个最大?", "correct": KEY, "behaviour": {"feedbackOnCorrect": KEY}},
    "H5P.Blanks": {"text": "哪个最大?", "questions": [f"<p>最大的是 *{KEY}*</p>"]},
    "H5P.DragText": {"taskDescription": "哪个最大?", "textField": f"最大的是 *{KEY}*"},
    "H5P.MarkTheWords": {"taskDescription": "哪个最大?", "textField": f"*{KEY}*"},
    "H5P.SingleChoiceSet": {"choices": [{"question": "哪个最大?", "answers": [KEY, "b"]}]},
    "H5P.Summary": {"intro": "哪个最大?", "summaries": [{"summary": [KEY, "b"]}]},
    "H5P.Essay": {"taskDescription": "哪个最大?", "keywords": [{"keyword": KEY}], "solution": {"s": KEY}},
    "H5P.Dialogcards": {"description": "哪个最大?", "dialogs": [{"text": "正面", "answer": KEY}]},
    "H5P.Flashcards": {"description": "哪个最大?", "cards": [{"text": "正面", "answer": KEY}]},
    "H5P.GuessTheAnswer": {"taskDescription": "哪个最大?", "solutionText": KEY},
    "H5P.DragQuestion": {
        "question": {
            "settings": {"questionTitle": "哪个最大?"},
            "task": {"elements": [{"type": {"library": "H5P.AdvancedText 1.1", "params": {"text": KEY}}}]},
        }
    },
    "H5P.Crossword": {"taskDescription": "哪个最大?", "words": [{"clue": "c", "answer": KEY}]},
}  # fmt: skip


def read(content: bytes) -> Playable:
    return read_playable(io.BytesIO(content))


def column(*inside: tuple[str, Any]) -> dict[str, Any]:
    return {
        "content": [
            {"content": {"library": f"{name} 1.4", "params": params, "metadata": {"title": f"第{number}块"}}}
            for number, (name, params) in enumerate(inside, start=1)
        ]
    }


def test_a_package_says_who_made_it_and_under_which_licence() -> None:
    found = read(h5p_bytes())

    assert found.standard is Standard.H5P
    assert (found.about.title, found.about.language, found.about.author) == ("打招呼", "zh-CN", "王老师")
    assert found.about.licence == "CC-BY-4.0"
    assert found.missing == ()


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"license": "U"}, ""),
        ({"license": "C"}, "all-rights-reserved"),
        ({"license": "CC BY-SA", "licenseVersion": "3.0"}, "CC-BY-SA-3.0"),
        ({"license": "PD", "licenseVersion": "CC0 1.0"}, "CC0-1.0"),
        ({"license": "my own", "licenseVersion": 7}, "my own 4.0"),
    ],
)
def test_licences_are_known_by_the_words_of_h5p(said: dict[str, Any], licence: str) -> None:
    said = {name: value for name, value in said.items() if value != 7}

    assert read(h5p_bytes(manifest=said)).about.licence == licence


def test_an_address_is_no_title() -> None:
    assert read(h5p_bytes(manifest={"title": "https://video.example/watch?v=1"})).about.title == ""


def test_what_is_explained_is_read_in_order() -> None:
    content = column(
        ("H5P.AdvancedText", {"text": "<h2>分数</h2><p>平均分成 <b>四</b>份。</p>"}),
        ("H5P.Table", {"text": "<table><tr><td>分子</td></tr></table>"}),
        ("H5P.Column", column(("H5P.Text", {"text": "里面的话"}))),
    )

    texts = "\n".join(read(h5p_bytes(content, main="H5P.Column")).texts)

    assert texts.index("分数") < texts.index("分子") < texts.index("里面的话")
    assert "第1块" in texts


@pytest.mark.parametrize("library", QUESTIONS)
@pytest.mark.parametrize("is_inside", [False, True], ids=["alone", "inside"])
def test_of_a_question_its_wording_is_read_and_never_its_key(library: str, is_inside: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    content = column((library, QUESTIONS[library])) if is_inside else QUESTIONS[library]

    found = read(h5p_bytes(content, main="H5P.Column" if is_inside else library))

    assert "哪个最大" in "\n".join(found.texts)
    assert KEY not in json.dumps(found.texts, ensure_ascii=False)
    assert Trait.ASKS in found.traits


def test_nothing_is_read_of_a_content_type_that_is_not_known() -> None:
    content = {
        "text": KEY,
        "question": KEY,
        "content": [{"library": "H5P.AdvancedText 1.1", "params": {"text": KEY}}],
    }

    found = read(h5p_bytes(content, main="H5P.NewThing"))

    assert KEY not in json.dumps(found.texts)
    assert Trait.ASKS in found.traits


def test_a_package_without_its_libraries_says_which_are_missing() -> None:
    found = read(h5p_bytes(column(("H5P.Text", {"text": "只有内容"})), main="H5P.Column", libraries=False))

    assert found.missing == ("H5P.Column 1.2",)
    assert "只有内容" in found.texts


def test_libraries_of_libraries_are_needed_too() -> None:
    needing = json.dumps(
        {"preloadedDependencies": [{"machineName": "Other", "majorVersion": 3, "minorVersion": 0}]}
    )

    assert read(h5p_bytes(files={"H5P.Greeting-1.2/library.json": needing})).missing == ("Other 3.0",)


def test_what_stands_at_another_host_is_told() -> None:
    video = {"sources": [{"path": "https://video.example/1", "mime": "video/YouTube"}]}

    assert Trait.OUTSIDE in read(h5p_bytes(video, main="H5P.Video")).traits


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (make_zip({"h5p.json": "{", "content/content.json": "{}"}), UnreadableJson),
        (make_zip({"h5p.json": "[" * 100_000, "content/content.json": "{}"}), UnreadableJson),
        (make_zip({"h5p.json": "[]", "content/content.json": "{}"}), DamagedPackage),
        (make_zip({"h5p.json": '{"mainLibrary": 3}', "content/content.json": "{}"}), DamagedPackage),
        (make_zip({"h5p.json": '{"mainLibrary": "H5P.Text"}'}), NotInPackage),
        (h5p_bytes(files={"../outside.js": "x"}), UnsafeName),
        (h5p_bytes(files={"content/zeros.json": bytes(64 << 20)}), PackageBomb),
        (make_zip({"readme.txt": "hello"}), UnplayablePackage),
        (make_cartridge(), UnplayablePackage),
    ],
    ids=["broken", "deep", "list", "number", "empty", "traversal", "bomb", "zip", "cartridge"],
)
def test_what_is_broken_or_hostile_is_refused(content: bytes, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        read(content)


def test_a_content_as_deep_as_the_sea_ends() -> None:
    content: dict[str, Any] = {"text": "底"}
    for _ in range(300):
        content = {"content": content}

    assert read(h5p_bytes(content, main="H5P.Column")).texts == ()
