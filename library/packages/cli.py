"""``weike library import-package`` and ``export-cartridge``."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from accounts.people.models import Hat, Person
from core import clock
from core.database import db, transaction
from core.errors import DomainError
from core.files import files
from core.terminal import progress_bar
from library.curriculum.models import Subject
from library.packages import queries, services
from library.packages.errors import PROBLEMS
from library.packages.exports import export
from library.packages.models import ImportState, PackageImport
from library.packages.policy import may_import
from library.packages.services import Place
from library.packages.words import OUTCOME_NAMES, sentence


@click.command("import-package")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--for", "username", required=True, help="Whose drafts they become: a teacher's user name.")
@click.option("--subject", "code", required=True, help="The subject's code.")
@click.option(
    "--grades", type=(click.IntRange(1, 12), click.IntRange(1, 12)), default=(1, 12), show_default=True
)
@click.option("--report", is_flag=True, help="Say what came of every part.")
@with_appcontext
def import_command(file: Path, username: str, code: str, grades: tuple[int, int], *, report: bool) -> None:
    """Take the package FILE (Common Cartridge 1.1 to 1.3) into the drafts of a teacher's school."""
    with file.open("rb") as content:
        stored = files().put(content)
    with transaction():
        subject_id = db.session.scalar(select(Subject.id).where(Subject.code == code))
        if subject_id is None:
            raise click.ClickException(f"There is no subject “{code}”.")
        place = Place(subject_id, min(grades), max(grades))
        run, is_new = services.begin(stored, file.name, place, actor=_hat(username), now=clock.now())
        import_id = run.id
    if is_new:
        with progress_bar(file.name, unit=" parts") as on_progress:
            services.take(import_id, on_progress, now=clock.now())
    _tell(db.session.get_one(PackageImport, import_id), in_full=report)


@click.command("export-cartridge")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("identifiers", nargs=-1, required=True)
@click.option("--title", default="Weike", show_default=True, help="What the cartridge is called.")
@with_appcontext
def export_command(file: Path, identifiers: tuple[str, ...], title: str) -> None:
    """Write the resources with these IDENTIFIERS into FILE as a Common Cartridge 1.3.

    Only what is published under a free licence leaves; what stays is told with its reason.
    """
    unfinished = file.with_name(f".{file.name}.part")
    try:
        with unfinished.open("wb") as out:
            exported = export(identifiers, title, out)
        unfinished.replace(file)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{exported.written} written.")
    for identifier, reason in exported.kept_here:
        click.echo(f"  {identifier}: {reason}", err=True)


def _hat(username: str) -> Hat:
    hats = db.session.scalars(
        select(Hat)
        .join(Person, Person.id == Hat.person_id)
        .where(Person.username == username)
        .order_by(Hat.id)
    )
    found = next((one for one in hats if one.ended_at is None and may_import(one)), None)
    if found is None:
        raise click.ClickException(f"“{username}” is no teacher or administrator of a school.")
    return found


def _tell(run: PackageImport, *, in_full: bool) -> None:
    if run.state is ImportState.REFUSED:
        raise click.ClickException(str(PROBLEMS[run.problem](**run.problem_details)))
    counts = {row[0]: row[1] for row in db.session.execute(queries.count_by_outcome(run.id))}
    click.echo(", ".join(f"{counts.get(outcome, 0)} {outcome.value}" for outcome in OUTCOME_NAMES) + ".")
    for line in db.session.execute(queries.parts_of(run.id)) if in_full else ():
        click.echo(
            f"{line.outcome.value:8}{'  ' * line.depth}{line.title}: {sentence(line.note, line.detail)}"
        )
