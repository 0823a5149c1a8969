"""Long steps in a terminal: a bar with an estimate for people, a line for logs, nothing for what is quick."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm

NOTICEABLE_SECONDS = 1.0
"""What is over sooner needs no bar."""
Progress = Callable[[int, int], None]


@contextmanager
def progress_bar(name: str, *, unit: str = "") -> Iterator[Progress]:
    """Show how far a step is; yields the function that takes what is done and how much there is.

    Where the output is no terminal, there is one line when the step is over.
    """
    begun = time.monotonic()
    with tqdm(
        desc=name, unit=unit, unit_scale=bool(unit), delay=NOTICEABLE_SECONDS, disable=None, mininterval=0.2
    ) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        is_seen = not bar.disable
        yield show
    taken = time.monotonic() - begun
    if not is_seen and taken >= NOTICEABLE_SECONDS:
        click.echo(f"{name}: done in {taken:.0f} s", err=True)
