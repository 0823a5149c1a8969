"""``weike library curriculum``."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from core.database import transaction
from core.errors import DomainError
from library.curriculum.document import lines_with, read_curriculum
from library.curriculum.errors import UnknownCodes
from library.curriculum.services import MOST_NAMED, take


@click.command("curriculum")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def curriculum_command(file: Path) -> None:
    """Take subjects, editions, volumes, units and knowledge points from FILE, which is JSON.

    All of it is taken or nothing. Run it again on a changed file, and only what changed is written.
    """
    text = file.read_bytes()
    try:
        curriculum = read_curriculum(text)
        with transaction():
            outcome = take(curriculum)
    except UnknownCodes as refusal:
        for code in str(refusal.details["codes"]).split(", ")[:MOST_NAMED]:
            click.echo(f"{code}: line {', '.join(map(str, lines_with(text, code)))}", err=True)
        raise click.ClickException(str(refusal)) from refusal
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(
        f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged; "
        f"{outcome.links_added} links added, {outcome.links_removed} removed."
    )
