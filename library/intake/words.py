"""What is said about imports of questions."""

from collections.abc import Mapping

from core.i18n import _, lazy
from library.formats import words
from library.formats.papers.vocabulary import Field
from library.formats.reading import Fate, Note
from library.formats.words import FATE_NAMES as FATE_NAMES
from library.intake.models import Likeness, Wish
from library.items.models import ItemKind

FORMAT_NAMES: Mapping[str, object] = {
    **words.FORMAT_NAMES,
    "paper": lazy("Plain text"),
    "workbook": lazy("Excel workbook (.xlsx)"),
    "csv": lazy("CSV table"),
}
"""What formats are called."""
KIND_NAMES = {
    ItemKind.CHOICE: lazy("Single choice"),
    ItemKind.MULTIPLE_CHOICE: lazy("Multiple choice"),
    ItemKind.TRUE_FALSE: lazy("True or false"),
    ItemKind.TEXT_ENTRY: lazy("Fill in"),
    ItemKind.NUMERIC: lazy("Number"),
    ItemKind.INLINE_CHOICE: lazy("Choose words"),
    ItemKind.MATCH: lazy("Matching pairs"),
    ItemKind.ORDER: lazy("Put in order"),
    ItemKind.HOTSPOT: lazy("Point at a picture"),
    ItemKind.EXTENDED_TEXT: lazy("Written answer"),
    ItemKind.PHOTO: lazy("Photo answer"),
    ItemKind.SPOKEN: lazy("Spoken answer"),
}
WISH_NAMES = {
    Wish.TAKE: lazy("Take it"),
    Wish.USE: lazy("Use the one that is there"),
    Wish.SKIP: lazy("Leave it out"),
}
LIKENESS_NAMES = {
    Likeness.SAME: lazy("Is there already"),
    Likeness.NEAR: lazy("Nearly the same is there"),
    Likeness.HERE: lazy("Twice in this import"),
    Likeness.NEAR_HERE: lazy("Nearly the same stands earlier in this import"),
}
FATE_LOOKS = {
    Fate.KEPT: ("green", "circle-check"),
    Fate.CHANGED: ("blue", "pencil"),
    Fate.DROPPED: ("amber", "alert-triangle"),
}
PART_NAMES: Mapping[str, object] = {
    **words.PART_NAMES,
    Field.KIND: lazy("Question type"),
    Field.STEM: lazy("Words of the question"),
    "choices": lazy("Choices"),
    Field.ANSWER: lazy("Right answer"),
    Field.EXPLANATION: lazy("Explanation"),
    Field.HINT: lazy("Hints"),
    Field.POINTS: lazy("Knowledge points"),
    Field.DIFFICULTY: lazy("Difficulty"),
    Field.MINUTES: lazy("Minutes"),
    Field.SOURCE: lazy("Source"),
    Field.SCORE: lazy("Points on the paper"),
    "stimulus": lazy("What the questions are about"),
    "pictures": lazy("Pictures"),
    "head": lazy("Head of the paper"),
    "column": lazy("Column"),
    "sheet": lazy("Sheets of the workbook"),
    "bold": lazy("Bold letters"),
    "edges": lazy("Headers, footers, notes and comments"),
}
"""By the name of a part; other formats' names are their own."""
SENTENCES: Mapping[str, object] = {
    **words.REASONS,
    "": lazy("Taken as it was."),
    "inferred": lazy("The type follows from what the question says."),
    "from-brackets": lazy(
        "The answer “%(answer)s” was written into the words; there is a gap in its place now."
    ),
    "from-underlined": lazy(
        "The underlined words “%(answer)s” became the answer; there is a blank in their place."
    ),
    "from-explanation": lazy("The answer “%(answer)s” was found at the end of the explanation."),
    "as-explanation": lazy("A teacher marks this type, so the answer is shown as its explanation."),
    "as-words": lazy("This type has no choices, so they stand below the words."),
    "set-when-assigned": lazy("Points (%(value)s) are set when the work is assigned."),
    "not-understood": lazy("“%(value)s” was not understood."),
    "from-share-right": lazy("The share of pupils who get it right, %(value)s, became the difficulty."),
    "described-by-number": lazy(
        "What has no description is called by a number. Describe it for those who do not see it."
    ),
    "head-of-paper": lazy("“%(value)s” on line %(line)s belongs to the paper, not to a question."),
    "merged": lazy(
        "Cells of the column “%(name)s” that are merged over several rows count for each of them."
    ),
    "sheets-without-questions": lazy("Not read, being hidden or without headings of columns: %(names)s."),
    "in-workbook": lazy(
        "The workbook holds pictures (%(count)s), which are not read. Put them into their questions in the "
        "editor, once these are taken."
    ),
    "unknown-column": lazy("The column “%(name)s” has no place in a question."),
    "no-place-for-look": lazy("Bold letters say nothing that the words of a question can say."),
    "beside-the-text": lazy("What stands at the edges of the pages is not read."),
    "unknown-code": lazy("Nothing here has the codes %(names)s."),
}
"""What happened to a part, by the code of the reason."""
_BY_NAME = (
    lazy("Found by name: %(known)s."),
    lazy("Nothing here is called %(unknown)s."),
    lazy("Found by name: %(known)s. Nothing here is called %(unknown)s."),
)


def part_name(note: Note) -> str:
    """What a part is called."""
    return str(PART_NAMES.get(note.part) or words.part_name(note))


def sentence(note: Note) -> str:
    """What happened to a part, in the reader's language."""
    if note.reason == "by-name":
        return _points(note.values.get("known", []), note.values.get("unknown", []))
    said_of = SENTENCES.get(note.reason)
    if said_of is None:
        return note.reason
    values = {
        key: _(", ").join(value) if isinstance(value, list) else value
        for key, value in words.in_words(note.values).items()
    }
    return str(said_of) % values


def _points(known: list[str], unknown: list[str]) -> str:
    form = _BY_NAME[2] if known and unknown else _BY_NAME[0] if known else _BY_NAME[1]
    return str(form) % {"known": _(", ").join(known), "unknown": _(", ").join(unknown)}


def fate_of(note: Note) -> Fate:
    """What became of a part; of names of points, when they were looked up."""
    if note.reason != "by-name":
        return note.fate
    if not note.values.get("unknown"):
        return Fate.KEPT
    return Fate.CHANGED if note.values.get("known") else Fate.DROPPED
