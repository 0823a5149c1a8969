"""The id under which a person goes through a lesson, before the first second of it is played.

Nothing is stored when it is handed out, so the id itself leads back to its lesson: a UUID of version 8
(RFC 9562 §5.8) that carries the lesson's number, and a digest which only the person it was handed to has.
"""

import hashlib
from uuid import UUID

VERSION = 8
_NAMESPACE = UUID("6d1e6d58-4a0c-5d3b-9f5e-2f7d0c4a8b11").bytes
_LESSON_BITS = 48
_BELOW = 128 - _LESSON_BITS
_FIXED = (0xF << 76) | (0b11 << 62)
"""The bits of the version and the variant."""


def handed_out(person_id: int, lesson_id: int) -> UUID:
    """The id for the person's first way through the lesson; two tabs are handed the same one."""
    digest = hashlib.sha256(_NAMESPACE + f"{person_id}/{lesson_id}/1".encode()).digest()
    rest = int.from_bytes(digest[: _BELOW // 8]) & ~_FIXED
    return UUID(int=(lesson_id << _BELOW) | rest | (VERSION << 76) | (0b10 << 62))


def is_handed_out(uuid: UUID) -> bool:
    """Whether we make ids of this kind; a client that makes its own uses another version."""
    return uuid.version == VERSION


def lesson_of(uuid: UUID, person_id: int) -> int | None:
    """The lesson for which *uuid* was handed out to the person; None if it was not."""
    lesson_id = uuid.int >> _BELOW
    return lesson_id if uuid == handed_out(person_id, lesson_id) else None
