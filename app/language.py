"""The language and time zone of a page: the person's choice, else the device's, else Chinese."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

from babel.support import Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context

from app.extensions import extensions
from app.preferences import chosen
from core.i18n import DEFAULT_LANGUAGE, LANGUAGES, counted, is_chinese, localized

CATALOGUES = ("app", "core", "accounts", "library", "learning", "homework", "recommender", "spaces")

_ROOT = Path(__file__).parent.parent


class Speaker(Babel):  # type: ignore[misc] # Flask-Babel ships no types
    """Flask-Babel with our catalogues."""

    @property
    def domain_instance(self) -> Domain:
        """Where texts are looked up."""
        return _Catalogues()


class _Catalogues(Domain):  # type: ignore[misc] # likewise
    """The packages' catalogues, read once. Babel alone would look for Chinese under ``zh_Hans_CN``."""

    def get_translations(self) -> Translations:
        return _texts(DEFAULT_LANGUAGE if is_chinese() else "en")


@cache
def _texts(language: str) -> Translations:
    """All texts of one language, merged; English has no catalogue, its texts stand in the code."""
    merged = Translations()
    outside = [one.module.partition(".")[0] for one in extensions()]
    for package in (*CATALOGUES, *outside):
        found = Translations.load(_ROOT / package / "translations", [language])
        if isinstance(found, Translations):
            merged.merge(found)
            merged.plural = found.plural  # merge() forgets it, and gettext reads it
    return merged


def choose_locale() -> str:
    """The language of this request, e.g. ``zh_CN``; jobs and commands speak Chinese."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if language := chosen("language"):
        return language
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"])
    return "en" if best == "en" else DEFAULT_LANGUAGE


def init_app(app: Flask) -> None:
    """Speak the person's language."""
    app.config.update(BABEL_DEFAULT_LOCALE=DEFAULT_LANGUAGE, BABEL_DEFAULT_TIMEZONE="Asia/Shanghai")
    Speaker(app, locale_selector=choose_locale)
    app.jinja_env.globals.update(
        localized=localized, is_chinese=is_chinese, languages=LANGUAGES, current_locale=get_locale
    )
    app.jinja_env.filters["counted"] = counted
    app.jinja_env.globals["ngettext"] = _with_counted_numbers(
        cast("Callable[..., str]", app.jinja_env.globals["ngettext"])
    )


def _with_counted_numbers(ngettext: Callable[..., str]) -> Callable[..., str]:
    """Jinja's ``ngettext``, which writes the number that decides in groups of digits."""

    @pass_context
    def of_number(context: Context, singular: str, plural: str, number: int, **values: object) -> str:
        return ngettext(context, singular, plural, number, **({"num": counted(number)} | values))

    return of_number
