from pathlib import Path

import pytest

from scripts import messages


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    folder = tmp_path / "room"
    (folder / "templates").mkdir(parents=True)
    (folder / "views.py").write_text(
        '_("Hand in")\nngettext("%(num)s page", "%(num)s pages", 2)\nlazy("Due %(day)s")\n'
    )
    (folder / "templates" / "x.html").write_text('{{ _("Hello %(name)s", name=name) }}')
    return folder


def translate(**texts: str) -> None:
    path = messages.catalogue_of("room")
    text = path.read_text(encoding="utf-8")
    for msgid, chinese in texts.items():
        before, after = text.split(f'msgid "{msgid}"', 1) if f'msgid "{msgid}"' in text else (text, "")
        text = f'{before}msgid "{msgid}"{after.replace(chr(34) * 2, chr(34) + chinese + chr(34), 1)}'
    path.write_text(text, encoding="utf-8")


def complete() -> None:
    translate(
        **{
            "Hand in": "提交",
            "%(num)s page": "%(num)s 页",
            "Due %(day)s": "%(day)s 截止",
            "Hello %(name)s": "%(name)s，你好",
        }
    )


def test_texts_of_code_and_of_templates_are_found(package: Path) -> None:
    found = {str(message.id) for message in messages.texts(messages.extract("room"))}
    assert {"Hand in", "Due %(day)s", "Hello %(name)s"} < found
    assert len(found) == 4


def test_a_text_without_its_chinese_is_a_fault(package: Path) -> None:
    messages.update("room")
    assert len(messages.faults("room")) == 4


def test_a_complete_catalogue_has_no_faults_and_keeps_them_through_an_update(package: Path) -> None:
    messages.update("room")
    complete()
    assert messages.faults("room") == []
    before = messages.catalogue_of("room").read_bytes()
    messages.update("room")
    assert messages.catalogue_of("room").read_bytes() == before


def test_a_placeholder_that_the_chinese_lacks_is_a_fault(package: Path) -> None:
    messages.update("room")
    complete()
    path = messages.catalogue_of("room")
    path.write_text(path.read_text(encoding="utf-8").replace("%(day)s 截止", "今天截止"), encoding="utf-8")
    assert messages.faults("room") == ["room: day differ in the Chinese of 'Due %(day)s' (room/views.py)"]


def test_a_text_that_is_gone_from_the_code_is_a_fault_and_an_update_drops_it(package: Path) -> None:
    messages.update("room")
    complete()
    (package / "templates" / "x.html").write_text("")
    assert len(messages.faults("room")) == 1
    messages.update("room")
    assert messages.faults("room") == []


def test_a_bare_percent_sign_in_a_template_is_a_fault(package: Path) -> None:
    (package / "templates" / "x.html").write_text('{{ _("90% done") }}')
    messages.update("room")
    assert any("percent sign" in fault for fault in messages.faults("room"))


def test_every_text_of_the_product_has_its_chinese() -> None:
    packages = list(messages.FLOORS)
    faults = [fault for package in packages for fault in messages.faults(package)]
    assert faults + messages.contradictions(packages) == []


@pytest.mark.parametrize(
    "chinese",
    ["%(name)s,你好", "你好(%(name)s)", "你好,%(name)s", "%(name)s你好!", "你好:%(name)s", "你好%(name)s.好"],
)
def test_half_width_punctuation_beside_chinese_is_a_fault(package: Path, chinese: str) -> None:
    messages.update("room")
    complete()
    path = messages.catalogue_of("room")
    path.write_text(path.read_text(encoding="utf-8").replace("%(name)s，你好", chinese), encoding="utf-8")
    assert any("half-width punctuation" in fault for fault in messages.faults("room"))


@pytest.mark.parametrize(
    "chinese",
    [
        "%(name)s，约 3.5 分钟，12:30 截止",
        "%(name)s：HTML（.html, .htm）、1,000 行",
        "%(name)s 的 f(x)=1/2 与 https://example.org/?q=a",
        "把 %(name)s 存为 data.jsonl。",
        "压缩包（databases/….sqlite3）%(name)s",
    ],
)
def test_code_units_and_numbers_keep_their_punctuation(package: Path, chinese: str) -> None:
    messages.update("room")
    complete()
    path = messages.catalogue_of("room")
    path.write_text(path.read_text(encoding="utf-8").replace("%(name)s，你好", chinese), encoding="utf-8")
    assert messages.faults("room") == []
