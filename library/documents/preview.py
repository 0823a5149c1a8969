"""What the page of a resource shows of its file."""

from dataclasses import dataclass

from flask import request

from accounts.sign_in.current import current_hat
from core import clock
from core.database import db
from library.documents import queries
from library.documents.errors import problem_sentence
from library.documents.services import PDF
from library.media.addresses import media_url
from library.media.models import MediaAsset
from library.resources.models import Resource, ResourceExtract

MOST_SHOWN = 20_000
"""Letters of a document's text on its page; the whole is in the file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as templates show it."""

    asset: MediaAsset
    is_pdf: bool
    page: int
    """The page that the address asks for, within what there is."""
    pages: int
    texts: tuple[str, ...]
    """Of pages, slides or sheets; cut where there is very much."""
    is_cut: bool
    title: str
    author: str
    pictures: tuple[str, ...]
    problem: str

    @property
    def state(self) -> str:
        """How far it is: waiting, processing, ready, failed."""
        return self.asset.state.value


def preview_of(resource: Resource) -> Preview | None:
    """The file of *resource*; None where it has none, such as after an import of records only."""
    asset = db.session.scalar(queries.asset_of(resource.id))
    if asset is None:
        return None
    extract = db.session.scalar(queries.extract_of(resource.id)) or ResourceExtract(
        text="", title="", author=""
    )
    pages = resource.pages or 1
    asked = request.args.get("page", default=1, type=int)
    hat, now = current_hat(), clock.now()
    return Preview(
        asset=asset,
        is_pdf=asset.media_type == PDF,
        page=min(max(asked, 1), pages),
        pages=pages,
        texts=tuple(one for one in extract.text[:MOST_SHOWN].split("\f") if one.strip()),
        is_cut=len(extract.text) > MOST_SHOWN,
        title=extract.title,
        author=extract.author,
        pictures=tuple(
            media_url(asset, name, hat.person_id, now) for name in asset.renditions.get("pictures", ())
        ),
        problem=problem_sentence(asset.problem),
    )
