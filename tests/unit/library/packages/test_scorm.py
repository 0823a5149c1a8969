"""What is read of a SCORM package: what opens it, and what its pages say to everybody."""

import io

import pytest

from core.errors import Invalid
from library.packages.errors import NothingToOpen, UnreadableXml
from library.packages.playable import Playable, Standard, Trait
from library.packages.playing import read_playable
from tests.factories.packages import make_zip
from tests.factories.players import MANIFEST, scorm_bytes

LOM = """<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string>元数据里的标题</string></title>
<language>zh-CN</language></general>
<rights><description><string>CC BY 4.0</string></description></rights></lom>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><manifest>&b;</manifest>'


def read(content: bytes) -> Playable:
    return read_playable(io.BytesIO(content))


def page(body: str) -> dict[str, str]:
    return {"course/one.html": f"<html><body>{body}</body></html>"}


@pytest.mark.parametrize(
    ("version", "standard"),
    [
        ("1.2", Standard.SCORM_12),
        ("", Standard.SCORM_12),
        ("CAM 1.3", Standard.SCORM_2004),
        ("2004 3rd Edition", Standard.SCORM_2004),
        ("2004 4th Edition", Standard.SCORM_2004),
    ],
)
def test_the_version_is_known_by_the_manifest(version: str, standard: Standard) -> None:
    assert read(scorm_bytes(version=version)).standard is standard


def test_the_table_of_contents_names_what_can_be_opened() -> None:
    found = read(scorm_bytes())

    assert found.about.title == "分数课件"
    assert [(one.title, one.depth, one.name, one.parameters) for one in found.places] == [
        ("第一节", 0, "course/one.html", "?lang=zh"),
        ("练一练", 0, "", ""),
        ("第二节", 1, "course/two.html", "?a=1"),
        ("远处", 0, "", ""),
        ("外面", 0, "", ""),
    ]
    assert found.places[0].mastery == "60"


def test_metadata_says_title_language_and_licence() -> None:
    about = read(scorm_bytes(lom=LOM)).about

    assert (about.title, about.language, about.licence) == ("元数据里的标题", "zh-CN", "CC-BY-4.0")


def test_pages_that_ask_and_hide_nothing_are_read() -> None:
    texts = "\n".join(
        read(scorm_bytes(files=page("<h1>分数</h1><p>平均分</p><script>key='B'</script>"))).texts
    )

    assert "平均分" in texts
    assert "第二节的正文" in texts
    assert "key" not in texts


@pytest.mark.parametrize(
    "body",
    [
        '<p>KEYMARKER</p><input type="radio">',
        '<p style="display: none">KEYMARKER</p>',
        '<p style="visibility:hidden">KEYMARKER</p>',
        "<p hidden>KEYMARKER</p>",
        '<p class="quiz-feedback">KEYMARKER</p>',
        '<p id="correctAnswer">KEYMARKER</p>',
        "<details>KEYMARKER</details>",
        "<template>KEYMARKER</template>",
    ],
)
def test_of_a_page_that_asks_or_hides_nothing_is_read(body: str) -> None:
    found = read(scorm_bytes(files=page(body)))

    assert "KEYMARKER" not in "\n".join(found.texts)
    assert "第二节的正文" in "\n".join(found.texts)


def test_pages_that_the_table_of_contents_does_not_name_are_not_read() -> None:
    found = read(scorm_bytes(files={"course/answers.html": "<html><body>KEYMARKER</body></html>"}))

    assert "KEYMARKER" not in "\n".join(found.texts)


def test_without_a_table_of_contents_the_pages_of_the_manifest_open_it() -> None:
    assert [one.name for one in read(scorm_bytes(items="")).places] == ["course/one.html", "course/two.html"]


def test_rules_of_order_and_frames_are_told() -> None:
    found = read(
        scorm_bytes(
            version="2004 4th Edition",
            rules="<imsss:sequencing/>",
            files=page('<iframe src="a.html"></iframe>'),
        )
    )

    assert {Trait.SEQUENCED, Trait.FRAMED} <= found.traits
    assert not {Trait.SEQUENCED, Trait.FRAMED} & read(scorm_bytes()).traits


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (
            make_zip({"imsmanifest.xml": MANIFEST.format(version="1.2", items="", rules="", lom="")}),
            NothingToOpen,
        ),
        (make_zip({"imsmanifest.xml": BOMB}), UnreadableXml),
        (make_zip({"imsmanifest.xml": "<manifest><metadata>"}), UnreadableXml),
    ],
    ids=["nothing", "entities", "broken"],
)
def test_what_is_broken_or_hostile_is_refused(content: bytes, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        read(content)
