from pathlib import Path

from scripts.stamps import Stamp, fingerprint


def test_a_step_is_stale_until_it_succeeded(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("flask==3.1.3", encoding="utf-8")
    stamp = Stamp(tmp_path / "stamps" / "packages", [lock])

    assert not stamp.is_fresh()
    stamp.renew()
    assert Stamp(tmp_path / "stamps" / "packages", [lock]).is_fresh()


def test_a_changed_input_makes_the_step_stale(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("flask==3.1.3", encoding="utf-8")
    Stamp(tmp_path / "stamp", [lock]).renew()

    lock.write_text("flask==3.1.4", encoding="utf-8")

    assert not Stamp(tmp_path / "stamp", [lock]).is_fresh()


def test_a_step_left_half_done_is_stale(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "stamp", ["any"])
    stamp.renew()
    stamp.spoil()

    assert not stamp.is_fresh()


def test_a_missing_file_and_an_empty_one_differ(tmp_path: Path) -> None:
    before = fingerprint([tmp_path / "package.json"])
    (tmp_path / "package.json").touch()

    assert fingerprint([tmp_path / "package.json"]) != before


def test_content_moved_between_files_changes_the_fingerprint(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("xy", encoding="utf-8")
    second.write_text("", encoding="utf-8")
    before = fingerprint([first, second])

    first.write_text("x", encoding="utf-8")
    second.write_text("y", encoding="utf-8")

    assert fingerprint([first, second]) != before
