"""``weike library import`` and ``weike library export``."""

from pathlib import Path

import click

from core.errors import DomainError
from core.terminal import progress_bar
from library.interchange.imports import Outcome, import_file, try_file
from library.interchange.mappings import MAPPINGS
from library.interchange.outgoing import export_file
from library.resources.models import Tier
from library.search.terminal import make_index

MOST_SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "mapping", type=click.Choice(sorted(MAPPINGS)), default=None, help="Read a known data set."
)
@click.option("--strict", is_flag=True, help="Take all lines or none.")
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@click.option("--index/--no-index", "is_indexed", default=True, help="Make the search index at the end.")
def import_command(file: Path, mapping: str | None, *, strict: bool, dry_run: bool, is_indexed: bool) -> None:
    """Import resources from FILE: JSON Lines or CSV, gzipped or not, or an Excel workbook.

    Run it again after an interruption and it goes on where it stopped; run it again on a changed file
    and only what changed is written.
    """
    with progress_bar(file.name, unit=" lines") as on_progress:
        try:
            if dry_run:
                outcome = try_file(file, mapping=mapping or "", on_progress=on_progress)
            else:
                outcome = import_file(file, mapping=mapping or "", is_strict=strict, on_progress=on_progress)
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
    _tell(outcome)
    if is_indexed and not dry_run and (outcome.added or outcome.changed):
        make_index()


def _tell(outcome: Outcome) -> None:
    click.echo(
        f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged, "
        f"{outcome.refused} refused."
    )
    for line, sentence in outcome.problems[:MOST_SHOWN]:
        click.echo(f"  line {line}: {sentence}", err=True)
    if outcome.refused > MOST_SHOWN:
        click.echo(f"  … and {outcome.refused - MOST_SHOWN} more", err=True)


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--tier",
    "tiers",
    type=click.Choice([one.value for one in Tier if one is not Tier.PERSONAL]),
    multiple=True,
    help="Only this collection; may be given several times.",
)
@click.option(
    "--left-out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write one line for each resource that stays, and why.",
)
def export_command(file: Path, tiers: tuple[str, ...], left_out: Path | None) -> None:
    """Export the library to FILE: JSON Lines, packed if its name ends in .gz.

    What may not be passed on stays: what is not published, personal collections, and what has no licence
    that lets others have it.
    """
    with progress_bar(file.name, unit=" resources") as on_progress:
        try:
            outcome = export_file(
                file,
                tiers=[Tier(one) for one in tiers] or tuple(Tier),
                left_out=left_out,
                on_progress=on_progress,
            )
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{outcome.exported} exported, {outcome.left_out.total()} left out.")
    for reason, count in outcome.left_out.most_common():
        click.echo(f"  {count}: {reason.value}")
    if outcome.without_files:
        click.echo(f"  {outcome.without_files} of the exported have files, which the format does not carry.")
