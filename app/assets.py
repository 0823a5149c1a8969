"""Static files: one address per content, kept by browsers for a year.

``build/static/`` holds what ``frontend/build.mjs`` made of third-party packages; each package's own
scripts and styles stand in its ``static/`` folder. All of them are read once, at start: their hash
is the build id in every address, so a release changes every address and nothing else does, and
modules import each other by relative paths. What is not in the index does not exist, so no path can
climb out of a folder.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, has_request_context, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from core.access import allow, rule_of, whoever
from core.errors import NotFound

ENDPOINT: Final = "asset"
_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("app", "spaces", "recommender", "homework", "learning", "library", "accounts")
_YEAR: Final = 365 * 24 * 3600
_TEXT = frozenset({".css", ".js", ".mjs", ".svg", ".json", ".txt", ".map"})
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".vtt": "text/vtt",
}
"""Stated here, because a machine's own table (the Windows registry, for one) may say otherwise."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: where it lies, and in which compressed forms it is at hand."""

    path: Path
    gzipped: bytes | None
    brotli: Path | None
    etag: str

    @property
    def media_type(self) -> str:
        """The content type, with UTF-8 for text."""
        kind = _TYPES.get(self.path.suffix) or mimetypes.guess_type(self.path.name)[0]
        kind = kind or "application/octet-stream"
        return f"{kind}; charset=utf-8" if self.path.suffix in _TEXT else kind


class AssetIndex:
    """All static files by the name that ``asset_url`` takes, and the id of this build."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self.files: dict[str, Asset] = {}
        self.addresses: dict[tuple[str, str], str] = {}
        self.build = ""
        self.scan()

    def scan(self) -> None:
        """Read the folders; the first folder that has a name wins."""
        files: dict[str, Asset] = {}
        for folder in self._folders:
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and path.suffix not in {".gz", ".br"} and name not in files:
                    files[name] = _read(path)
        whole = hashlib.sha256()
        for name, asset in sorted(files.items()):
            whole.update(f"{name}\0{asset.etag}\0".encode())
        self.files = files
        self.addresses = {}
        self.build = whole.hexdigest()[:12]


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    beside_gz, beside_br = path.with_name(f"{path.name}.gz"), path.with_name(f"{path.name}.br")
    gzipped = None
    if beside_gz.is_file():
        gzipped = beside_gz.read_bytes()
    elif path.suffix in _TEXT:
        gzipped = gzip.compress(content, mtime=0)
    return Asset(
        path=path,
        gzipped=gzipped,
        brotli=beside_br if beside_br.is_file() else None,
        etag=hashlib.sha256(content).hexdigest()[:20],
    )


def folders(root: Path = _ROOT) -> list[Path]:
    """Where static files are looked for, in this order."""
    return [root / "build" / "static", *(root / package / "static" for package in _PACKAGES)]


def asset_url(name: str) -> str:
    """The address of the static file *name*, e.g. ``app/css/tokens.css`` or ``vendor/htmx.min.js``."""
    index = _index()
    if not has_request_context():
        return url_for(ENDPOINT, build=index.build, name=name)
    # A list shows eighty icons, all out of one file; making an address costs more than the icon.
    place = (request.script_root, name)
    if place not in index.addresses:
        index.addresses[place] = url_for(ENDPOINT, build=index.build, name=name)
    return index.addresses[place]


def _index() -> AssetIndex:
    index: AssetIndex = current_app.extensions["assets"]
    return index


@allow(whoever)
def serve(build: str, name: str) -> Response:
    """One static file; a year for this build's addresses, asked again for any other.

    Raises:
        NotFound: no static file has this name.
    """
    index = _index()
    if current_app.debug:
        index.scan()
    asset = index.files.get(name)
    if asset is None:
        raise NotFound
    content, encoding = _encoded(asset)
    response = Response(content, content_type=asset.media_type)
    response.set_etag(asset.etag if encoding is None else f"{asset.etag}-{encoding}")
    if encoding is not None:
        response.content_encoding = encoding
    if asset.gzipped is not None:
        response.vary.add("Accept-Encoding")
    # Public, and the same for all: also for packages, which are played in an origin of their own.
    response.access_control_allow_origin = "*"
    if build == index.build and not current_app.debug:
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
    else:
        # A page of the last release asks for its own address: it gets today's file, but must not keep it.
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _encoded(asset: Asset) -> tuple[bytes, str | None]:
    accepted = request.accept_encodings
    if asset.brotli is not None and accepted.quality("br") > 0:
        return asset.brotli.read_bytes(), "br"
    if asset.gzipped is not None and accepted.quality("gzip") > 0:
        return asset.gzipped, "gzip"
    return asset.path.read_bytes(), None


class PageSessions(SecureCookieSessionInterface):
    """Flask's sessions, but what is the same for whoever asks must not be keyed by cookie in any cache."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, and mark the answer as one that depends on it; never for whoever asks."""
        if request.endpoint is None or rule_of(app.view_functions[request.endpoint]) is not whoever:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Read the static files, serve them, and give templates ``asset_url``."""
    app.session_interface = PageSessions()
    app.extensions["assets"] = AssetIndex(folders())
    app.add_url_rule("/static/<build>/<path:name>", ENDPOINT, serve)
    app.add_template_global(asset_url)
