"""PDF files are read in a process of their own, within bounds."""

import threading
from pathlib import Path

import pytest
from PIL import Image

from core.errors import Unavailable
from library.documents import pdf
from library.documents.errors import DamagedPdf, HugePage, LockedPdf, NoSuchPage, TookTooLong, TooManyPages
from tests.factories.documents import locked_pdf_bytes, pdf_bytes


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source.pdf"


def test_text_pages_title_and_author_are_read(source: Path) -> None:
    source.write_bytes(pdf_bytes("First page", "Second", title="Equations", author="Li Ming"))

    contents = pdf.read_pdf(source)

    assert contents.pages == 2
    assert [one.strip() for one in contents.texts] == ["First page", "Second"]
    assert (contents.title, contents.author) == ("Equations", "Li Ming")
    assert contents.text().split("\f")[1].strip() == "Second"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (locked_pdf_bytes(), LockedPdf),
        (b"%PDF-1.7\nnothing follows", DamagedPdf),
        (pdf_bytes(*["x"] * 1001), TooManyPages),
        (pdf_bytes("x", size=(20_000, 20_000)), HugePage),
    ],
    ids=["locked", "damaged", "1,001 pages", "seven metres wide"],
)
def test_what_is_not_sound_is_refused_in_a_sentence(
    source: Path, content: bytes, refusal: type[Exception]
) -> None:
    source.write_bytes(content)

    with pytest.raises(refusal):
        pdf.read_pdf(source)


def test_ten_thousand_pages_are_refused_before_they_are_read(source: Path) -> None:
    source.write_bytes(pdf_bytes(*["x"] * 10_000))

    with pytest.raises(TooManyPages) as refused:
        pdf.read_pdf(source)

    assert refused.value.details["limit"] == 1000


def test_a_page_is_drawn_with_bounded_size_whatever_its_shape(source: Path, tmp_path: Path) -> None:
    source.write_bytes(pdf_bytes("long", size=(10, 14_000)))

    pdf.draw_page(source, 1, tmp_path / "page.jpg")

    with Image.open(tmp_path / "page.jpg") as picture:
        assert max(picture.size) <= 2400
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_there_is_no_page_beyond_the_last(source: Path, tmp_path: Path) -> None:
    source.write_bytes(pdf_bytes("only"))

    with pytest.raises(NoSuchPage):
        pdf.draw_page(source, 2, tmp_path / "page.jpg")


def test_who_comes_while_many_pages_are_drawn_is_not_kept_waiting(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.write_bytes(pdf_bytes("x"))
    monkeypatch.setattr(pdf, "_DRAWING", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pdf, "PATIENCE_SECONDS", 0.0)

    with pdf._DRAWING, pytest.raises(Unavailable):  # noqa: SLF001 -- the turn itself is the point
        pdf.draw_page(source, 1, tmp_path / "page.jpg")

    pdf.draw_page(source, 1, tmp_path / "page.jpg")
    assert (tmp_path / "page.jpg").is_file()


def test_a_process_that_answers_nothing_counts_as_one_that_took_too_long(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.write_bytes(pdf_bytes("x"))
    monkeypatch.setattr(pdf.pdf_program, "__file__", str(source.with_name("missing.py")))

    with pytest.raises(TookTooLong):
        pdf.read_pdf(source)
