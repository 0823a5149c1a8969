"""``weike library merge-points``."""

import click
from flask.cli import with_appcontext

from core import clock
from core.database import db, transaction
from core.errors import DomainError
from library.merges import queries, services


@click.command("merge-points")
@click.argument("merged")
@click.argument("kept")
@click.option("--dry-run", is_flag=True, help="Say what would move, and change nothing.")
@click.option("--undo", is_flag=True, help="Undo the merge of these two.")
@with_appcontext
def merge_points_command(merged: str, kept: str, *, dry_run: bool, undo: bool) -> None:
    """Let everything that names the knowledge point MERGED name KEPT. Both are codes.

    The old code goes on meaning the point that stays. Nothing is lost: the merge can be undone.
    """
    try:
        if undo:
            _undo(merged, kept)
        else:
            _merge(merged, kept, dry_run=dry_run)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _merge(merged: str, kept: str, *, dry_run: bool) -> None:
    services.check(*services.find_pair(merged, kept))
    moving = services.preview(*services.find_pair(merged, kept))
    if not dry_run:
        with transaction():
            services.merge(*services.find_pair(merged, kept), by=None, now=clock.now())
    for one in moving:
        click.echo(f"{one.table}: {one.moves} moved, {one.falls_away} there already, {one.stays} stay.")
    click.echo("Nothing was changed." if dry_run else f"{merged} is {kept} now.")


def _undo(merged_code: str, kept_code: str) -> None:
    merged, kept = services.find_pair(merged_code, kept_code)
    merge = db.session.scalar(queries.present_merge_of(merged.id, kept.id))
    if merge is None:
        message = f"{merged_code} has not been merged into {kept_code}."
        raise click.ClickException(message)
    merge_id = merge.id
    with transaction():
        services.undo(db.session.get_one(type(merge), merge_id), by=None, now=clock.now())
    click.echo(f"{merged_code} and {kept_code} are two again.")
