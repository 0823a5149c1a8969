"""How the demo city joins the application: as an extension found by its entry point, never by an import."""

from flask import Flask

from core.jobs.tasks import register
from demo import tasks


def init_app(app: Flask) -> None:
    """Let the workers run the demo city's jobs."""
    register(app, tasks.history, tasks.library, tasks.lessons)
