"""A package as it was read: an ordered list of parts, each with what we would keep of it."""

from dataclasses import dataclass, field
from typing import Any

from library.packages.findings import Note, PartKind


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the report."""

    kind: PartKind
    title: str
    note: Note
    detail: str = ""
    depth: int = 0
    """How many headings it stands under."""
    record: dict[str, Any] | None = None
    """A resource as ``ResourceRecord`` takes it, without what all have in common; None for none."""
    files: tuple[str, ...] = ()
    """Names of files in the package that belong to the resource: pictures, documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the package says about itself as a whole (IEEE LOM)."""

    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    author: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that a package holds, in the order of its table of contents."""

    about: About
    parts: tuple[Part, ...] = field(default=())
