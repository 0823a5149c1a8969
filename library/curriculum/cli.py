"""``weike library curriculum``."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from core.database import transaction
from core.errors import DomainError
from library.curriculum.document import read_curriculum
from library.curriculum.services import take


@click.command("curriculum")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def curriculum_command(file: Path) -> None:
    """Take subjects, editions, volumes, units and knowledge points from FILE, which is JSON.

    All of it is taken or nothing. Run it again on a changed file, and only what changed is written.
    """
    try:
        curriculum = read_curriculum(file.read_bytes())
        with transaction():
            outcome = take(curriculum)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(
        f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged; "
        f"{outcome.links_added} links added, {outcome.links_removed} removed."
    )
