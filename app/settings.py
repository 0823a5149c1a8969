"""The settings: one typed class, read from the environment once. ``docs/settings.md`` explains each."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from core.files import make_folder

PREFIX = "WEIKE_"
SHORTEST_SECRET = 32
WEB_THREADS = 8
"""So many requests are answered at the same time; each has a connection to the database."""
DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+")


class WeakSetting(ValueError):
    """A setting's value would make a production start unsafe."""


class Environment(StrEnum):
    """Where the application runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"
    TEST = "test"


class SearchEngine(StrEnum):
    """What finds resources in the library."""

    WHOOSH = "whoosh"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, its type and its default. The environment's name is ``WEIKE_`` and the field."""

    data_dir: Path = Path("instance")
    """Where database, files, search index and queue live; ``DATA_DIR`` without prefix is read too."""
    environment: Environment = Environment.PRODUCTION
    """``development`` adds the style page."""
    secret_key: str = ""
    """Signs cookies and media addresses. Made at the first start and kept in the data directory if empty."""
    database_url: str = ""
    """SQLAlchemy address of the database; SQLite in the data directory if empty."""
    search_engine: SearchEngine = SearchEngine.WHOOSH
    """``postgresql`` keeps the search index in the database, for several web hosts."""
    redis_url: str = ""
    """Address of the Redis that carries the queue; a folder in the data directory if empty."""
    secure_cookies: bool = False
    """Set it when the site is served over HTTPS: cookies are then never sent in the clear."""
    trusted_proxies: int = 0
    """How many reverse proxies stand in front and set ``X-Forwarded-For``."""
    session_hours: int = 12
    """How long a sign-in lasts without use."""
    upload_limit_mb: int = 512
    """The largest request that is read, in megabytes."""
    public_library: bool = True
    """Whether anyone may read the published resources of the public tier, and search engines find them."""
    oai_namespace: str = ""
    """A domain's name: what this library is called in the identifiers that go to others. It never changes."""
    oai_name: str = ""
    """The library's name as other libraries read it."""
    oai_contact: str = ""
    """The mail address that other libraries are told."""
    harvest_private_addresses: bool = False
    """Lets administrators harvest from addresses inside private networks, also from this machine."""
    person_uploads_mb: int = 5120
    """How much one person may have uploaded to the library in all, in megabytes."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read the settings.

        Raises:
            WeakSetting: a value cannot be read or is unsafe in production.
        """
        given: dict[str, Any] = {}
        for field in fields(cls):
            text = environ.get(PREFIX + field.name.upper())
            if text is None and field.name == "data_dir":
                text = environ.get("DATA_DIR")
            if text is not None:
                given[field.name] = _read(field.name, field.type, text)
        settings = cls(**given)
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what would be unsafe or cannot be.

        Raises:
            WeakSetting: the secret key is short enough to be guessed, a name has another form, or the search
                engine has no database.
        """
        if self.secret_key and len(self.secret_key) < SHORTEST_SECRET:
            message = f"{PREFIX}SECRET_KEY must have at least {SHORTEST_SECRET} characters."
            raise WeakSetting(message)
        on_postgresql = self.sqlalchemy_url().startswith("postgresql")
        if self.search_engine is SearchEngine.POSTGRESQL and not on_postgresql:
            message = f"{PREFIX}SEARCH_ENGINE=postgresql needs a PostgreSQL database in {PREFIX}DATABASE_URL."
            raise WeakSetting(message)
        if self.oai_namespace and not DOMAIN.fullmatch(self.oai_namespace):
            message = f"{PREFIX}OAI_NAMESPACE={self.oai_namespace!r} is no domain's name."
            raise WeakSetting(message)

    def sqlalchemy_url(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'weike.db'}"

    def flask_config(self) -> dict[str, Any]:
        """The configuration of Flask and its extensions that follows from the settings."""
        folder = self.data_dir.resolve()
        make_folder(folder)
        return {name.upper(): value for name, value in asdict(self).items()} | {
            "DATA_DIR": str(folder),
            "SECRET_KEY": self.secret_key or _kept_secret(folder),
            "SQLALCHEMY_DATABASE_URI": self.sqlalchemy_url(),
            "SQLALCHEMY_ENGINE_OPTIONS": {
                "pool_pre_ping": bool(self.database_url),
                # Beyond it connections are opened and closed for every request.
                "pool_size": WEB_THREADS,
            },
            "MAX_CONTENT_LENGTH": self.upload_limit_mb << 20,
            "MAX_FORM_MEMORY_SIZE": 4 << 20,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "SESSION_COOKIE_NAME": "weike_form",
            "WTF_CSRF_TIME_LIMIT": None,
            # Programs send no Referer; app.security refuses foreign origins instead.
            "WTF_CSRF_SSL_STRICT": False,
            "TESTING": self.environment is Environment.TEST,
        }


def _read(name: str, kind: object, text: str) -> object:
    try:
        if kind is bool:
            return {"1": True, "true": True, "0": False, "false": False, "": False}[text.strip().lower()]
        return kind(text) if callable(kind) else text
    except (KeyError, ValueError) as error:
        message = f"{PREFIX}{name.upper()}={text!r} is not a value of {kind}."
        raise WeakSetting(message) from error


def _kept_secret(folder: Path) -> str:
    place = folder / "secret_key"
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text()
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48))
    return place.read_text()
