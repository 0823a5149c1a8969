"""How ``accounts`` joins the application."""

from flask import Flask

import accounts.account.views
import accounts.classes.models
import accounts.guardians.models
import accounts.organisations.models
import accounts.people.models
import accounts.sign_in.api
import accounts.sign_in.current
import accounts.sign_in.models
import accounts.sign_in.views


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    accounts.sign_in.current.init_app(app)
    app.register_blueprint(accounts.sign_in.views.bp)
    app.register_blueprint(accounts.sign_in.api.bp)
    app.register_blueprint(accounts.account.views.bp)
    # Who signs in has no token yet: content type (app.security) and origin are checked instead.
    app.extensions["csrf"].exempt(accounts.sign_in.api.open_session)
