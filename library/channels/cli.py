"""``weike library import-channel``."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import DEFAULT_LANGUAGE
from core.terminal import progress_bar
from library.channels import intake, queries, services
from library.channels.errors import NobodyToImport
from library.channels.models import ChannelImport
from library.channels.words import SHORT, sentence
from library.curriculum.models import Subject
from library.interchange.lines import sha256_of
from library.interchange.models import OrderState
from library.interchange.policy import import_tiers
from library.resources.models import Tier
from library.search.terminal import make_index


@click.command("import-channel")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--storage",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="The folder with the channel's files: Kolibri's “content”, or the “storage” in it.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@click.option(
    "--for", "username", default="", help="Whose import it is: an administrator; else the city's first one."
)
@click.option("--tier", "tier", default="", help="For whom; by default the first that the administrator has.")
@click.option("--subject", "code", default="", help="The subject of what tells none.")
@click.option(
    "--grades",
    type=(click.IntRange(1, 12), click.IntRange(1, 12)),
    default=(1, 12),
    show_default=True,
    help="The grades of what tells none.",
)
@click.option("--report", is_flag=True, help="Say what came of every part.")
@click.option("--index/--no-index", "is_indexed", default=True, help="Make the search index at the end.")
@with_appcontext
def import_command(  # noqa: PLR0913 -- an option each
    file: Path,
    storage: Path | None,
    username: str,
    tier: str,
    code: str,
    grades: tuple[int, int],
    *,
    dry_run: bool,
    report: bool,
    is_indexed: bool,
) -> None:
    """Take the Kolibri channel FILE into the library.

    FILE is its database (.sqlite3), or a ZIP with the folders databases and storage.

    Run it again with a newer version of the channel, or with its files: what there is is brought up to date.
    """
    try:
        hat = _hat(username)
        wanted = services.Wanted(
            file.name, sha256_of(file), _tier(tier, hat), _subject(code), (min(grades), max(grades))
        )
        with transaction():
            state = OrderState.CHECKING if dry_run else OrderState.IMPORTING
            made = services.order(
                _hat(username), wanted, language=DEFAULT_LANGUAGE, state=state, now=clock.now()
            )
            import_id = made.id
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    take = intake.check if dry_run else intake.carry_out
    with progress_bar(file.name, unit=" parts") as on_progress:
        take(import_id, on_progress, path=file, folder=storage)
    order = db.session.get_one(ChannelImport, import_id)
    _tell(order, in_full=report)
    if dry_run:
        with transaction():
            services.forget(import_id)
    elif is_indexed and (order.added or order.changed):
        make_index()


def _hat(username: str) -> Hat:
    found = db.session.scalars(queries.administrators_named(username)).first()
    if found is None and username:
        raise click.ClickException(f"“{username}” is no administrator.")
    if found is None:
        raise NobodyToImport
    return found


def _tier(name: str, hat: Hat) -> Tier:
    offered = import_tiers(hat)
    if name and name not in offered:
        raise click.ClickException(f"--tier is one of: {', '.join(offered)}.")
    return Tier(name) if name else offered[0]


def _subject(code: str) -> int | None:
    if not code:
        return None
    subject_id = db.session.scalar(select(Subject.id).where(Subject.code == code))
    if subject_id is None:
        raise click.ClickException(f"There is no subject “{code}”.")
    return subject_id


def _tell(order: ChannelImport, *, in_full: bool) -> None:
    if order.failure:
        raise click.ClickException(order.failure)
    click.echo(f"{order.title}, version {order.channel_version} (schema {order.schema or 'unknown'}).")
    click.echo(
        f"{order.added} added, {order.changed} changed, {order.unchanged} unchanged, "
        f"{order.refused} refused; {order.files_taken} files."
    )
    for outcome, note, count in db.session.execute(queries.count_by_note(order.id)):
        click.echo(f"  {count:6} {outcome.value:8}{SHORT[note]}")
    for line in db.session.execute(queries.parts_of(order.id)) if in_full else ():
        click.echo(
            f"{line.outcome.value:8}{'  ' * line.depth}{line.title}: {sentence(line.note, line.detail)}"
        )
