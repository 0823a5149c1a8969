"""``weike library partner``."""

import click

from core import clock
from core.database import transaction
from core.errors import DomainError
from library.oai import services


@click.command("partner")
@click.argument("name")
def partner_command(name: str) -> None:
    """Make a key for the library NAME: with it, it gets local collections and the answers to questions, too.

    The key is shown once. An administrator of the city can end it on the page "Exchange".
    """
    try:
        with transaction():
            key = services.add_partner(name, by_id=None, role="command line", now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(key)
