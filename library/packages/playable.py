"""What a player needs to know of a package that is played: H5P, SCORM 1.2 and SCORM 2004."""

from dataclasses import dataclass
from enum import StrEnum

from library.packages.course import About


class Standard(StrEnum):
    """The rules after which a package is built."""

    H5P = "h5p"
    SCORM_12 = "scorm_12"
    SCORM_2004 = "scorm_2004"


MEDIA_TYPES = {
    Standard.H5P: "application/x-h5p",
    Standard.SCORM_12: "application/x-scorm",
    Standard.SCORM_2004: "application/x-scorm",
}
"""None of them is registered; these are the names that are in use."""


class Trait(StrEnum):
    """What who looks at a package should know before it is played."""

    ASKS = "asks"
    """It holds questions, and what is right for them."""
    FRAMED = "framed"
    """It is built of frames, which cannot speak with one another here."""
    OUTSIDE = "outside"
    """It names things of other hosts, which are not loaded here."""
    SEQUENCED = "sequenced"
    """It has rules for the order of its parts, which are not followed here."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the table of contents."""

    identifier: str
    title: str
    depth: int = 0
    name: str = ""
    """The file that opens it, as the archive calls it; empty for a heading."""
    parameters: str = ""
    """What follows the name in the address, with its question mark or number sign."""
    mastery: str = ""
    """The score from which it counts as passed, as the package writes it."""
    launch_data: str = ""
    """What the package wants to be told when this place is opened."""


@dataclass(frozen=True, slots=True)
class Playable:
    """A package that is played, read."""

    standard: Standard
    about: About
    texts: tuple[str, ...] = ()
    """What may be read and searched by everybody: nothing that could be a key."""
    places: tuple[Place, ...] = ()
    missing: tuple[str, ...] = ()
    """Libraries without which it cannot be played, and that are not in it."""
    traits: frozenset[Trait] = frozenset()
