"""IEEE LOM metadata of packages: what our columns hold of them."""

import re
from xml.etree.ElementTree import Element

from library.packages.course import About
from library.packages.html import cleaned, plain_text
from library.packages.markup import below, child, children, kind_of, words
from library.resources.licences import licence_of

MOST_KEYWORDS = 20
LONGEST_KEYWORD = 100
LONGEST_LICENCE = 64
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_NAME = re.compile(r"^FN[^:\r\n]{0,40}:(.{1,200})$", re.MULTILINE)
_TAKEN = frozenset({"title", "description", "keyword", "language", "lifecycle", "rights"})


def read_lom(metadata: Element | None) -> tuple[About, tuple[str, ...]]:
    """What *metadata* says, and the names of the fields that we have no place for."""
    lom = next(below(metadata, "lom"), None)
    general = child(lom, "general")
    language = words(child(general, "language"))
    return About(
        title=_line(child(general, "title"))[:300],
        description=_line(child(general, "description"))[:4_000],
        keywords=tuple(
            dict.fromkeys(
                part.strip()[:LONGEST_KEYWORD]
                for one in children(general, "keyword")
                for part in re.split(r"[,;，；、\n]", _line(one))
                if part.strip()
            )
        )[:MOST_KEYWORDS],
        language=language if _LANGUAGE.fullmatch(language) and len(language) <= 16 else "",  # noqa: PLR2004 -- the column's
        author=_author(child(lom, "lifecycle")),
        licence=_licence(child(lom, "rights")),
    ), _left(lom, general)


def _line(element: Element | None) -> str:
    """The first string inside the element: a LOM text may stand in several languages."""
    string = next(below(element, "string", "langstring"), element)
    return plain_text(cleaned(words(string)))


def _author(lifecycle: Element | None) -> str:
    for contribute in children(lifecycle, "contribute"):
        if words(child(contribute, "role", "value")).lower() in {"author", "creator", ""}:
            written = cleaned(words(child(contribute, "entity")))
            found = _NAME.search(written)
            return (found[1] if found else "" if "VCARD" in written.upper() else written).strip()[:200]
    return ""


def _licence(rights: Element | None) -> str:
    """The licence as we know it, or as it is written; a whole page of conditions is no name of a licence."""
    written = _line(child(rights, "description"))
    # Some systems write the name and where it is explained: "Public Domain - http://...".
    known = licence_of(written) or licence_of(written.partition(" - http")[0])
    if known is not None:
        return known.code
    address = re.search(r"https?://creativecommons\.org/\S+?(?=[\s,;)]|$)", written)
    known = licence_of(address[0]) if address else None
    return known.code if known else written[:LONGEST_LICENCE]


def _left(lom: Element | None, general: Element | None) -> tuple[str, ...]:
    found = [kind_of(one) for holder in (general, lom) if holder is not None for one in holder]
    return tuple(dict.fromkeys(one for one in found if one not in _TAKEN and one != "general"))
