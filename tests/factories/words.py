"""Word files for tests, part by part."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = {
    "w": W,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_SPACES = " ".join(f'xmlns:{short}="{long}"' for short, long in _NAMES.items())
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def text(words: str, look: str = "") -> str:
    """A run; *look* is the XML of its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain words."""
    inside = "".join(one if one.startswith("<") else text(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def numbered(words: str, number: int, depth: int = 0) -> str:
    """A paragraph whose number Word makes."""
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words, properties=properties)


def picture(relation: str, words: str = "") -> str:
    """A run with a picture in it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{words}"/>'
        f'<a:graphic><a:blip r:embed="{relation}"/></a:graphic></wp:inline></w:drawing></w:r>'
    )


def box(words: str) -> str:
    """A run with a text box that floats over the page."""
    inside = f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wps:txbx>{inside}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def ole(relation: str, program: str = "Equation.DSMT4") -> str:
    """A run with an object of another program, and its picture."""
    return (
        f'<w:r><w:object><v:shape><v:imagedata r:id="{relation}"/></v:shape>'
        f'<o:OLEObject ProgID="{program}" r:id="x"/></w:object></w:r>'
    )


def formula(inside: str) -> str:
    """A formula of Word."""
    return f"<m:oMath>{inside}</m:oMath>"


def letters(words: str) -> str:
    """A run inside a formula."""
    return f"<m:r><m:t>{words}</m:t></m:r>"


def table(*rows: list[str]) -> str:
    """A table of plain cells."""
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


def word_bytes(*blocks: str, media: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word file of paragraphs and tables.

    *media* are files by the id of their relation; *parts* are XML parts of the folder ``word``, such as
    ``numbering``.
    """
    body = "".join(one if one.startswith("<") else paragraph(one) for one in blocks)
    files = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = ""
    binary: dict[str, bytes] = {}
    for name, content in (media or {}).items():
        binary[f"word/media/{name}"] = content
        relations += f'<Relationship Id="{name}" Target="media/{name}" Type="image"/>'
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}'
        "</Relationships>"
    )
    files |= {f"word/{name}.xml": xml for name, xml in parts.items() if xml}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, said in (files | binary).items():
            archive.writestr(name, said)
    return packed.getvalue()


def lists(*levels: tuple[str, str]) -> str:
    """``word/numbering.xml`` with one list, number 1; each level has a form and a text such as ``%1.``."""
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
        for depth, (form, label) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
