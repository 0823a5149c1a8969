"""What came of the parts of a package."""

from enum import StrEnum


class Outcome(StrEnum):
    """Whether a part was taken."""

    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


class PartKind(StrEnum):
    """What a part of a package is in the system that it comes from."""

    HEADING = "heading"
    PAGE = "page"
    LINK = "link"
    DISCUSSION = "discussion"
    ASSIGNMENT = "assignment"
    QUESTIONS = "questions"
    QUESTION = "question"
    FILE = "file"
    TOOL = "tool"
    METADATA = "metadata"
    OTHER = "other"


class Note(StrEnum):
    """What there is to say about it; ``words.py`` puts it into a sentence."""

    AS_IT_WAS = "as_it_was"
    HEADING = "heading"
    PICTURES_BESIDE = "pictures_beside"
    PICTURES_AS_WORDS = "pictures_as_words"
    ACTIVE_LEFT_OUT = "active_left_out"
    DISCUSSION_AS_TEXT = "discussion_as_text"
    ASSIGNMENT_AS_TEXT = "assignment_as_text"
    QUESTION_PICTURES = "question_pictures"
    PATTERN = "pattern"
    ESSAY = "essay"
    LICENCE_AS_WRITTEN = "licence_as_written"
    TEXT_CUT = "text_cut"
    NO_TEXT = "no_text"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    FILE_TYPE = "file_type"
    HELD_BY_PAGE = "held_by_page"
    BAD_ADDRESS = "bad_address"
    TOOL = "tool"
    UNKNOWN_KIND = "unknown_kind"
    NO_QUESTIONS = "no_questions"
    QUESTION_KIND = "question_kind"
    QUESTION_WITHOUT_TEXT = "question_without_text"
    QUESTION_WITHOUT_KEY = "question_without_key"
    QUESTION_TOO_LARGE = "question_too_large"
    DOES_NOT_FIT = "does_not_fit"
    METADATA_DROPPED = "metadata_dropped"


CHANGED = frozenset(
    {
        Note.PICTURES_BESIDE,
        Note.PICTURES_AS_WORDS,
        Note.DISCUSSION_AS_TEXT,
        Note.ASSIGNMENT_AS_TEXT,
        Note.QUESTION_PICTURES,
        Note.PATTERN,
        Note.ESSAY,
        Note.LICENCE_AS_WRITTEN,
        Note.TEXT_CUT,
    }
)
KEPT = frozenset({Note.AS_IT_WAS, Note.HEADING, Note.HELD_BY_PAGE})


def outcome_of(note: Note) -> Outcome:
    """Whether a part that this is said of was kept, changed or dropped."""
    if note in KEPT:
        return Outcome.KEPT
    return Outcome.CHANGED if note in CHANGED else Outcome.DROPPED
