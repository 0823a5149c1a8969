"""Files of questions as other programs write them, made in memory."""

from collections.abc import Mapping
from html import escape

from tests.factories.packages import make_zip

SPACES = {
    "2.1": ("http://www.imsglobal.org/xsd/imsqti_v2p1", "imsqti_item_xmlv2p1"),
    "2.2": ("http://www.imsglobal.org/xsd/imsqti_v2p2", "imsqti_item_xmlv2p2"),
    "3.0": ("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "imsqti_item_xmlv3p0"),
}


def moodle(*questions: str) -> bytes:
    """A file of Moodle XML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>\n"
    ).encode()


def moodle_question(kind: str, text: str, inner: str = "", name: str = "Q") -> str:
    """A question; *text* is HTML, *inner* what its kind adds."""
    return (
        f'<question type="{kind}">\n<name><text>{name}</text></name>\n'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>\n'
        f"{inner}\n</question>"
    )


def moodle_answer(text: str, fraction: float, feedback: str = "", more: str = "") -> str:
    """An answer with its feedback."""
    said = f'<feedback format="html"><text>{escape(feedback)}</text></feedback>' if feedback else ""
    return f'<answer fraction="{fraction}" format="html"><text>{escape(text)}</text>{more}{said}</answer>'


def qti_item(
    body: str, declarations: str = "", processing: str = "", after: str = "", *, version: str = "2.1"
) -> str:
    """An item of QTI 2; in QTI 3 its elements have other names, which are given here as they are there."""
    space, _kind = SPACES[version]
    item, inner = (
        ("qti-assessment-item", "qti-item-body") if version == "3.0" else ("assessmentItem", "itemBody")
    )
    return (
        f'<{item} xmlns="{space}" identifier="i1" title="An item" adaptive="false" timeDependent="false">'
        f"{declarations}<{inner}>{body}</{inner}>{processing}{after}</{item}>"
    )


def qti_package(
    items: Mapping[str, str | bytes], *, version: str = "2.1", more: str = "", title: str = "A test"
) -> bytes:
    """A content package of *items* by name; other files by their names as well."""
    _space, kind = SPACES[version]
    resources = "".join(
        f'<resource identifier="r{number}" type="{kind}" href="{name}"><file href="{name}"/></resource>'
        for number, name in enumerate(items)
        if name.endswith(".xml")
    )
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<metadata><lom><general><title><string>{title}</string></title></general></lom></metadata>"
        f"<organizations/><resources>{resources}{more}</resources></manifest>"
    )
    return make_zip({"imsmanifest.xml": manifest, **items})


def qti_response(
    right: str | list[str], *, cardinality: str = "single", base: str = "identifier", more: str = ""
) -> str:
    """What an item of QTI 2 declares of its one response."""
    values = [right] if isinstance(right, str) else right
    key = "".join(f"<value>{one}</value>" for one in values)
    correct = f"<correctResponse>{key}</correctResponse>" if values else ""
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"{correct}{more}</responseDeclaration>"
    )
