"""Bytecode: compiled once, also where Python is told to leave none beside the sources.

Many machines and images set ``PYTHONDONTWRITEBYTECODE``. Weike is five processes, its tests start dozens
more, and each would compile the application and all it uses anew: six seconds of CPU instead of three.
"""

import os
from collections.abc import MutableMapping

from scripts.paths import BUILD


def keep(environment: MutableMapping[str, str] = os.environ) -> None:
    """Have the programs that are started from now on keep their bytecode, if need be in ``build``."""
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment.setdefault("PYTHONPYCACHEPREFIX", str(BUILD / "bytecode"))
