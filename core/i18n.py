"""Text for people: the catalogue, and names that stand in the data in two languages."""

from collections.abc import Callable
from typing import Protocol

import flask_babel
from flask_babel import get_locale
from flask_babel import lazy_gettext as lazy

_: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext

LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT_LANGUAGE = "zh_CN"

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "Named",
    "_",
    "counted",
    "is_chinese",
    "lazy",
    "localized",
    "ngettext",
    "said",
]


class Named(Protocol):
    """Anything with a Chinese name and, perhaps, an English one."""

    @property
    def name(self) -> str:
        """The Chinese name."""

    @property
    def name_en(self) -> str:
        """The English name, or an empty string."""


def said(text: str) -> str:
    """*text* as it is, but gathered for the translators: kept in English, translated where it is shown."""
    return text


def counted(value: object) -> object:
    """A whole number as the language of the page writes it, in groups of digits; anything else as it is."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return flask_babel.format_number(value) if is_number else value


def is_chinese() -> bool:
    """Whether the current page speaks Chinese; so it does where no page is being made."""
    locale = get_locale()
    return locale is None or locale.language == "zh"


def localized(thing: Named) -> str:
    """The thing's name in the language of the page; Chinese where there is no other."""
    return thing.name if is_chinese() or not thing.name_en else thing.name_en
