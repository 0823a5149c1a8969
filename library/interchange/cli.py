"""``weike library import``."""

from pathlib import Path

import click
from tqdm import tqdm

from core.errors import DomainError
from library.interchange.imports import Outcome, import_file, try_file
from library.interchange.mappings import MAPPINGS
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
    with tqdm(unit=" lines", unit_scale=True, desc=file.name) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        try:
            if dry_run:
                outcome = try_file(file, mapping=mapping or "", on_progress=show)
            else:
                outcome = import_file(file, mapping=mapping or "", is_strict=strict, on_progress=show)
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
