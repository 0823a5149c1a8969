"""Where resources have their files: rooms above add theirs when they are wired."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select

from library.duplicates import queries

FileQuery = Callable[[], Select[*tuple[Any, ...]]]
"""(resource, SHA-256) of files."""
_EXTENSION = "weike.resource_files"


def file_queries(app: Flask | None = None) -> list[FileQuery]:
    """The queries of *app*, by default of the current one."""
    found: list[FileQuery] = (app or current_app).extensions.setdefault(_EXTENSION, [queries.files])
    return found
