"""Take files into the school's collection, and read them."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import delete, update

from accounts.people.models import Hat
from core.database import db, publish, transaction, upsert
from core.errors import DomainError, Unavailable
from core.files import CHUNK_BYTES, Stored, files, make_folder, new_folder
from library.documents import queries
from library.documents.contents import Contents
from library.documents.errors import FileIsSound, NoSuchPage, QuotaReached
from library.documents.formats import LARGEST, RESOURCE_KINDS, recognise
from library.documents.office import pictures_of, read_office
from library.documents.packages import read_package
from library.documents.pdf import draw_page, read_pdf
from library.media import queries as media_queries
from library.media import services as media
from library.media.errors import FileTooLarge
from library.media.kinds import FORMATS
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.pictures import MEDIA_TYPE, take_picture
from library.packages.course import About
from library.packages.playing import read_playable
from library.resources.events import ResourcesChanged
from library.resources.models import Resource, ResourceAsset, ResourceExtract
from library.resources.removal import remove_draft
from library.resources.services import Wording, make

PDF = "application/pdf"
COVER_PAGE = 1
SMALLEST_PICTURE = 100
"""Pixels of the longer side: bullets and rules are no pictures."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is stored and known for what it is."""

    upload: media.Upload
    width: int | None = None
    height: int | None = None
    about: About = field(default_factory=About)
    """What it says of itself, where that is known before it is read."""


def receive(content: IO[bytes], name: str) -> Received:
    """Store a file that was uploaded under *name*. Slow: call it before a transaction.

    A picture is written anew, without what the camera noted.

    Raises:
        FileTooLarge: it is larger than files of its kind may be.
        Invalid: it is nothing that is taken; see ``formats.recognise`` and ``pictures.take_picture``.
    """
    found = recognise(content, name)
    _check_size(content, LARGEST[found.kind].megabytes)
    if found.kind is MediaKind.PICTURE:
        picture = take_picture(content)
        size = files().path(picture.sha256).stat().st_size
        upload = media.Upload(Stored(picture.sha256, size), FORMATS[MEDIA_TYPE])
        return Received(upload, picture.width, picture.height)
    about = read_playable(content).about if found.kind is MediaKind.PACKAGE else About()
    content.seek(0)
    return Received(media.Upload(files().put(content), found), about=about)


def _check_size(content: IO[bytes], megabytes: int) -> None:
    position = content.tell()
    size = 0
    while chunk := content.read(CHUNK_BYTES):
        size += len(chunk)
        if size > megabytes << 20:
            raise FileTooLarge(limit=megabytes)
    content.seek(position)


def _check_quota(received: Received, author: Hat, quota_mb: int, *, without: int = 0) -> None:
    stored = db.session.scalar(queries.stored_bytes(author.person_id)) or 0
    if stored - without + received.upload.stored.size_bytes > quota_mb << 20:
        raise QuotaReached(limit=quota_mb)


def add(received: Received, wording: Wording, *, author: Hat, quota_mb: int, now: datetime) -> MediaAsset:
    """Make a draft of a file in the collection of the author's school; returns the asset, still to be read.

    Raises:
        QuotaReached: all the author's files would take more than *quota_mb*.
    """
    _check_quota(received, author, quota_mb)
    resource = make(RESOURCE_KINDS[received.upload.format.kind], wording, author=author, now=now)
    asset = media.add_asset(received.upload, author.person_id, now=now)
    asset.width, asset.height = received.width, received.height
    db.session.add(ResourceAsset(resource_id=resource.id, asset_id=asset.id))
    db.session.flush()
    return asset


def replace(
    resource: Resource, received: Received, *, author: Hat, quota_mb: int, now: datetime
) -> MediaAsset:
    """Let another file take the place of one that failed; returns the asset, still to be read.

    Raises:
        FileIsSound: the file that is there did not fail.
        QuotaReached: see ``add``.
    """
    failed = _failed(resource)
    _check_quota(received, author, quota_mb, without=failed.size_bytes)
    links = delete(ResourceAsset).where(ResourceAsset.resource_id == resource.id)
    db.session.execute(links.where(ResourceAsset.asset_id == failed.id))
    db.session.delete(failed)
    asset = media.add_asset(received.upload, author.person_id, now=now)
    asset.width, asset.height = received.width, received.height
    resource.kind, resource.updated_at = RESOURCE_KINDS[received.upload.format.kind], now
    db.session.add(ResourceAsset(resource_id=resource.id, asset_id=asset.id))
    db.session.flush()
    publish(ResourcesChanged((resource.id,)))
    return asset


