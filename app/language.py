"""The language and time zone of a page: the person's choice, else the device's, else Chinese."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale

from core.i18n import DEFAULT_LANGUAGE, LANGUAGES, is_chinese, localized

COOKIE = "weike_language"
CATALOGUES = ("app", "core", "accounts", "library", "learning", "homework", "recommender", "spaces")


def choose_locale() -> str:
    """The language of this request, e.g. ``zh_CN``; jobs and commands speak Chinese."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    hat = getattr(g, "hat", None)
    chosen = (hat.person.locale if hat else "") or request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"])
    return "en" if best == "en" else DEFAULT_LANGUAGE


def init_app(app: Flask) -> None:
    """Speak the person's language."""
    app.config.update(
        BABEL_DEFAULT_LOCALE=DEFAULT_LANGUAGE,
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=";".join(f"../{package}/translations" for package in CATALOGUES),
    )
    Babel(app, locale_selector=choose_locale)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(
        localized=localized, is_chinese=is_chinese, languages=LANGUAGES, current_locale=get_locale
    )
