"""The lock files: `write` makes them from pyproject.toml, `check` says without network whether they fit."""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from scripts.paths import ROOT
from scripts.stops import Stop, guarded

PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.lock": ("project",),
    "requirements-dev.lock": ("project", "dev"),
    "requirements-setup.lock": ("setup",),
    "requirements-node.lock": ("node",),
    "requirements-bench.lock": ("bench",),
}
"""Each lock file and the parts of pyproject.toml it pins: the project's own needs, or a dependency group."""


def pins(lock: Path) -> dict[str, set[Version]]:
    """The versions *lock* pins, by normalised name; a name has several where the Python version decides."""
    found: dict[str, set[Version]] = {}
    for match in PINNED.finditer(lock.read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(match["name"]), set()).add(Version(match["version"]))
    return found


def wanted(part: str) -> list[Requirement]:
    """What pyproject.toml asks for in *part*."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = settings["project"]["dependencies"] if part == "project" else settings["dependency-groups"][part]
    return [Requirement(text) for text in texts]


def complaints() -> list[str]:
    """One sentence for each place where a lock file does not fit pyproject.toml or its sister."""
    said = []
    for name, parts in LOCKS.items():
        pinned = pins(ROOT / name)
        for requirement in (each for part in parts for each in wanted(part)):
            versions = pinned.get(canonicalize_name(requirement.name), set())
            if not versions:
                said.append(f"{name} does not pin {requirement.name}: run make lock.")
            said += [
                f"{name} pins {version}, but pyproject.toml asks for {requirement}: run make lock."
                for version in versions
                if not requirement.specifier.contains(version)
            ]
    runtime, dev = pins(ROOT / "requirements.lock"), pins(ROOT / "requirements-dev.lock")
    said += [
        f"requirements-dev.lock pins {name} otherwise than requirements.lock: run make lock."
        for name, versions in runtime.items()
        if dev.get(name) != versions
    ]
    return said


def write() -> None:
    """Compile every lock file with uv: for any platform, with hashes, without the name of any host."""
    for name, parts in LOCKS.items():
        groups = [argument for part in parts if part != "project" for argument in ("--group", part)]
        source = ["pyproject.toml"] if "project" in parts else []
        command = [
            str(Path(sys.executable).with_name("uv")),
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--no-emit-index-url",
        ]
        command += ["--no-header", "--python-version", "3.11", *source, *groups, "--output-file", name]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            message = f"uv could not compile {name}; its own message stands above."
            raise Stop(message)


def main() -> int:
    """Do what the argument says."""
    parser = argparse.ArgumentParser(prog="scripts.locks", description=__doc__)
    parser.add_argument("verb", choices=["write", "check"])
    if parser.parse_args().verb == "write":
        write()
    said = complaints()
    for sentence in said:
        print(sentence)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
