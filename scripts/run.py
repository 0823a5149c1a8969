"""`make run`: set up what is missing, then hand over to `weike serve`."""

import os
import sys

from scripts import bootstrap
from scripts.paths import PYTHON, ROOT, data_dir
from scripts.stops import guarded, port_from, require_port, require_room

FIRST_CITY_MEGABYTES = 1_500
"""The demo city with its library, media and search index."""
RUNNING_MEGABYTES = 200


def main() -> int:
    """Check what can be checked at once, set up, and become the server."""
    host = os.environ.get("HOST", "127.0.0.1")
    port = port_from(os.environ.get("PORT", "8000"))
    require_port(host, port)
    data = data_dir()
    data.mkdir(parents=True, exist_ok=True)
    is_new = not any(data.iterdir())
    require_room(data, FIRST_CITY_MEGABYTES if is_new else RUNNING_MEGABYTES)
    bootstrap.ensure()
    os.environ.update(HOST=host, PORT=str(port), DATA_DIR=str(data))
    os.chdir(ROOT)
    # The module, not `weike serve`: the supervisor does without loading the application.
    os.execv(PYTHON, [str(PYTHON), "-m", "app.serve"])  # noqa: S606 - becomes it: Ctrl-C reaches the server itself


if __name__ == "__main__":
    sys.exit(guarded(main))
