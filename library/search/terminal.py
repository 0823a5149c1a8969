"""Making the index while somebody watches a terminal."""

import click
from tqdm import tqdm

from library.search import services
from library.search.current import engine


def make_index() -> None:
    """Make the index with a progress bar."""
    with tqdm(unit=" resources", unit_scale=True, desc="search index") as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        count = services.rebuild_index(engine(), show)
    click.echo(f"{count} resources are findable.")
