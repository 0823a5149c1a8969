"""What the base layout knows on every page: places to go, preferences, names of roles."""

from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import LazyString

from app.navigation import MOST_TABS, account_places, navigation
from app.preferences import current_preferences
from core.access import worn_hat
from core.i18n import is_chinese, lazy, localized

_ROLES = {
    "student": lazy("Student"),
    "teacher": lazy("Teacher"),
    "guardian": lazy("Guardian"),
    "administrator": lazy("Administrator"),
}


def role_name(role: str) -> LazyString:
    """The role's name for people."""
    return _ROLES[role]


def page_language() -> str:
    """The language tag of ``<html lang>``."""
    return "zh-CN" if is_chinese() else "en"


def has_page(endpoint: str) -> bool:
    """Whether this deployment has the page *endpoint*."""
    return endpoint in current_app.view_functions


def url_of(endpoint: str, otherwise: str) -> str:
    """The address of *endpoint*, or *otherwise* where this deployment does not have it."""
    return url_for(endpoint) if has_page(endpoint) else otherwise


def init_app(app: Flask) -> None:
    """Give every template the functions of the base layout."""
    app.jinja_env.globals.update(
        account_places=account_places,
        has_page=has_page,
        localized=localized,
        most_tabs=MOST_TABS,
        navigation=navigation,
        page_language=page_language,
        preferences=current_preferences,
        role_name=role_name,
        url_of=url_of,
    )

    @app.context_processor
    def of_this_request() -> dict[str, Any]:
        return {"hat": worn_hat()}
