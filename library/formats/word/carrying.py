"""What a paper in Word does not say of its questions, in fields beside their keys."""

import io
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from library.formats.docx.archive import opened
from library.formats.docx.blocks import named, paper_of
from library.formats.docx.document import Text, text_of
from library.formats.docx.marks import Carried, Mark, Part, said_by
from library.formats.writing import legal
from library.items.records import ItemRecord, StimulusRecord
from library.media.cuts import WHOLE, Cut


class Carrier:
    """The marks of a paper while it is written; they are filled when all stands in it."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.bookmarks = 0
        self.fields: dict[str, tuple[Mark, BaseOxmlElement]] = {}
        """By key: the mark, and the element of its instruction."""

    def begin(self, part: Part, key: str, paragraph: Paragraph | None = None) -> None:
        """Mark that a part begins with what is written next, at the end of a *paragraph* or in a new one."""
        self.bookmarks += 1
        number = str(self.bookmarks)
        begin = _element("w:bookmarkStart", id=number, name=Mark(part, key).bookmark)
        for one in (begin, _element("w:bookmarkEnd", id=number)):
            if paragraph is not None:
                paragraph._p.append(one)  # noqa: SLF001 -- the library knows no bookmarks
            else:
                self.paper.element.body.get_or_add_sectPr().addprevious(one)

    def carry(
        self,
        paragraph: Paragraph,
        part: Part,
        key: str,
        record: ItemRecord | StimulusRecord,
        shown: str,
    ) -> None:
        """Put a field into a *paragraph* that carries a *record* and shows some letters."""
        mark = Mark(part, key, Carried(_fields_of(record)))
        instruction = _element("w:instrText")
        instruction.set(qn("xml:space"), "preserve")
        instruction.text = mark.instruction
        self.fields[key] = (mark, instruction)
        _add(paragraph, _element("w:fldChar", fldCharType="begin"))
        _add(paragraph, instruction)
        _add(paragraph, _element("w:fldChar", fldCharType="separate"))
        paragraph.add_run(legal(shown))
        _add(paragraph, _element("w:fldChar", fldCharType="end"))

    def saved(self) -> bytes:
        """The file, in which each field says how its question is said by the paper."""
        text = text_of(opened(_content(self.paper)), _Seen())
        for block in paper_of(text).blocks:
            mark, instruction = self.fields[block.key]
            record = mark.carried.record if mark.carried else {}
            names = {one["sha256"]: one["name"] for one in reversed(record.get("pictures", []))}
            was = {str(part): said_by(named(lines, names)) for part, lines in block.lines.items()}
            instruction.text = Mark(mark.part, mark.key, Carried(record, was)).instruction
        return _content(self.paper)


class _Seen(Text):
    """A text of which the pictures are only told apart."""

    def picture(self, content: bytes | None, words: str, cut: Cut = WHOLE) -> str:
        """What stands for a picture: its digest."""
        del words, cut
        return f"[[picture:{sha256(content or b'').hexdigest()}]]"


def _fields_of(record: ItemRecord | StimulusRecord) -> Mapping[str, Any]:
    """A record as its field carries it."""
    fields = record.model_dump(mode="json", exclude_defaults=True)
    if record.pictures:
        fields["pictures"] = [
            one.model_dump(exclude={"data"}) | {"sha256": sha256(one.content()).hexdigest()}
            for one in record.pictures
        ]
    return fields


def _add(paragraph: Paragraph, element: BaseOxmlElement) -> None:
    paragraph.add_run()._r.append(element)  # noqa: SLF001 -- the library knows no fields


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for key, said in attributes.items():
        element.set(qn(f"w:{key}"), said)
    return element


def _content(paper: Paper) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
