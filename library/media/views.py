"""Serve media to whom it was signed for, and take uploads in parts."""

import mimetypes
from uuid import UUID

from flask import Blueprint, Response, current_app, request, send_file, send_from_directory
from flask.typing import ResponseReturnValue

from accounts.people.policy import is_staff
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.errors import Invalid, NotFound
from core.files import files
from library.media import queries, services, uploads
from library.media.models import MediaAsset, MediaKind
from library.media.renditions import TYPES
from library.media.tokens import LIFETIME, read_token

bp = Blueprint("media", __name__)

SOURCE = "source"
"""The path under which a picture or document itself is served."""


@bp.get("/media/<token>/<int:asset_id>/<path:path>")
@bp.get("/media/<token>/<int:asset_id>/", defaults={"path": SOURCE})
@allow(anyone_signed_in)
def file(token: str, asset_id: int, path: str) -> ResponseReturnValue:
    """A file of an asset, whole or in part (Range)."""
    viewer = read_token(current_app.config["SECRET_KEY"], token, asset_id, clock.now())
    if viewer is None or viewer.person_id != current_hat().person_id:
        raise NotFound
    answer = _source(asset_id) if path == SOURCE else _rendition(asset_id, path)
    answer.headers["Cache-Control"] = f"private, max-age={int(LIFETIME.total_seconds())}"
    return answer


def _rendition(asset_id: int, path: str) -> Response:
    suffix = path[path.rfind(".") :]
    if suffix not in TYPES:
        raise NotFound
    folder = services.asset_folder(asset_id)
    return send_from_directory(folder, path, mimetype=TYPES[suffix], conditional=True, etag=True)


def _source(asset_id: int) -> Response:
    asset: MediaAsset = find(queries.asset(asset_id))
    if asset.kind in (MediaKind.VIDEO, MediaKind.PACKAGE):
        raise NotFound  # one is seen in its renditions, the other file by file in its sandbox
    extension = mimetypes.guess_extension(asset.media_type) or ""
    answer = send_file(
        files().path(asset.source_sha256),
        mimetype=asset.media_type,
        as_attachment=asset.kind is MediaKind.DOCUMENT,
        download_name=f"{asset.id}{extension}",
        conditional=True,
        etag=asset.source_sha256,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@bp.get("/media/uploads/<uuid:key>")
@allow(is_staff)
def received(key: UUID) -> ResponseReturnValue:
    """How much of an upload of mine is here."""
    return {"received": uploads.received_bytes(current_hat().person_id, key)}


@bp.put("/media/uploads/<uuid:key>")
@allow(is_staff)
def append(key: UUID) -> ResponseReturnValue:
    """Take the next part of an upload; ``Upload-Offset`` says where it begins."""
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isascii() or not offset.isdigit():
        raise Invalid
    total = uploads.append(
        current_hat().person_id,
        key,
        int(offset),
        request.stream,
        limit_mb=current_app.config["UPLOAD_LIMIT_MB"],
    )
    return {"received": total}
