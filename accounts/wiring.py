"""How ``accounts`` joins the application."""

from datetime import time

from flask import Flask

import accounts.account.views
import accounts.administration.views
import accounts.classes.models
import accounts.duties.models
import accounts.duties.views
import accounts.guardians.models
import accounts.organisations.models
import accounts.people.models
import accounts.roster.cli
import accounts.roster.tasks
import accounts.roster.views
import accounts.sign_in.api
import accounts.sign_in.current
import accounts.sign_in.models
import accounts.sign_in.views
from core.jobs.tasks import Daily, schedule


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    accounts.sign_in.current.init_app(app)
    app.register_blueprint(accounts.sign_in.views.bp)
    app.register_blueprint(accounts.sign_in.api.bp)
    app.register_blueprint(accounts.account.views.bp)
    app.register_blueprint(accounts.administration.views.bp)
    app.register_blueprint(accounts.roster.views.bp)
    app.register_blueprint(accounts.duties.views.bp)
    app.cli.add_command(accounts.roster.cli.roster)
    schedule(app, Daily(accounts.roster.tasks.forget_old_uploads, time(3, 40)))
    # Who signs in has no token yet: content type (app.security) and origin are checked instead.
    app.extensions["csrf"].exempt(accounts.sign_in.api.open_session)
