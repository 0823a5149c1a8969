"""The command line: ``weike`` (or ``python -m app``)."""

from flask.cli import FlaskGroup

from app.factory import create_app


def main() -> None:
    """Run the command that the arguments name; each package adds its own."""
    FlaskGroup(create_app=create_app, add_default_commands=True)(prog_name="weike")
