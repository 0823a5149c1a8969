"""A file is what it holds; its name must not say otherwise."""

import io

import pytest

from library.documents.errors import OldOffice, OtherThanItsName, UnknownFile
from library.documents.formats import recognise
from library.media.models import MediaKind
from library.packages.errors import UnplayablePackage
from tests.factories.documents import docx_bytes, pdf_bytes
from tests.factories.media import picture_bytes, zip_bytes


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf_bytes(), "讲义.PDF", MediaKind.DOCUMENT),
        (pdf_bytes(), "", MediaKind.DOCUMENT),
        (docx_bytes("x"), "教案.docx", MediaKind.DOCUMENT),
        (picture_bytes(kind="PNG"), "图.jpg", MediaKind.PICTURE),
    ],
)
def test_what_is_taken_is_known_by_its_content(content: bytes, name: str, kind: MediaKind) -> None:
    stream = io.BytesIO(content)

    assert recognise(stream, name).kind is kind
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (zip_bytes(), "讲义.pdf", OtherThanItsName),
        (docx_bytes("x"), "讲义.pdf", OtherThanItsName),
        (docx_bytes("x"), "讲义.xlsx", OtherThanItsName),
        (pdf_bytes(), "照片.jpg", OtherThanItsName),
        (b"just text", "笔记.txt", UnknownFile),
        (b"", "空.pdf", OtherThanItsName),
        (zip_bytes(), "all.zip", UnplayablePackage),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "教案.doc", OldOffice),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "有密码.docx", OldOffice),
    ],
)
def test_everything_else_is_refused(content: bytes, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        recognise(io.BytesIO(content), name)
