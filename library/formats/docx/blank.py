"""A plain Word file of some lines: the template that teachers fill in."""

import io
from collections.abc import Sequence

from docx import Document


def word_file(lines: Sequence[str]) -> bytes:
    """A Word file with a paragraph for each of the *lines*."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
