"""``weike roster``: import people from the command line."""

import os
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.roster import services, sheets
from accounts.roster.first_passwords import make_first_passwords
from accounts.roster.plan import Plan
from accounts.roster.printing import passwords_csv
from accounts.roster.services import Handout
from core import clock
from core.database import db, transaction
from core.errors import DomainError

roster = AppGroup("roster", help="Import a school's people.")
MOST_SHOWN = 50


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", "code", required=True, help="The school's code.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--passwords",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the new people's first passwords (CSV); by default beside FILE.",
)
def import_(file: Path, code: str, *, dry_run: bool, passwords: Path | None) -> None:
    """Import the CSV or Excel FILE: all of it, or nothing."""
    target = passwords or file.with_suffix(".passwords.csv")
    try:
        sheet = sheets.read_sheet(file.read_bytes())
        plan = services.preview(_school(code), sheet, now=clock.now())
        _tell(plan)
        if dry_run:
            return
        first_passwords = make_first_passwords(sorted(plan.new_usernames))
        with transaction():
            _plan, handouts = services.import_roster(
                _school(code), sheet, first_passwords, by=None, now=clock.now()
            )
            # Before the commit: nobody may have a password that nobody knows.
            if handouts:
                _write(target, handouts)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("Imported." + (f" First passwords: {target}" if handouts else ""))


def _school(code: str) -> Organisation:
    found = db.session.scalar(
        select(Organisation).where(Organisation.code == code, Organisation.kind == OrganisationKind.SCHOOL)
    )
    if found is None:
        message = f"There is no school with the code {code!r}."
        raise click.ClickException(message)
    return found


def _tell(plan: Plan) -> None:
    for problem in plan.problems[:MOST_SHOWN]:
        place = f"line {problem.line}" + (f", {problem.heading}" if problem.column else "")
        click.echo(f"{place}: {problem.sentence}", err=True)
    if plan.problems:
        message = f"{len(plan.problems)} problems; nothing was imported."
        raise click.ClickException(message)
    click.echo(
        f"{len(plan.created)} created, {len(plan.changed)} changed, {plan.unchanged} unchanged, "
        f"{len(plan.new_classes)} new classes."
    )


def _write(target: Path, handouts: list[Handout]) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(passwords_csv(handouts))
