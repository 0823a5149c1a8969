"""Resources as a Common Cartridge 1.3, which other systems take in, and which is taken in here as it was."""

import mimetypes
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import IO
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from core.files import files
from library.items.kinds.blanks import AnswerKind, answers_of, blanks_of
from library.items.kinds.choice import Choice
from library.items.kinds.table import kind_of
from library.items.models import ItemKind, ItemVersion
from library.items.texts import in_lines
from library.items.variants import Posed, example_of
from library.media.models import MediaAsset
from library.resources.models import Resource, ResourceKind
from library.resources.prose import prose

CP = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
LOMR = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource"
LINK = "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
WRITTEN = frozenset({ResourceKind.READING, ResourceKind.WORKSHEET})
FILED = frozenset({ResourceKind.IMAGE, ResourceKind.DOCUMENT})
PROFILES = {
    ItemKind.CHOICE: "cc.multiple_choice.v0p1",
    ItemKind.MULTIPLE_CHOICE: "cc.multiple_response.v0p1",
    ItemKind.TRUE_FALSE: "cc.true_false.v0p1",
    ItemKind.TEXT_ENTRY: "cc.fib.v0p1",
    ItemKind.EXTENDED_TEXT: "cc.essay.v0p1",
    ItemKind.PHOTO: "cc.essay.v0p1",
    ItemKind.SPOKEN: "cc.essay.v0p1",
}
OWN_KIND = "weike_kind"
"""The label under which a question tells us what it was here; others pass over it."""
TOLD_APART = frozenset({ItemKind.TRUE_FALSE, ItemKind.EXTENDED_TEXT, ItemKind.SPOKEN})
EXPRESSIBLE = frozenset({*PROFILES, ItemKind.NUMERIC})
"""The kinds of questions that the profile of QTI 1.2 knows; others stay here."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The same resources are the same file, whenever it is made."""
_FORMULA = re.compile(r'<(span|div) data-math="">(\$\$?)(.*?)\2</\1>', re.DOTALL)
_INLINE = re.compile(r"(\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,1000}\$)")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A resource with all that goes with it."""

    resource: Resource
    text: str = ""
    url: str = ""
    questions: Sequence[ItemVersion] = ()
    assets: Sequence[MediaAsset] = ()

    @property
    def has_a_place(self) -> bool:
        """Whether a Common Cartridge has a part for it."""
        kind = self.resource.kind
        return (
            (kind in WRITTEN and bool(self.text))
            or (kind is ResourceKind.LINK and bool(self.url))
            or (kind is ResourceKind.PRACTICE and bool(self.questions))
            or (kind in FILED and bool(self.assets))
        )


@dataclass(slots=True)
class _Writer:
    archive: zipfile.ZipFile
    items: Element
    resources: Element
    count: int = field(default=0)

    def add(self, one: Outgoing) -> None:
        self.count += 1
        number, kind = self.count, one.resource.kind
        if kind is ResourceKind.LINK:
            self._part(one, "imswl_xmlv1p3", f"links/{number}.xml", _link(one))
        elif kind is ResourceKind.PRACTICE:
            of_type = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
            self._part(one, of_type, f"questions/{number}.xml", _assessment(one, number))
        elif kind in WRITTEN:
            self._part(one, "webcontent", f"pages/{number}.html", _page(one))
        else:
            asset = one.assets[0]
            name = f"files/{number}{mimetypes.guess_extension(asset.media_type) or ''}"
            self._part(one, "webcontent", name, files().path(asset.source_sha256).read_bytes())

    def _part(self, one: Outgoing, of_type: str, name: str, content: bytes) -> None:
        item = SubElement(
            self.items, f"{{{CP}}}item", identifier=f"i{self.count}", identifierref=f"r{self.count}"
        )
        SubElement(item, f"{{{CP}}}title").text = one.resource.title
        part = SubElement(
            self.resources, f"{{{CP}}}resource", identifier=f"r{self.count}", type=of_type, href=name
        )
        metadata = SubElement(part, f"{{{CP}}}metadata")
        _describe(
            metadata,
            LOMR,
            description=one.resource.description,
            author=one.resource.author,
            licence=one.resource.licence,
        )
        SubElement(part, f"{{{CP}}}file", href=name)
        if of_type != "webcontent":
            # The profile names the file of such parts by its element alone.
            del part.attrib["href"]
        self.archive.writestr(_entry(name), content)


def write_cartridge(out: IO[bytes], title: str, outgoing: Iterable[Outgoing]) -> None:
    """Write a cartridge of resources that may leave and have a place in it, in their order."""
    register_namespace("", CP)
    register_namespace("lom", LOM)
    register_namespace("lomr", LOMR)
    manifest = Element(f"{{{CP}}}manifest", identifier="weike")
    metadata = SubElement(manifest, f"{{{CP}}}metadata")
    SubElement(metadata, f"{{{CP}}}schema").text = "IMS Common Cartridge"
    SubElement(metadata, f"{{{CP}}}schemaversion").text = "1.3.0"
    _describe(metadata, LOM, title=title)
    organizations = SubElement(manifest, f"{{{CP}}}organizations")
    organization = SubElement(
        organizations, f"{{{CP}}}organization", identifier="o", structure="rooted-hierarchy"
    )
    root = SubElement(organization, f"{{{CP}}}item", identifier="root")
    resources = SubElement(manifest, f"{{{CP}}}resources")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        writer = _Writer(archive, root, resources)
        for one in outgoing:
            writer.add(one)
        archive.writestr(_entry("imsmanifest.xml"), _document(manifest))


def _describe(holder: Element, space: str, **said: str) -> None:
    """Title, description, author and licence as LOM."""
    lom = SubElement(holder, f"{{{space}}}lom")
    general = SubElement(lom, f"{{{space}}}general")
    for name in ("title", "description"):
        if said.get(name):
            _string(SubElement(general, f"{{{space}}}{name}"), space, said[name])
    if said.get("author"):
        contribute = SubElement(SubElement(lom, f"{{{space}}}lifeCycle"), f"{{{space}}}contribute")
        role = SubElement(contribute, f"{{{space}}}role")
        SubElement(role, f"{{{space}}}source").text = "LOMv1.0"
        SubElement(role, f"{{{space}}}value").text = "author"
        card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{said['author']}\nEND:VCARD"
        SubElement(contribute, f"{{{space}}}entity").text = card
    if said.get("licence"):
        rights = SubElement(lom, f"{{{space}}}rights")
        _string(SubElement(rights, f"{{{space}}}description"), space, said["licence"])


def _string(element: Element, space: str, text: str) -> None:
    SubElement(element, f"{{{space}}}string").text = text


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _document(root: Element) -> bytes:
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _page(one: Outgoing) -> bytes:
    body = _FORMULA.sub(lambda found: _bracketed(found[2], found[3]), str(prose(one.text)))
    language, title = escape(one.resource.language), escape(one.resource.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title>'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    ).encode()


def _bracketed(mark: str, formula: str) -> str:
    return f"\\({formula}\\)" if mark == "$" else f"<p>\\[{formula}\\]</p>"


def _link(one: Outgoing) -> bytes:
    root = Element(f"{{{LINK}}}webLink")
    SubElement(root, f"{{{LINK}}}title").text = one.resource.title
    SubElement(root, f"{{{LINK}}}url", href=one.url, target="_blank")
    return _document(root)


def _assessment(one: Outgoing, number: int) -> bytes:
    root = Element(f"{{{QTI}}}questestinterop")
    assessment = SubElement(root, f"{{{QTI}}}assessment", ident=f"a{number}", title=one.resource.title)
    _labelled(assessment, {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination"})
    section = SubElement(assessment, f"{{{QTI}}}section", ident="root_section")
    for place, version in enumerate(one.questions, start=1):
        _item(section, example_of(version), f"a{number}q{place}")
    return _document(root)


def _labelled(holder: Element, fields: Mapping[str, str]) -> None:
    metadata = SubElement(holder, f"{{{QTI}}}qtimetadata")
    for label, entry in fields.items():
        one = SubElement(metadata, f"{{{QTI}}}qtimetadatafield")
        SubElement(one, f"{{{QTI}}}fieldlabel").text = label
        SubElement(one, f"{{{QTI}}}fieldentry").text = entry


def _item(section: Element, version: Posed, ident: str) -> None:
    item = SubElement(section, f"{{{QTI}}}item", ident=ident)
    is_numeric = version.kind is ItemKind.NUMERIC
    kind = {"question_type": "numerical_question"} if is_numeric else {"cc_profile": PROFILES[version.kind]}
    _labelled(SubElement(item, f"{{{QTI}}}itemmetadata"), kind | _own_kind(version.kind))
    presentation = SubElement(item, f"{{{QTI}}}presentation")
    _material(presentation, in_lines(version.prompt))
    match version.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE | ItemKind.TRUE_FALSE:
            _choices(item, presentation, version)
        case ItemKind.TEXT_ENTRY:
            _blanks(item, presentation, version)
        case ItemKind.NUMERIC:
            _number(item, presentation, version)
        case _:
            _blank(presentation, "response1", "String")
    if version.explanation:
        feedback = SubElement(item, f"{{{QTI}}}itemfeedback", ident="general_fb")
        _material(SubElement(feedback, f"{{{QTI}}}flow_mat"), version.explanation)


def _own_kind(kind: ItemKind) -> dict[str, str]:
    """What it is here, where the profile has one word for several kinds."""
    return {OWN_KIND: kind.value} if kind in TOLD_APART else {}


def _material(holder: Element, text: str) -> None:
    """Plain lines with formulas as HTML, which is what other systems show."""
    pieces = _INLINE.split(text)
    html = "".join(
        _inline(piece) if number % 2 else escape(piece, quote=False) for number, piece in enumerate(pieces)
    )
    material = SubElement(holder, f"{{{QTI}}}material")
    SubElement(material, f"{{{QTI}}}mattext", texttype="text/html").text = html.replace("\n", "<br>")


def _inline(formula: str) -> str:
    inner = escape(formula.strip("$"), quote=False)
    return f"\\[{inner}\\]" if formula.startswith("$$") else f"\\({inner}\\)"


def _choices(item: Element, presentation: Element, version: Posed) -> None:
    right = list(version.correct.get("choices") or [])
    is_single = version.kind is not ItemKind.MULTIPLE_CHOICE
    response = SubElement(
        presentation,
        f"{{{QTI}}}response_lid",
        ident="response1",
        rcardinality="Single" if is_single else "Multiple",
    )
    render = SubElement(response, f"{{{QTI}}}render_choice")
    for one in _offered(version):
        label = SubElement(render, f"{{{QTI}}}response_label", ident=one["id"])
        _material(label, one["text"])
    variables = _condition(item, "100")
    if not is_single:
        variables = SubElement(variables, f"{{{QTI}}}and")
    for one in _offered(version):
        if one["id"] in right:
            _equal(variables, "response1", one["id"])
        elif not is_single:
            _equal(SubElement(variables, f"{{{QTI}}}not"), "response1", one["id"])


def _offered(version: Posed) -> list[dict[str, str]]:
    kind = kind_of(version)
    return kind.offered(version) if isinstance(kind, Choice) else []


def _blanks(item: Element, presentation: Element, version: Posed) -> None:
    accepted = version.correct.get("blanks") or []
    for number in range(1, blanks_of(version) + 1):
        _blank(presentation, f"response{number}", "String")
    for number, (texts, kind) in enumerate(zip(accepted, answers_of(version), strict=False), start=1):
        for text in texts:
            condition = _condition(item, f"{100 / len(accepted):g}")
            _equal(condition, f"response{number}", text, minds_case=kind is AnswerKind.EXACT)


def _number(item: Element, presentation: Element, version: Posed) -> None:
    value, tolerance = version.correct.get("value"), version.correct.get("tolerance") or 0
    _blank(presentation, "response1", "Decimal")
    either = SubElement(_condition(item, "100"), f"{{{QTI}}}or")
    _equal(either, "response1", str(value))
    if isinstance(value, int | float) and tolerance:
        both = SubElement(either, f"{{{QTI}}}and")
        SubElement(both, f"{{{QTI}}}vargte", respident="response1").text = repr(value - tolerance)
        SubElement(both, f"{{{QTI}}}varlte", respident="response1").text = repr(value + tolerance)


def _blank(presentation: Element, ident: str, kind: str) -> None:
    response = SubElement(presentation, f"{{{QTI}}}response_str", ident=ident, rcardinality="Single")
    render = SubElement(response, f"{{{QTI}}}render_fib", fibtype=kind)
    SubElement(render, f"{{{QTI}}}response_label", ident=f"{ident}_1")


def _condition(item: Element, score: str) -> Element:
    """A new condition that scores; returns where its variables stand."""
    processing = item.find(f"{{{QTI}}}resprocessing")
    if processing is None:
        processing = SubElement(item, f"{{{QTI}}}resprocessing")
        outcomes = SubElement(processing, f"{{{QTI}}}outcomes")
        SubElement(
            outcomes, f"{{{QTI}}}decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
        )
    condition = SubElement(processing, f"{{{QTI}}}respcondition")
    condition.set("continue", "No" if score == "100" else "Yes")
    variables = SubElement(condition, f"{{{QTI}}}conditionvar")
    SubElement(
        condition, f"{{{QTI}}}setvar", action="Set" if score == "100" else "Add", varname="SCORE"
    ).text = score
    return variables


def _equal(holder: Element, response: str, text: str, *, minds_case: bool = False) -> None:
    equal = SubElement(holder, f"{{{QTI}}}varequal", respident=response)
    equal.text = text
    if minds_case:
        equal.set("case", "Yes")
