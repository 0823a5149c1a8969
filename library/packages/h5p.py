"""H5P packages: ``h5p.json``, ``content/content.json``, and the libraries that play them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from library.packages.archive import Archive
from library.packages.course import About
from library.packages.errors import DamagedPackage, UnreadableJson
from library.packages.h5p_texts import asks, texts_of
from library.packages.html import cleaned, decoded
from library.packages.playable import Playable, Standard, Trait
from library.resources.licences import licence_of

MANIFEST, CONTENT = "h5p.json", "content/content.json"
MOST_BYTES = 16 << 20
MOST_LIBRARIES = 500
LONGEST_LICENCE = 64
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_UNDISCLOSED = "U"
_OWN_WORDS = {
    "C": "all-rights-reserved",
    "CC PDM": "PDM-1.0",
    "GNU GPL": "GPL-3.0",
    "PD": "PDM-1.0",
    "PD CC0 1.0": "CC0-1.0",
}
"""Licences that H5P names by words of its own."""


def is_h5p(archive: Archive) -> bool:
    """Whether it says that it is one."""
    return MANIFEST in archive.members


def read_h5p(archive: Archive) -> Playable:
    """What the package says, and whether all that plays it is inside.

    Raises:
        NotInPackage, UnreadableJson: there is no content in it, or none that can be read.
        DamagedPackage: it does not say what it is.
    """
    manifest = read_json(archive, MANIFEST)
    library = manifest.get("mainLibrary") if isinstance(manifest, dict) else None
    if not isinstance(library, str) or not library:
        raise DamagedPackage
    parameters = read_json(archive, CONTENT)
    traits = set()
    if asks(library, parameters):
        traits.add(Trait.ASKS)
    if _names_outside(parameters):
        traits.add(Trait.OUTSIDE)
    return Playable(
        Standard.H5P,
        _about(manifest),
        texts=tuple(dict.fromkeys(texts_of(library, parameters))),
        missing=tuple(_missing(archive, manifest, library)),
        traits=frozenset(traits),
    )


def read_json(archive: Archive, name: str) -> Any:  # noqa: ANN401 -- JSON of strangers
    """The JSON document *name*.

    Raises:
        UnreadableJson: it is none, or nested too deeply.
        NotInPackage, PackageTooLarge, DamagedPackage: see ``Archive.read``.
    """
    content = archive.read(name, most_bytes=MOST_BYTES)
    try:
        return json.loads(decoded(content))
    except (ValueError, RecursionError) as error:
        raise UnreadableJson(name=name) from error


def _about(manifest: dict[str, Any]) -> About:
    language = _text(manifest, "language", 16)
    authors = manifest.get("authors")
    names = [
        _text(one, "name", 200)
        for one in (authors if isinstance(authors, list) else ())
        if isinstance(one, dict)
    ]
    return About(
        title=_title(manifest),
        language=language if language != "und" and _LANGUAGE.fullmatch(language) else "",
        author=", ".join(one for one in dict.fromkeys(names) if one)[:200],
        licence=_licence(manifest),
    )


def _title(manifest: dict[str, Any]) -> str:
    """Its title; some who made one of a video left the video's address there."""
    title = _text(manifest, "title", 300)
    return "" if title.startswith(("http://", "https://")) else title


def _licence(manifest: dict[str, Any]) -> str:
    name, version = _text(manifest, "license", 64), _text(manifest, "licenseVersion", 16)
    if not name or name == _UNDISCLOSED:
        return ""
    written = f"{name} {version}".strip()
    written = _OWN_WORDS.get(written) or _OWN_WORDS.get(name) or written
    known = licence_of(written)
    return known.code if known else written[:LONGEST_LICENCE]


def _missing(archive: Archive, manifest: dict[str, Any], library: str) -> Iterator[str]:
    """The libraries that something in the package needs, and that are not in it."""
    waiting = _dependencies(manifest)
    if not any(name == library for name, _version in waiting):
        yield library
    seen: set[tuple[str, str]] = set()
    while waiting and len(seen) < MOST_LIBRARIES:
        name, version = one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        # Older packages have no version in the names of their folders.
        folder = next(
            (f for f in (f"{name}-{version}", name) if f"{f}/library.json" in archive.members), None
        )
        if folder is None:
            yield f"{name} {version}"
            continue
        described = read_json(archive, f"{folder}/library.json")
        if isinstance(described, dict):
            waiting += _dependencies(described)


def _dependencies(described: dict[str, Any]) -> list[tuple[str, str]]:
    named = described.get("preloadedDependencies")
    return [
        (_text(one, "machineName", 100), f"{one.get('majorVersion', '')}.{one.get('minorVersion', '')}"[:20])
        for one in (named if isinstance(named, list) else ())
        if isinstance(one, dict) and _text(one, "machineName", 100)
    ]


def _names_outside(parameters: Any) -> bool:  # noqa: ANN401 -- JSON of strangers
    """Whether a picture, sound or video of the content stands at another host."""
    waiting, left = [parameters], 200_000
    while waiting and left > 0:
        left -= 1
        node = waiting.pop()
        if isinstance(node, dict):
            path = node.get("path")
            if isinstance(path, str) and path.startswith(("http://", "https://", "//")):
                return True
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return False


def _text(holder: dict[str, Any], name: str, longest: int) -> str:
    value = holder.get(name)
    return cleaned(value).strip()[:longest] if isinstance(value, str) else ""
