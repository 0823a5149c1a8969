"""The command line: ``weike`` (or ``python -m app``)."""

import sys

import click
from flask.cli import FlaskGroup

import app.serve
from app.factory import create_app
from app.settings import Settings
from core.disk import is_full


@click.command("serve")
def serve() -> None:
    """Serve the platform with its workers until Ctrl-C (HOST, PORT, DATA_DIR)."""
    raise SystemExit(app.serve.main())


def main() -> None:
    """Run the command that the arguments name; each package adds its own."""
    weike = FlaskGroup(create_app=create_app, add_default_commands=True)
    weike.add_command(serve)
    try:
        weike(prog_name="weike")
    except Exception as error:
        if not is_full(error):
            raise
        click.echo(app.serve.no_room(Settings.from_environment()), err=True)
        sys.exit(app.serve.FULL_DISK)
