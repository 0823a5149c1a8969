"""Read a package that is played: find out what it is, and what it says."""

from typing import IO

from library.packages.archive import Archive, opened
from library.packages.cartridge import manifest_of
from library.packages.errors import UnplayablePackage
from library.packages.h5p import is_h5p, read_h5p
from library.packages.playable import Playable
from library.packages.scorm import is_scorm, read_scorm


def read_playable(content: IO[bytes]) -> Playable:
    """What a player needs to know of the package in *content*.

    Raises:
        UnplayablePackage: it is a sound archive, but neither H5P nor SCORM.
        Invalid: it is not sound; see ``archive.opened``, ``h5p.read_h5p`` and ``scorm.read_scorm``.
    """
    with opened(content) as archive:
        return _read(archive)


def _read(archive: Archive) -> Playable:
    if is_h5p(archive):
        return read_h5p(archive)
    manifest = manifest_of(archive)
    if manifest is not None and is_scorm(manifest):
        return read_scorm(archive, manifest)
    raise UnplayablePackage
