"""What is said about the parts of a package."""

from core.i18n import lazy
from library.packages.findings import Note, Outcome, PartKind

OUTCOME_NAMES = {
    Outcome.KEPT: lazy("Kept"),
    Outcome.CHANGED: lazy("Altered"),
    Outcome.DROPPED: lazy("Dropped"),
}
OUTCOME_LOOKS = {
    Outcome.KEPT: ("green", "circle-check"),
    Outcome.CHANGED: ("blue", "pencil"),
    Outcome.DROPPED: ("amber", "alert-triangle"),
}
"""Tone and icon of each."""
PART_NAMES = {
    PartKind.HEADING: lazy("Heading of the course"),
    PartKind.PAGE: lazy("Page of text"),
    PartKind.LINK: lazy("Web link"),
    PartKind.DISCUSSION: lazy("Discussion"),
    PartKind.ASSIGNMENT: lazy("Task"),
    PartKind.QUESTIONS: lazy("Quiz or question bank"),
    PartKind.QUESTION: lazy("Question"),
    PartKind.FILE: lazy("File"),
    PartKind.TOOL: lazy("Tool of another site"),
    PartKind.METADATA: lazy("Description of the package"),
    PartKind.OTHER: lazy("Other part"),
}
SENTENCES = {
    Note.AS_IT_WAS: lazy("Taken as it was."),
    Note.HEADING: lazy("Stays as a heading of this list."),
    Note.PICTURES_BESIDE: lazy("The text was taken; its pictures (%(detail)s) stand beside it."),
    Note.PICTURES_AS_WORDS: lazy(
        "The text was taken; pictures that could not be read became their descriptions."
    ),
    Note.ACTIVE_LEFT_OUT: lazy(
        "Scripts, players and forms cannot stand in a reading and were left out (%(detail)s)."
    ),
    Note.DISCUSSION_AS_TEXT: lazy("The topic became a reading; nobody discusses here."),
    Note.ASSIGNMENT_AS_TEXT: lazy("The wording became a reading; assign it again with dates and classes."),
    Note.QUESTION_PICTURES: lazy("The question was taken without its pictures or sounds."),
    Note.PATTERN: lazy("Parts of an answer counted there; here the whole answer must match."),
    Note.ESSAY: lazy("The long answer is handed in as a photo here, and a teacher marks it."),
    Note.LICENCE_AS_WRITTEN: lazy("The licence stands as it was written: “%(detail)s”."),
    Note.TEXT_CUT: lazy("The text was longer than %(detail)s characters; the rest was left out."),
    Note.NO_TEXT: lazy("There is no text in it."),
    Note.MISSING: lazy("The file is not in the package: “%(detail)s”."),
    Note.UNREADABLE: lazy("The file is damaged or not safe to read: “%(detail)s”."),
    Note.TOO_LARGE: lazy("The file is too large: “%(detail)s”."),
    Note.FILE_TYPE: lazy("Files of this type are not taken from packages (%(detail)s). Upload it by itself."),
    Note.HELD_BY_PAGE: lazy("Belongs to a page and was taken with it."),
    Note.BAD_ADDRESS: lazy("The link leads to no page of the web: “%(detail)s”."),
    Note.TOOL: lazy("Tools of other sites are not taken; they would need a contract with that site."),
    Note.UNKNOWN_KIND: lazy("Parts of this kind are not known here (%(detail)s)."),
    Note.NO_QUESTIONS: lazy("None of its questions could be taken."),
    Note.QUESTION_KIND: lazy("Questions of this kind do not exist here (%(detail)s)."),
    Note.QUESTION_WITHOUT_TEXT: lazy("The question asks nothing in words."),
    Note.QUESTION_WITHOUT_KEY: lazy("The question has no right answer that can be read."),
    Note.QUESTION_TOO_LARGE: lazy("The question has more choices or blanks than are taken."),
    Note.DOES_NOT_FIT: lazy("Something in it does not fit our format (%(detail)s)."),
    Note.METADATA_DROPPED: lazy("There is no place here for this field of the description."),
}


def sentence(note: Note, detail: str) -> str:
    """What there is to say about a part, in the reader's language."""
    return str(SENTENCES[note]) % {"detail": detail}
