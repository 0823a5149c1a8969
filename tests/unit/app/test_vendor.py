"""What browsers get of third parties: pinned, hashed, licensed, and all of it built here."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
VENDOR = ROOT / "build/static/vendor"
LOCK = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
PACKAGE = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))

built = pytest.mark.skipif(
    not VENDOR.is_dir(), reason="frontend/build.mjs has not run here; make test runs it"
)


def manifest() -> dict[str, str]:
    hashes: dict[str, str] = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    return hashes


def test_every_package_is_pinned_by_its_hash_and_names_no_registry() -> None:
    packages = {name: about for name, about in LOCK.items() if name}
    assert [name for name, about in packages.items() if not about["integrity"].startswith("sha512-")] == []
    assert [name for name, about in packages.items() if "resolved" in about] == []


def test_versions_are_exact() -> None:
    versions = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


@built
def test_each_file_is_what_the_manifest_says() -> None:
    for name, expected in manifest().items():
        digest = hashlib.sha384((VENDOR / name).read_bytes()).digest()
        assert f"sha384-{base64.b64encode(digest).decode()}" == expected, name


@built
def test_nothing_else_is_served() -> None:
    ours = {"manifest.json", "stamp"}
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert {name for name in there if not name.endswith((".gz", ".br"))} - ours == set(manifest())


@built
def test_what_pages_ask_for_was_built() -> None:
    asked = {
        name
        for path in ROOT.glob("*/templates/**/*.html")
        for name in re.findall(r"""asset_url\(\s*["']vendor/([^"']+)["']""", path.read_text(encoding="utf-8"))
    }
    assert asked - set(manifest()) == set()


@built
def test_the_licence_of_each_package_is_at_hand() -> None:
    told = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    assert [
        name for name in PACKAGE["dependencies"] if f"{name} {PACKAGE['dependencies'][name]} (" not in told
    ] == []


@built
def test_no_file_asks_another_host_for_anything() -> None:
    styles = [path.read_text(encoding="utf-8") for path in VENDOR.rglob("*.css")]
    assert [text for text in styles if re.search(r"url\(\s*[\"']?(https?:)?//", text)] == []
