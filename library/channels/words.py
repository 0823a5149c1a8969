"""What is said about the parts of a channel."""

from core.i18n import lazy
from library.channels.findings import NodeKind, Note

KIND_NAMES = {
    NodeKind.CHANNEL: lazy("Kolibri channel"),
    NodeKind.TOPIC: lazy("Topic"),
    NodeKind.VIDEO: lazy("Video"),
    NodeKind.AUDIO: lazy("Audio"),
    NodeKind.DOCUMENT: lazy("Document"),
    NodeKind.SLIDESHOW: lazy("Slide show"),
    NodeKind.EXERCISE: lazy("Exercise of Kolibri"),
    NodeKind.HTML5: lazy("HTML5 app"),
    NodeKind.H5P: lazy("H5P package"),
    NodeKind.ZIM: lazy("ZIM archive"),
    NodeKind.DETAIL: lazy("Detail"),
    NodeKind.OTHER: lazy("Other part"),
}
TABLE_NAMES = {
    "content_contentnode_has_prerequisite": lazy("What is needed before what"),
    "content_contentnode_related": lazy("What belongs together"),
    "content_assessmentmetadata": lazy("Settings of exercises"),
}
"""What stands in tables that have no place here."""
SHORT = {
    Note.WITH_FILE: lazy("Taken with their files"),
    Note.HEADING: lazy("Headings that became keywords"),
    Note.FILE_ABSENT: lazy("Described, but their files are not here"),
    Note.NO_FILE: lazy("Described, without any file"),
    Note.FILE_OTHER: lazy("Described; the file is another than the channel says"),
    Note.FILE_REFUSED: lazy("Described; the file cannot be taken"),
    Note.FILE_TYPE: lazy("Described; the file is of a type that is not played here"),
    Note.EXERCISE_AS_RECORD: lazy("Exercises kept as descriptions"),
    Note.PACKAGE_AS_RECORD: lazy("Apps and packages kept as descriptions"),
    Note.SUBTITLES: lazy("Subtitles left out"),
    Note.LICENCE_UNKNOWN: lazy("Licences that are not known here"),
    Note.NO_LICENCE: lazy("Parts without a licence"),
    Note.LANGUAGE_GUESSED: lazy("Languages told by the script"),
    Note.TITLE_MADE: lazy("Titles made from the topic"),
    Note.TEXT_CUT: lazy("Texts cut"),
    Note.TEXT_BROKEN: lazy("Texts with unreadable characters"),
    Note.LEVEL: lazy("Levels outside of school"),
    Note.LABELS: lazy("Labels that are not known here"),
    Note.LEFT_OUT: lazy("Kinds of details that have no place here"),
    Note.THUMBNAILS: lazy("Small pictures left out"),
    Note.UNKNOWN_KIND: lazy("Kinds that are not known here"),
    Note.OUTSIDE: lazy("Parts outside of the tree"),
    Note.DOES_NOT_FIT: lazy("Parts that do not fit our format"),
    Note.GONE: lazy("No longer in the channel"),
    Note.LIST_MADE: lazy("Collections up to date"),
    Note.LIST_REMOVED: lazy("Collections that were taken away"),
    Note.LIST_FULL: lazy("Collections that are full"),
}
"""What many lines have in common."""
SENTENCES = {
    Note.WITH_FILE: lazy("Taken with its file."),
    Note.HEADING: lazy("Became a heading of the collection, and a keyword of what stands below it."),
    Note.FILE_ABSENT: lazy(
        "The description was taken. Its file is not here (%(detail)s): take the channel in again with its "
        "files."
    ),
    Note.NO_FILE: lazy("The description was taken. The channel names no file for it."),
    Note.FILE_OTHER: lazy(
        "The description was taken. What lies under the name %(detail)s is another file, so it was left out."
    ),
    Note.FILE_REFUSED: lazy("The description was taken; its file was not: %(detail)s"),
    Note.FILE_TYPE: lazy("The description was taken; files of this type are not played here (%(detail)s)."),
    Note.EXERCISE_AS_RECORD: lazy(
        "The description was taken. Its questions are written for Kolibri's own player and were left out."
    ),
    Note.PACKAGE_AS_RECORD: lazy(
        "The description was taken. What runs in it (%(detail)s) was left out; take such a file in as a "
        "package."
    ),
    Note.SUBTITLES: lazy("Files with subtitles were left out (%(detail)s)."),
    Note.LICENCE_UNKNOWN: lazy(
        "The licence stands as it was written, “%(detail)s”. It is not known here, so a copy may not leave."
    ),
    Note.NO_LICENCE: lazy("No licence is named, so a copy may not leave."),
    Note.LANGUAGE_GUESSED: lazy("The channel tells no language; by its script it is taken for %(detail)s."),
    Note.TITLE_MADE: lazy("There was no title; it is called as the topic above it: “%(detail)s”."),
    Note.TEXT_CUT: lazy("The title or the description was too long and was cut."),
    Note.TEXT_BROKEN: lazy("Some characters could not be read and stand as question marks."),
    Note.LEVEL: lazy("It is meant for before or after school; it stands in the grades that you chose."),
    Note.LABELS: lazy("These labels of the channel are not known here and were left out: %(detail)s."),
    Note.LEFT_OUT: lazy("%(detail)s details of this kind were left out; there is no place for them here."),
    Note.THUMBNAILS: lazy("%(detail)s small pictures were left out; they are made anew from the files."),
    Note.UNKNOWN_KIND: lazy("Parts of this kind are not taken (%(detail)s)."),
    Note.OUTSIDE: lazy(
        "It hangs on nothing in the tree of the channel, or on itself, so nobody would find it."
    ),
    Note.DOES_NOT_FIT: lazy("It was not taken: %(detail)s"),
    Note.GONE: lazy("The channel has it no longer. Here it stays until somebody withdraws it."),
    Note.LIST_MADE: lazy("The collection holds %(detail)s resources of the channel, in its order."),
    Note.LIST_REMOVED: lazy("The collection was taken away here, and stays away."),
    Note.LIST_FULL: lazy("The collection is full; not all of %(detail)s resources stand in it."),
}


def sentence(note: Note, detail: str) -> str:
    """What there is to say about a part, in the reader's language."""
    return str(SENTENCES[note]) % {"detail": detail}
