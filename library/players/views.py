"""Play packages: a page for who may, leading to addresses of which everything is served into a sandbox.

A package is a program of strangers. Its files come with a content policy that puts them into an origin of
their own (``sandbox`` without ``allow-same-origin``), however they are opened: no cookies, no storage,
no document of ours. It reaches no address but its own. Nothing below ``/play`` looks at a cookie or
changes anything.
"""

import re
from typing import IO, cast

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import FileWrapper

from accounts.sign_in.current import current_hat, current_login
from accounts.sign_in.queries import live_session_numbered
from core import clock
from core.access import allow, anyone_signed_in, find, whoever
from core.database import db
from core.errors import NotFound
from core.files import files
from library.documents.queries import extract_of
from library.media.models import MediaAsset
from library.packages.html import encoding_of
from library.packages.playable import Standard
from library.players import queries
from library.players.errors import LibrariesMissing
from library.players.parts import Slice, content_of, gzipped, part_of, pieces_of
from library.players.player import Player, player_of
from library.players.tokens import STEP, make_token, read_token

bp = Blueprint("players", __name__)

LARGEST_PAGE = 8 << 20
"""Of a page into which the run-time is put."""
HTML = frozenset({"text/html", "application/xhtml+xml"})
_HEAD = re.compile(rb"<head(?:\s[^>]{0,500})?>", re.IGNORECASE)
_OPENING = re.compile(rb"<html(?:\s[^>]{0,1000})?>|<!doctype[^>]{0,500}>", re.IGNORECASE)
POLICY = (
    "sandbox allow-scripts allow-forms allow-modals; "
    "default-src {own} {ours} data: blob: 'unsafe-inline' 'unsafe-eval'; "
    "connect-src {own} data: blob:; object-src 'none'; base-uri {own}; form-action 'none'"
)
"""No frame-ancestors: pages of a package frame each other, and to a sandbox each of them is a stranger."""


@bp.get("/library/<int:resource_id>/play")
@allow(anyone_signed_in)
def begin(resource_id: int) -> ResponseReturnValue:
    """Lead to where the package is played; ``place`` is a line of its table of contents."""
    asset: MediaAsset = find(queries.package_of(current_hat(), resource_id))
    player = _player(asset)
    token = make_token(current_app.config["SECRET_KEY"], resource_id, current_login().id, clock.now())
    if player.standard is Standard.H5P:
        if player.missing:
            raise LibrariesMissing
        return redirect(url_for(".page", token=token, resource_id=resource_id))
    number = request.args.get("place", default=player.first, type=int)
    if not 0 <= number < len(player.places) or not player.places[number].name:
        raise NotFound
    place = player.places[number]
    address = url_for(".file", token=token, resource_id=resource_id, name=place.name)
    return redirect(address + place.parameters)


@bp.get("/play/<token>/<int:resource_id>/player")
@allow(whoever)
def page(token: str, resource_id: int) -> ResponseReturnValue:
    """The page on which an H5P content is played; it fetches the rest of the package itself."""
    player = _player(_bearers(token, resource_id))
    if player.standard is not Standard.H5P:
        raise NotFound
    extract = db.session.scalar(extract_of(resource_id))
    answer = Response(
        render_template(
            "library/players/h5p.html",
            title=extract.title if extract else "",
            files=_own(token, resource_id).removesuffix("/"),
        )
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return _guarded(answer, token, resource_id)


@bp.get("/play/<token>/<int:resource_id>/files/<path:name>")
@allow(whoever)
def file(token: str, resource_id: int, name: str) -> ResponseReturnValue:
    """A file of a package, whole or in part (Range)."""
    asset = _bearers(token, resource_id)
    archive = files().path(asset.source_sha256)
    part = part_of(archive, name)
    if part is None:
        raise NotFound
    etag = f"{asset.source_sha256[:20]}-{part.crc:08x}-{part.size}"
    standard, media_type = _player(asset).standard, part.media_type
    if standard is not Standard.H5P and part.media_type in HTML and part.size <= LARGEST_PAGE:
        html = content_of(archive, part)
        answer = Response(_with_runtime(html, _runtime(standard)))
        media_type = (
            f"{media_type}; charset={encoding_of(html)}"  # many say it nowhere, and are not of the West
        )
        answer.add_etag()
        answer.make_conditional(request)
    elif part.is_text and part.is_packed and part.packed <= LARGEST_PAGE and _takes_gzip():
        answer = Response(gzipped(archive, part))
        answer.content_encoding = "gzip"
        answer.set_etag(f"{etag}-gzip")
        answer.make_conditional(request)
    else:
        answer = Response(
            pieces_of(archive, part)
            if part.is_packed
            else FileWrapper(cast("IO[bytes]", Slice(archive, part)))
        )
        answer.content_length = part.size
        answer.set_etag(etag)
        answer.make_conditional(request, accept_ranges=True, complete_length=part.size)
    answer.content_type = media_type
    if part.is_text:
        answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = f"private, max-age={int(STEP.total_seconds())}"
    return _guarded(answer, token, resource_id)


def _bearers(token: str, resource_id: int) -> MediaAsset:
    """The package, if whoever bears the token is still signed in and may still open it.

    Raises:
        NotFound: she is not, or may not, or the token is none.
    """
    bearer = read_token(current_app.config["SECRET_KEY"], token, resource_id, clock.now())
    if bearer is None:
        raise NotFound
    login = find(live_session_numbered(bearer.login_id, clock.now()))
    asset: MediaAsset = find(queries.package_of(login.worn_hat, resource_id))
    return asset


def _player(asset: MediaAsset) -> Player:
    """What plays the package.

    Raises:
        NotFound: it was never read as one.
    """
    player = player_of(asset)
    if player is None:
        raise NotFound
    return player


def _own(token: str, resource_id: int) -> str:
    """The address below which the files of the package stand for who bears the token; ends in a slash."""
    return url_for(".file", token=token, resource_id=resource_id, name="", _external=True)


def _guarded(answer: Response, token: str, resource_id: int) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY.format(
        own=_own(token, resource_id), ours=f"{request.host_url}static/"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is a key
    answer.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    # To its own files a sandbox is a stranger; what they are, it knows. Cookies are never asked for.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _runtime(standard: Standard) -> bytes:
    return render_template("library/players/scorm.html", standard=standard.value).encode()


def _with_runtime(html: bytes, runtime: bytes) -> bytes:
    """A page that runs *runtime* before any script of its own."""
    found = _HEAD.search(html) or _OPENING.search(html)
    at = found.end() if found else 0
    return html[:at] + runtime + html[at:]
