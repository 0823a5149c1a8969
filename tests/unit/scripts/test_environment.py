import base64
import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import environment


def test_a_newer_release_of_a_locked_package_does_not_stop_the_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older pips resolved `pydantic[email]` past the lock on the day that pydantic 2.14.4 appeared."""
    shelf, target = tmp_path / "shelf", tmp_path / "target"
    wheels = [
        wheel(shelf, "asking", "1", requires="given[extra]>=1"),
        wheel(shelf, "given", "1", extras="extra"),
    ]
    wheel(shelf, "given", "2", extras="extra")
    lock = tmp_path / "requirements.lock"
    lock.write_text("\n".join(wheels), encoding="utf-8")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "has_uv", lambda: False)
    for name, value in {"NO_INDEX": "1", "FIND_LINKS": str(shelf), "TARGET": str(target)}.items():
        monkeypatch.setenv(f"PIP_{name}", value)

    environment.install("Two packages", lock)

    assert sorted(path.name for path in target.glob("*.dist-info")) == [
        "asking-1.dist-info",
        "given-1.dist-info",
    ]


def wheel(shelf: Path, name: str, version: str, *, requires: str = "", extras: str = "") -> str:
    """Put an empty package on the shelf; returns its line for a lock file."""
    shelf.mkdir(exist_ok=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += f"Requires-Dist: {requires}\n" if requires else ""
    metadata += f"Provides-Extra: {extras}\n" if extras else ""
    files = {
        f"{name}.py": "",
        f"{name}-{version}.dist-info/METADATA": metadata,
        f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{name}-{version}.dist-info/RECORD"
    files[record] = "".join(f"{path},sha256={digest(text)},{len(text)}\n" for path, text in files.items())
    files[record] += f"{record},,\n"
    place = shelf / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(place, "w") as out:
        for path, text in files.items():
            out.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(place.read_bytes()).hexdigest()}"


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
