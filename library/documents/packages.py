"""Packages that are played: what they say, and what their page and their player need to know of them."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import Invalid
from library.documents.contents import Contents
from library.packages.errors import DamagedPackage
from library.packages.playing import read_playable


def read_package(source: Path) -> tuple[Contents, dict[str, Any]]:
    """What the package at *source* says to everybody, and what is kept beside its file.

    Raises:
        DamagedPackage: it was sound when it came, and is no more.
    """
    try:
        with source.open("rb") as content:
            found = read_playable(content)
    except Invalid as error:
        raise DamagedPackage from error
    kept = {
        "standard": found.standard.value,
        "places": [asdict(one) for one in found.places],
        "missing": list(found.missing),
        "traits": sorted(found.traits),
    }
    return Contents(None, found.texts, found.about.title, found.about.author), {"package": kept}
