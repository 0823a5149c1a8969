"""How ``accounts`` joins the application."""

from flask import Flask

import accounts.classes.models
import accounts.guardians.models
import accounts.organisations.models
import accounts.people.models
import accounts.sign_in.models


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    del app
