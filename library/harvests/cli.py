"""``weike library harvest``."""

import click
from flask import current_app
from sqlalchemy import select

from accounts.organisations.models import Organisation, OrganisationKind
from core import clock
from core.database import db, transaction
from core.errors import DomainError
from core.terminal import progress_bar
from library.harvests import sources
from library.harvests.errors import sentence
from library.harvests.models import HarvestRun, HarvestSource
from library.harvests.outside import Outside, check_address
from library.harvests.queries import notes_of, same_source
from library.harvests.walk import harvest
from library.interchange.identifiers import namespace
from library.resources.models import Tier
from library.search.terminal import make_index

MOST_SHOWN = 20


@click.command("harvest")
@click.argument("url", required=False)
@click.option("--set", "set_spec", default="", help="Only this set of the source.")
@click.option("--key", default="", envvar="WEIKE_HARVEST_KEY", help="The key that the source gave us.")
@click.option("--anew", is_flag=True, help="Read the whole list again, also what did not change.")
@click.option("--private", is_flag=True, help="Also ask addresses inside private networks.")
@click.option("--index/--no-index", "is_indexed", default=True, help="Make the search index at the end.")
def harvest_command(
    url: str | None, set_spec: str, key: str, *, anew: bool, private: bool, is_indexed: bool
) -> None:
    """Harvest the library at URL (its OAI-PMH address), or all sources that are known.

    Run it again after an interruption and it goes on where it stopped; later, only what changed is read.
    """
    known = [_source_at(url, set_spec, key)] if url else _all_sources()
    runs = [_harvest(source_id, anew=anew, private=private) for source_id in known]
    if is_indexed and any(run.added or run.changed or run.withdrawn for run in runs):
        make_index()
    if any(run.problem for run in runs):
        raise click.exceptions.Exit(1)


def _all_sources() -> list[int]:
    return list(db.session.scalars(select(HarvestSource.id).order_by(HarvestSource.id)))


def _source_at(url: str, set_spec: str, key: str) -> int:
    """The source of this address; put on the city's list if it is new, to be asked by hand."""
    try:
        check_address(url)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    cities = select(Organisation.id).where(Organisation.kind == OrganisationKind.CITY)
    with transaction():
        city_id = db.session.scalar(cities.order_by(Organisation.id).limit(1))
        if city_id is None:
            raise click.ClickException("There is no city yet that the resources could belong to.")
        source = db.session.scalar(same_source(url, set_spec, city_id))
        if source is None:
            source = HarvestSource(
                name=url[:200],
                url=url,
                set_spec=set_spec,
                tier=Tier.PUBLIC,
                organisation_id=city_id,
                every_hours=0,
                created_at=clock.now(),
            )
            db.session.add(source)
        source.key = key or source.key or ""
        db.session.flush()
        return source.id


def _harvest(source_id: int, *, anew: bool, private: bool) -> HarvestRun:
    config = current_app.config
    with transaction():
        source = db.session.get_one(HarvestSource, source_id)
        if anew:
            sources.begin_anew(source, by=None, now=clock.now())
        name = source.name
    with progress_bar(name, unit=" records") as on_progress:
        run_id = harvest(
            source_id,
            Outside(allows_private=private or config["HARVEST_PRIVATE_ADDRESSES"]).fetch,
            namespace=namespace(config["OAI_NAMESPACE"], config["SECRET_KEY"]),
            on_progress=on_progress,
        )
    run = db.session.get_one(HarvestRun, run_id)
    _tell(run)
    return run


def _tell(run: HarvestRun) -> None:
    click.echo(
        f"{run.records} records: {run.added} added, {run.changed} changed, {run.unchanged} unchanged, "
        f"{run.withdrawn} withdrawn, {run.ours} ours already, {run.conflicts} in conflict, "
        f"{run.refused} refused."
    )
    for note in db.session.scalars(notes_of(run.id).limit(MOST_SHOWN)):
        click.echo(f"  {note.identifier}: {sentence(note.problem)}", err=True)
    if run.problem:
        click.echo(sentence(run.problem), err=True)
