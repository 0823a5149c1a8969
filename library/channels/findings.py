"""What came of the parts of a channel."""

from enum import StrEnum

from library.packages.findings import Outcome


class NodeKind(StrEnum):
    """What a part of a channel is; Kolibri's words for kinds of content, and two of our own."""

    CHANNEL = "channel"
    TOPIC = "topic"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    SLIDESHOW = "slideshow"
    EXERCISE = "exercise"
    HTML5 = "html5"
    H5P = "h5p"
    ZIM = "zim"
    DETAIL = "detail"
    """Something to say about the part above it."""
    OTHER = "other"


class Note(StrEnum):
    """What there is to say about it; ``words.py`` puts it into a sentence."""

    WITH_FILE = "with_file"
    HEADING = "heading"
    FILE_ABSENT = "file_absent"
    NO_FILE = "no_file"
    FILE_OTHER = "file_other"
    FILE_REFUSED = "file_refused"
    FILE_TYPE = "file_type"
    EXERCISE_AS_RECORD = "exercise_as_record"
    PACKAGE_AS_RECORD = "package_as_record"
    SUBTITLES = "subtitles"
    LICENCE_UNKNOWN = "licence_unknown"
    NO_LICENCE = "no_licence"
    LANGUAGE_GUESSED = "language_guessed"
    TITLE_MADE = "title_made"
    TEXT_CUT = "text_cut"
    TEXT_BROKEN = "text_broken"
    LEVEL = "level"
    LABELS = "labels"
    LEFT_OUT = "left_out"
    THUMBNAILS = "thumbnails"
    UNKNOWN_KIND = "unknown_kind"
    OUTSIDE = "outside"
    DOES_NOT_FIT = "does_not_fit"
    GONE = "gone"
    LIST_MADE = "list_made"
    LIST_REMOVED = "list_removed"
    LIST_FULL = "list_full"


KEPT = frozenset({Note.WITH_FILE, Note.HEADING, Note.LIST_MADE, Note.GONE})
CHANGED = frozenset(
    {
        Note.FILE_ABSENT,
        Note.NO_FILE,
        Note.FILE_OTHER,
        Note.FILE_REFUSED,
        Note.FILE_TYPE,
        Note.EXERCISE_AS_RECORD,
        Note.PACKAGE_AS_RECORD,
        Note.LICENCE_UNKNOWN,
        Note.NO_LICENCE,
        Note.LANGUAGE_GUESSED,
        Note.TITLE_MADE,
        Note.TEXT_CUT,
        Note.TEXT_BROKEN,
        Note.LEVEL,
        Note.LIST_REMOVED,
        Note.LIST_FULL,
    }
)


def outcome_of(note: Note) -> Outcome:
    """Whether a part that this is said of was kept, changed or dropped."""
    if note in KEPT:
        return Outcome.KEPT
    return Outcome.CHANGED if note in CHANGED else Outcome.DROPPED
