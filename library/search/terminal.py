"""Making the index while somebody watches a terminal."""

import click

from core.terminal import progress_bar
from library.search import services
from library.search.current import engine


def make_index() -> None:
    """Make the index with a progress bar."""
    with progress_bar("search index", unit=" resources") as on_progress:
        count = services.rebuild_index(engine(), on_progress)
    click.echo(f"{count} resources are findable.")
