"""A worker process: ``python -m app.worker QUEUES THREADS``, or ``celery --app app.worker worker``."""

import sys
import warnings

from app.factory import create_app
from app.inherited import follow_supervisor
from app.queue import celery as current_celery
from app.queue import sweep_while_working

follow_supervisor()
flask_app = create_app()
sweep_while_working(flask_app)
with flask_app.app_context():
    celery = current_celery()


def main(queues: str, threads: str) -> None:
    """Work on *queues* (separated by commas) with so many *threads*, until told to stop."""
    # Celery warns root because a pickled message could do anything; ours are JSON, and only ids.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    where = [f"--queues={queues}", f"--hostname={queues.replace(',', '-')}@weike"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    what = ["--pool=threads", f"--concurrency={threads}", "--loglevel=warning"]
    celery.start(["--quiet", "worker", *where, *what, *alone])


if __name__ == "__main__":
    main(*sys.argv[1:])
