"""Reads a PDF in a process of its own: what a hostile file breaks or fills is this process, and nothing else.

It is started by file, apart from the application, imports nothing of it, and answers one JSON object:
what it read, or ``{"problem": …}``.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

MOST_MEMORY = 1 << 30
MOST_PAGES = 1000
LONGEST_TEXT = 200_000
LARGEST_SIDE_POINTS = 14_400
"""Two hundred inches: the largest page that the format's own documents allow."""
WIDTH = 1240
"""Pixels of a page picture: A4 at 150 dots an inch."""
LONGEST_SIDE = 2400
QUALITY = 80
PASSWORD_NEEDED = 4
"""PDFium's FPDF_ERR_PASSWORD."""


def limit(seconds: int) -> None:
    """Bound this process's memory and time, where the system can."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- it is not there on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def read(source: Path) -> dict[str, Any]:
    """Pages, text by page, title and author of the PDF at *source*."""
    with pdfium.PdfDocument(source) as document:
        count = len(document)
        if count > MOST_PAGES:
            return {"problem": "too_many_pages"}
        if not count:
            return {"problem": "damaged_pdf"}
        texts: list[str] = []
        room = LONGEST_TEXT
        for number in range(count):
            if max(document.get_page_size(number)) > LARGEST_SIDE_POINTS:
                return {"problem": "huge_page"}
            text = _text(document, number)[:room] if room else ""
            room -= len(text)
            texts.append(text)
        about = document.get_metadata_dict(skip_empty=True)
    return {
        "pages": count,
        "texts": texts,
        "title": about.get("Title", ""),
        "author": about.get("Author", ""),
    }


def _text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()
    finally:
        page.close()


def draw(source: Path, number: int, target: Path) -> dict[str, Any]:
    """Draw page *number*, counted from 1, as a JPEG at *target*."""
    with pdfium.PdfDocument(source) as document:
        if not 1 <= number <= len(document):
            return {"problem": "no_such_page"}
        page = document[number - 1]
        width, height = page.get_size()
        if max(width, height) > LARGEST_SIDE_POINTS or min(width, height) <= 0:
            return {"problem": "huge_page"}
        scale = min(WIDTH / width, LONGEST_SIDE / max(width, height))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        picture.save(target, "JPEG", quality=QUALITY, optimize=True)
        return {"width": picture.width, "height": picture.height}


def main(arguments: list[str]) -> dict[str, Any]:
    """Do what the arguments say: ``SECONDS read SOURCE`` or ``SECONDS draw SOURCE NUMBER TARGET``."""
    limit(int(arguments[0]))
    try:
        if arguments[1] == "draw":
            return draw(Path(arguments[2]), int(arguments[3]), Path(arguments[4]))
        return read(Path(arguments[2]))
    except pdfium.PdfiumError as error:
        return {"problem": "locked_pdf" if error.err_code == PASSWORD_NEEDED else "damaged_pdf"}
    except MemoryError:
        return {"problem": "took_too_long"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