def discard(resource: Resource) -> str:
    """Take the draft of a file that failed away; returns the hash of its content, which is to go as well.

    Raises:
        FileIsSound: the file did not fail.
        NoDraft, NamedElsewhere: see ``removal.remove_draft``.
    """
    failed = _failed(resource)
    sha256 = failed.source_sha256
    remove_draft(resource)
    db.session.delete(failed)
    db.session.flush()
    return sha256


def _failed(resource: Resource) -> MediaAsset:
    asset = db.session.scalar(queries.asset_of(resource.id))
    if asset is None or asset.state is not MediaState.FAILED:
        raise FileIsSound
    return asset


def read_document(asset_id: int) -> None:
    """Read a document's text, draw its cover, and mark it ready, or failed with the refusal's code.

    Opens its own transactions around the long work between; run again, it begins anew, and does
    nothing for an asset that is ready.
    """
    with transaction():
        asset = db.session.scalars(media_queries.asset(asset_id)).one()
        if asset.state is MediaState.READY:
            return
        asset.state, asset.problem = MediaState.PROCESSING, ""
        source, kind, media_type = files().path(asset.source_sha256), asset.kind, asset.media_type
    try:
        with new_folder(media.asset_folder(asset_id)) as folder:
            contents, renditions = _read(source, kind, media_type, folder)
    except Unavailable:
        raise  # the job is tried again
    except DomainError as refusal:
        shutil.rmtree(media.asset_folder(asset_id), ignore_errors=True)
        with transaction():
            asset = db.session.scalars(media_queries.asset(asset_id)).one()
            asset.state, asset.problem = MediaState.FAILED, refusal.code
        return
    with transaction():
        asset = db.session.scalars(media_queries.asset(asset_id)).one()
        asset.state, asset.renditions = MediaState.READY, renditions
        _keep(contents, list(db.session.scalars(queries.resources_with(asset_id))))


def _read(source: Path, kind: MediaKind, media_type: str, folder: Path) -> tuple[Contents, dict[str, Any]]:
    """What the document says, and what was made of it in *folder*."""
    if kind is MediaKind.PACKAGE:
        return read_package(source)
    if media_type != PDF:
        return read_office(source), {"pictures": _take_pictures(source, folder)}
    contents = read_pdf(source)
    draw_page(source, COVER_PAGE, _page_place(folder, COVER_PAGE))
    return contents, {"cover": _page_name(COVER_PAGE)}


def _keep(contents: Contents, resource_ids: list[int]) -> None:
    text = {"text": contents.text(), "title": contents.title[:300], "author": contents.author[:200]}
    rows = [{"resource_id": one} | text for one in resource_ids]
    upsert(ResourceExtract, rows, keys=["resource_id"], update=list(text))
    # Past the version's count: the teacher who describes the document meanwhile is no second editor.
    db.session.execute(update(Resource).where(Resource.id.in_(resource_ids)).values(pages=contents.pages))
    publish(ResourcesChanged(tuple(resource_ids)))


def _take_pictures(source: Path, folder: Path) -> list[str]:
    """Write the pictures inside an Office file anew into *folder*; those that cannot be read are left out."""
    names: list[str] = []
    for content in pictures_of(source):
        with (folder / "picture").open("w+b") as copy:
            copy.write(content)
            copy.seek(0)
            try:
                picture = take_picture(copy)
            except DomainError:
                continue
        if max(picture.width, picture.height) >= SMALLEST_PICTURE:
            names.append(f"picture-{len(names) + 1}.jpg")
            shutil.copyfile(files().path(picture.sha256), folder / names[-1])
    (folder / "picture").unlink(missing_ok=True)
    return names


def page_picture(asset: MediaAsset, number: int) -> Path:
    """The picture of a page (from 1) of a PDF that is ready; drawn when it is asked for first.

    Raises:
        NoSuchPage: it is no PDF, not ready, or has no such page.
        DamagedPdf, TookTooLong: the page cannot be drawn.
    """
    if asset.media_type != PDF or asset.state is not MediaState.READY:
        raise NoSuchPage
    place = _page_place(media.asset_folder(asset.id), number)
    if not place.is_file():
        make_folder(place.parent)
        draw_page(files().path(asset.source_sha256), number, place)
    return place


def _page_name(number: int) -> str:
    return f"page-{number:04}.jpg"


def _page_place(folder: Path, number: int) -> Path:
    return folder / _page_name(number)
