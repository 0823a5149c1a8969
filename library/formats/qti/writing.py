"""Questions as a QTI 3 package: items, the texts they are about, a test in their order, their pictures."""

import io
import zipfile
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from html import escape
from xml.etree.ElementTree import Element, tostring

from library.formats.drafts import excerpt_of, rests_of, with_rest
from library.formats.offered import in_order, named
from library.formats.qti.elements import Words, el, qti, value
from library.formats.qti.reading import MANIFEST, drafts_of
from library.formats.qti.ways import Way, way_of
from library.formats.rest import OWN, Rest
from library.formats.writing import DECLARATION, legal
from library.items.records import ItemRecord, PictureRecord, StimulusRecord
from library.items.texts import in_lines
from library.items.variants import Posed

SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/LOM"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
ITEM, STIMULUS, TEST = "imsqti_item_xmlv3p0", "imsqti_stimulus_xmlv3p0", "imsqti_test_xmlv3p0"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The same questions are the same file, whenever it is made."""


def write(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord], title: str) -> bytes:
    """The questions as a package."""
    return with_rest(partial(_rendered, records, stimuli, title), drafts_of, records, stimuli)


def rests(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord]) -> dict[str, Rest]:
    """What QTI 3 has no place for, by identifier."""
    return rests_of(partial(_rendered, records, stimuli, ""), drafts_of, records, stimuli)


def _rendered(
    records: Sequence[ItemRecord],
    stimuli: Sequence[StimulusRecord],
    title: str,
    by_identifier: Mapping[str, Rest],
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        package = _Package(archive, {one.identifier: n for n, one in enumerate(stimuli, start=1)})
        for one in in_order(records, stimuli):
            if isinstance(one, ItemRecord):
                package.item(one, by_identifier[one.identifier])
            elif one is not None:
                package.stimulus(one, by_identifier[one.identifier])
        package.finish(title)
    return out.getvalue()


class _Package:
    """The archive and its manifest, as they grow."""

    def __init__(self, archive: zipfile.ZipFile, stimuli: Mapping[str, int]) -> None:
        self.archive, self.stimuli = archive, stimuli
        self.resources: list[str] = []
        self.items: list[str] = []
        self.pictures: dict[str, str] = {}

    def item(self, record: ItemRecord, rest: Rest) -> None:
        """Add a question."""
        name = f"item-{len(self.items) + 1}"
        paths = self._paths(record.pictures)
        self._add(name, ITEM, f"items/{name}.xml", _item(record, name, paths, self.stimuli), paths, rest)
        self.items.append(name)

    def stimulus(self, record: StimulusRecord, rest: Rest) -> None:
        """Add a text that items are about."""
        name = f"stimulus-{self.stimuli[record.identifier]}"
        paths = self._paths(record.pictures)
        said = Words(named(record.pictures), paths).block(record.text)
        document = qti(
            "assessment-stimulus",
            qti("stimulus-body", said),
            xmlns=SPACE,
            identifier=name,
            title=record.title or name,
        )
        self._add(name, STIMULUS, f"stimuli/{name}.xml", document, paths, rest)

    def finish(self, title: str) -> None:
        """Add the test, and the manifest that names everything."""
        references = [
            qti("assessment-item-ref", identifier=one, href=f"items/{one}.xml") for one in self.items
        ]
        section = qti(
            "assessment-section", *references, identifier="section-1", title=title or "1", visible="true"
        )
        part = qti(
            "test-part",
            section,
            identifier="part-1",
            navigation_mode="nonlinear",
            submission_mode="individual",
        )
        test = qti("assessment-test", part, xmlns=SPACE, identifier="test-1", title=title or " ")
        self._write("test.xml", test)
        parts = "".join(el("dependency", identifierref=one) for one in self.items)
        self.resources.append(
            el(
                "resource",
                el("file", href="test.xml"),
                parts,
                identifier="test-1",
                type=TEST,
                href="test.xml",
            )
        )
        about = el("schema", "QTI Package") + el("schemaversion", "3.0.0")
        lom = (
            el("lom", el("general", el("title", el("string", escape(title)))), xmlns=METADATA)
            if title
            else ""
        )
        manifest = el(
            "manifest",
            el("metadata", about, lom),
            el("organizations"),
            el("resources", *self.resources),
            xmlns=PACKAGE,
            identifier="weike-questions",
        )
        self._write(MANIFEST, manifest)

    def _paths(self, pictures: Iterable[PictureRecord]) -> dict[str, str]:
        """Where each picture stands in the package; equal ones of one name stand there once."""
        paths = {}
        for one in pictures:
            content = b64decode(one.data)
            path = f"pictures/{sha256(content).hexdigest()[:16]}/{one.name}.png"
            if path not in self.pictures:
                self.pictures[path] = f"picture-{len(self.pictures) + 1}"
                self.archive.writestr(_entry(path), content)
                self.resources.append(
                    el(
                        "resource",
                        el("file", href=path),
                        identifier=self.pictures[path],
                        type="webcontent",
                        href=path,
                    )
                )
            paths[one.name] = path
        return paths

    def _add(
        self, name: str, kind: str, href: str, document: str, paths: Mapping[str, str], rest: Rest
    ) -> None:
        self._write(href, document)
        own = Element("weike:rest", {"xmlns:weike": OWN})
        own.text = rest.said()
        self.resources.append(
            el(
                "resource",
                el("metadata", tostring(own, encoding="unicode")),
                el("file", href=href),
                *(el("dependency", identifierref=self.pictures[path]) for path in paths.values()),
                identifier=name,
                type=kind,
                href=href,
            )
        )

    def _write(self, name: str, document: str) -> None:
        self.archive.writestr(_entry(name), f"{DECLARATION}{legal(document)}\n".encode())


def _item(record: ItemRecord, name: str, paths: Mapping[str, str], stimuli: Mapping[str, int]) -> str:
    asked = record.asked
    words = Words(named(record.pictures), paths)
    way = way_of(asked, words)
    parts = [*way.declarations, *_outcomes(asked, way)]
    if record.stimulus in stimuli:
        about = f"stimulus-{stimuli[record.stimulus]}"
        parts.append(
            qti("assessment-stimulus-ref", identifier=about, href=f"../stimuli/{about}.xml", title=about)
        )
    parts += [qti("item-body", way.body), _processing(way), *_feedback(asked, way, words)]
    return qti(
        "assessment-item",
        *parts,
        xmlns=SPACE,
        identifier=name,
        title=excerpt_of(in_lines(asked.prompt)) or name,
        adaptive="false",
        time_dependent="false",
    )


def _outcomes(asked: Posed, way: Way) -> list[str]:
    outcomes = [qti("outcome-declaration", identifier="SCORE", cardinality="single", base_type="float")]
    if way.slips:
        outcomes.append(
            qti("outcome-declaration", identifier="FEEDBACK", cardinality="single", base_type="identifier")
        )
    if asked.explanation:
        outcomes.append(
            qti(
                "outcome-declaration",
                qti("default-value", value("solution")),
                identifier="SOLUTION",
                cardinality="single",
                base_type="identifier",
            )
        )
    return outcomes


def _processing(way: Way) -> str:
    if way.template and not way.slips:
        return qti("response-processing", template=f"{TEMPLATES}/{way.template}.xml")
    inner = way.scoring
    if way.slips:
        inner += qti("set-outcome-value", qti("variable", identifier="RESPONSE"), identifier="FEEDBACK")
    return qti("response-processing", inner) if inner else ""


def _feedback(asked: Posed, way: Way, words: Words) -> list[str]:
    said = [("FEEDBACK", name, text) for name, text in way.slips.items()]
    said += [("SOLUTION", "solution", asked.explanation)] if asked.explanation else []
    return [
        qti(
            "modal-feedback",
            qti("content-body", words.block(text)),
            outcome_identifier=outcome,
            identifier=name,
            show_hide="show",
        )
        for outcome, name, text in said
    ]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
