"""``weike library index``."""

import click

from library.search.terminal import make_index


@click.command("index")
def index_command() -> None:
    """Make the search index anew; the old one answers meanwhile."""
    make_index()
