"""Small real documents, written when a test asks for them."""

import io
import zipfile

from accounts.people.models import Hat
from core.files import files, make_folder
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.services import asset_folder
from library.media.transcoding import MASTER, RECORDING
from library.resources.models import Resource, ResourceAsset, ResourceExtract, ResourceKind, ReviewState, Tier
from tests.factories.accounts import added
from tests.factories.library import MADE_AT, make_resource

A4 = (595, 842)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def pdf_bytes(
    *texts: str,
    size: tuple[int, int] = A4,
    title: str = "",
    author: str = "",
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF with a page for each of *texts* (ASCII); *catalog* and *trailer* go into those dictionaries."""
    texts = texts or ("Hello",)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(texts)))
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Count {len(texts)} /Kids [{kids}] /MediaBox [0 0 {size[0]} {size[1]}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) /Author ({author}) >>",
    ]
    for number, text in enumerate(texts):
        drawn = f"BT /F1 40 Tf 60 {size[1] - 100} Td ({text}) Tj ET"
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {6 + 2 * number} 0 R >>"
        )
        bodies.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        out.write(f"{offset:010} 00000 n \n".encode())
    out.write(f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def locked_pdf_bytes() -> bytes:
    """A PDF behind a password that nobody knows."""
    junk = "00" * 32
    return pdf_bytes(
        trailer=f"/ID [<{junk}> <{junk}>] "
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{junk}> /U <{'11' * 32}> >>"
    )


def docx_bytes(*paragraphs: str, parts: dict[str, bytes] | None = None, document: str | None = None) -> bytes:
    """A Word file of *paragraphs*; *parts* are added to it, *document* replaces its main part."""
    said = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    main = document or f'<w:document xmlns:w="{WORD}"><w:body>{said}</w:body></w:document>'
    return packed({"word/document.xml": main.encode()} | (parts or {}))


def pptx_bytes(*slides: str) -> bytes:
    """A PowerPoint file with a slide for each text."""
    parts = {
        f"ppt/slides/slide{number}.xml": (
            f'<p:sld xmlns:p="urn:p" xmlns:a="{DRAWING}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
        ).encode()
        for number, text in enumerate(slides, start=1)
    }
    return packed({"ppt/presentation.xml": b"<p/>"} | parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """An Office archive of *parts*."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        types = {"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>'.encode()}
        for name, content in (types | parts).items():
            archive.writestr(name, content)
    return out.getvalue()


def make_document(
    teacher: Hat, content: bytes, *, pages: int = 1, state: MediaState = MediaState.READY, text: str = ""
) -> Resource:
    """A published PDF of the teacher's school, read already; its pages are drawn when asked for."""
    resource, _asset = _make_file(
        teacher, content, ResourceKind.DOCUMENT, MediaKind.DOCUMENT, "application/pdf", state
    )
    resource.pages = pages
    added(ResourceExtract(resource_id=resource.id, text=text))
    return resource


def make_picture(teacher: Hat, content: bytes) -> Resource:
    """A published picture of the teacher's school."""
    kinds = (ResourceKind.IMAGE, MediaKind.PICTURE)
    return _make_file(teacher, content, *kinds, "image/jpeg", MediaState.READY)[0]


def make_recording(teacher: Hat, content: bytes) -> Resource:
    """A published recording of the teacher's school; *content* is what is played of it."""
    kinds = (ResourceKind.AUDIO, MediaKind.AUDIO)
    resource, asset = _make_file(teacher, content, *kinds, "audio/mp4", MediaState.READY)
    make_folder(asset_folder(asset.id))
    (asset_folder(asset.id) / RECORDING).write_bytes(content)
    return resource


def make_video(teacher: Hat, playlist: bytes) -> Resource:
    """A published video of the teacher's school, of which the playlist is there."""
    kinds = (ResourceKind.VIDEO, MediaKind.VIDEO)
    resource, asset = _make_file(teacher, playlist, *kinds, "video/mp4", MediaState.READY)
    make_folder(asset_folder(asset.id))
    (asset_folder(asset.id) / MASTER).write_bytes(playlist)
    return resource


def _make_file(
    teacher: Hat,
    content: bytes,
    resource_kind: ResourceKind,
    media_kind: MediaKind,
    media_type: str,
    state: MediaState,
) -> tuple[Resource, MediaAsset]:
    stored = files().put(io.BytesIO(content))
    resource = make_resource(
        "一元一次方程讲义",
        kind=resource_kind,
        tier=Tier.SCHOOL,
        organisation=teacher.organisation,
        created_by=teacher.person,
        review_state=ReviewState.PUBLISHED,
    )
    asset = added(
        MediaAsset(
            kind=media_kind,
            source_sha256=stored.sha256,
            media_type=media_type,
            size_bytes=stored.size_bytes,
            state=state,
            renditions={},
            uploaded_by_id=teacher.person_id,
            created_at=MADE_AT,
        )
    )
    added(ResourceAsset(resource_id=resource.id, asset_id=asset.id))
    return resource, asset
