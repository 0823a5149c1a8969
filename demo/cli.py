"""``weike demo``: build the demo city."""

import time

import click
from flask.cli import with_appcontext

from core import clock
from core.database import transaction
from core.terminal import progress_bar
from demo import city, history, media, shelf, stock, tasks
from library.search.current import engine
from library.search.services import rebuild_index

SEED, SCALE = 2026, 1.0

scale_option = click.option(
    "--scale", default=SCALE, show_default=True, help="Size of the city: 1.0 is 12 schools with 4,000 pupils."
)
seed_option = click.option(
    "--seed", default=SEED, show_default=True, help="The same seed gives the same city."
)
media_option = click.option("--media/--no-media", default=True, help="Whether to draw the micro-lessons.")


@click.group("demo", invoke_without_command=True)
@scale_option
@seed_option
@media_option
@click.pass_context
def demo(context: click.Context, *, scale: float, seed: int, media: bool) -> None:
    """Build the demo city in an empty database, and wait for all of it."""
    if context.invoked_subcommand is None:
        context.invoke(build, scale=scale, seed=seed, media=media)


@demo.command()
@scale_option
@seed_option
@media_option
@with_appcontext
def start(*, scale: float, seed: int, media: bool) -> None:
    """Build people and classes now; leave library, history and lessons to the workers."""
    _people(seed, scale)
    tasks.enqueue_all(seed, scale, with_media=media)
    click.echo("People and classes are there; library, history and lessons follow in the background.")


@demo.command()
@scale_option
@seed_option
@media_option
@with_appcontext
def build(*, scale: float, seed: int, media: bool) -> None:
    """Build everything now."""
    _people(seed, scale)
    with progress_bar("eight weeks of school life") as on_progress:
        history.write_history(seed, now=clock.now(), on_progress=on_progress)
    if media:
        _lessons(seed)
    with progress_bar("library") as on_progress:
        stock.stock_library(seed, scale, now=clock.now(), on_progress=on_progress)
    with progress_bar("search index") as on_progress:
        rebuild_index(engine(), on_progress)


def _lessons(seed: int) -> None:
    with progress_bar("micro-lessons") as on_progress:
        media.make_lessons(seed, now=clock.now(), on_progress=on_progress)


def _people(seed: int, scale: float) -> None:
    if city.is_built():
        message = "This database holds a demo city already; choose an empty DATA_DIR for another one."
        raise click.ClickException(message)
    if scale <= 0:
        message = "The scale must be larger than 0."
        raise click.BadParameter(message)
    started = time.monotonic()
    now = clock.now()
    with transaction():
        with progress_bar("people and classes") as on_progress:
            made = city.build_city(seed=seed, scale=scale, now=now, on_progress=on_progress)
        with progress_bar("first shelf of the library") as on_progress:
            shelf.fill_shelf(seed, now=now, on_progress=on_progress)
    click.echo(
        f"{len(made.schools)} schools, {len(made.pupils())} pupils and a first shelf of the library "
        f"in {time.monotonic() - started:.1f} s."
    )
