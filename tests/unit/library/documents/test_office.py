"""Office files are read from their parts; what would load, run or swell is refused."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from library.documents import office
from library.documents.errors import DamagedOffice, MacrosInside, OutsideParts, SwollenOffice
from tests.factories.documents import WORD, docx_bytes, packed, pptx_bytes
from tests.factories.media import picture_bytes

RELATIONS = "word/_rels/document.xml.rels"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str) -> dict[str, bytes]:
    return {
        RELATIONS: (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/{kind}" '
            f'Target="{target}" TargetMode="External"/></Relationships>'
        ).encode()
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source"


def test_word_gives_its_paragraphs_title_author_and_pages(source: Path) -> None:
    about = (
        b'<c xmlns:dc="urn:dc"><dc:title>Equations</dc:title><dc:creator>Li Ming</dc:creator></c>',
        b'<p xmlns="urn:x"><Pages>3</Pages></p>',
    )
    source.write_bytes(
        docx_bytes("移项", "要变号", parts={"docProps/core.xml": about[0], "docProps/app.xml": about[1]})
    )

    contents = office.read_office(source)

    assert contents.texts == ("移项\n要变号",)
    assert (contents.pages, contents.title, contents.author) == (3, "Equations", "Li Ming")


def test_powerpoint_gives_its_slides_in_their_order(source: Path) -> None:
    source.write_bytes(pptx_bytes(*(f"slide {number}" for number in range(1, 12))))

    contents = office.read_office(source)

    assert contents.pages == 11
    assert contents.texts[1] == "slide 2"
    assert contents.texts[10] == "slide 11"


def test_excel_gives_its_cells_sheet_by_sheet(source: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "成绩"
    book.active.append(["数学", 90])
    out = io.BytesIO()
    book.save(out)
    source.write_bytes(out.getvalue())

    assert office.read_office(source).texts == ("成绩\n数学\t90",)


def test_pictures_come_out_and_large_ones_do_not(source: Path) -> None:
    small = picture_bytes(200, 200, "PNG")
    large = bytes(office.LARGEST_PICTURE + 1)
    source.write_bytes(
        docx_bytes("x", parts={"word/media/image1.png": small, "word/media/image2.png": large})
    )

    assert list(office.pictures_of(source)) == [small]


def test_another_archive_is_no_office_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert office.look_into(out) is None


def test_a_link_that_a_person_follows_is_fine() -> None:
    content = docx_bytes("x", parts=related("hyperlink", "https://example.org/"))

    assert office.look_into(io.BytesIO(content)) is not None


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (docx_bytes("x", parts={"word/vbaProject.bin": b"x"}), MacrosInside),
        (
            docx_bytes("x", parts={"[Content_Types].xml": b"application/vnd.ms-word.macroEnabled"}),
            MacrosInside,
        ),
        (docx_bytes("x", parts=related("attachedTemplate", "https://evil.example/t.dotm")), OutsideParts),
        (docx_bytes("x", parts=related("image", "file:///etc/passwd")), OutsideParts),
        (docx_bytes("x", parts={"word/huge.xml": bytes(office.LARGEST_XML + 1)}), SwollenOffice),
        (docx_bytes("x", parts={f"word/{n}.xml": b"" for n in range(office.MOST_PARTS + 1)}), SwollenOffice),
        (docx_bytes("x" * 500)[:-60], DamagedOffice),
    ],
    ids=["macro part", "macro type", "template", "picture", "zip bomb", "many parts", "cut off"],
)
def test_what_runs_loads_or_swells_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        office.look_into(io.BytesIO(content))


def test_an_entity_that_reads_a_file_or_swells_is_refused(source: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    source.write_bytes(
        docx_bytes(
            document=f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
            f'<w:document xmlns:w="{WORD}"><w:p><w:t>&e;</w:t></w:p></w:document>'
        )
    )

    with pytest.raises(DamagedOffice):
        office.read_office(source)


def test_a_part_that_is_no_xml_is_damaged(source: Path) -> None:
    source.write_bytes(packed({"word/document.xml": b"<w:document"}))

    with pytest.raises(DamagedOffice):
        office.read_office(source)
