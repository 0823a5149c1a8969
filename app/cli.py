"""The command line: ``weike`` (or ``python -m app``)."""

import click
from flask.cli import FlaskGroup

import app.serve
from app.factory import create_app


@click.command("serve")
def serve() -> None:
    """Serve the platform with its workers until Ctrl-C (HOST, PORT, DATA_DIR)."""
    raise SystemExit(app.serve.main())


def main() -> None:
    """Run the command that the arguments name; each package adds its own."""
    weike = FlaskGroup(create_app=create_app, add_default_commands=True)
    weike.add_command(serve)
    weike(prog_name="weike")
