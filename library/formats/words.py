"""What is said about the parts of questions that were changed or left out, for reports of imports."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask_babel import LazyString

from core.i18n import _, lazy
from library.formats.reading import Fate, Note

FORMAT_NAMES: Mapping[str, LazyString | str] = MappingProxyType(
    {
        "moodle": "Moodle XML",
        "gift": "GIFT",
        "aiken": "Aiken",
        "qti": "QTI",
        "word": "Word",
    }
)
FATE_NAMES: Mapping[Fate, LazyString] = MappingProxyType(
    {Fate.KEPT: lazy("Kept"), Fate.CHANGED: lazy("Altered"), Fate.DROPPED: lazy("Dropped")}
)
PART_NAMES: Mapping[str, LazyString] = MappingProxyType(
    {
        "questiontext": lazy("Words of the question"),
        "question": lazy("Words of the question"),
        "itembody": lazy("Words of the question"),
        "answer": lazy("Answers of the question"),
        "ANSWER": lazy("Answers of the question"),
        "choice": lazy("Choices"),
        "simplechoice": lazy("Choices"),
        "subquestion": lazy("Pairs"),
        "selectoption": lazy("Words to choose"),
        "dragbox": lazy("Words to choose"),
        "drop": lazy("Places in the picture"),
        "fraction": lazy("Share of the marks"),
        "mapping": lazy("Share of the marks"),
        "feedback": lazy("Feedback"),
        "modalfeedback": lazy("Feedback"),
        "generalfeedback": lazy("Explanation"),
        "hint": lazy("Hints"),
        "tags": lazy("Tags"),
        "name": lazy("Name of the question"),
        "title": lazy("Name of the question"),
        "category": lazy("Category"),
        "$CATEGORY": lazy("Category"),
        "description": lazy("Text that questions are about"),
        "defaultgrade": lazy("Marks of the question"),
        "identifier": lazy("Identifier"),
        "idnumber": lazy("Identifier"),
        "encoding": lazy("Encoding"),
        "responseprocessing": lazy("Scoring"),
        "responsedeclaration": lazy("Answers of the question"),
        "presentation": lazy("Words of the question"),
        "itemfeedback": lazy("Feedback"),
        "points_possible": lazy("Marks of the question"),
        "outcomedeclaration": lazy("Marks of the question"),
        "weight": lazy("Weight of the blanks"),
        "penalty": lazy("Deduction for further tries"),
        "shuffleanswers": lazy("Whether choices are mixed"),
        "rubricBlock": lazy("Text of the section"),
        "assessmentSection": lazy("Section"),
        "assessmentSectionRef": lazy("Section"),
        "assessmentTest": lazy("Rules of the test"),
        "interaction": lazy("Type of the question"),
        "weike": lazy("What this platform wrote"),
    }
)
"""What the parts that everybody meets are called; others keep the name that the format gives them."""
FIELD_NAMES: Mapping[str, LazyString] = MappingProxyType(
    {
        "kind": lazy("Question type"),
        "prompt": lazy("Words of the question"),
        "interaction": lazy("Choices"),
        "correct": lazy("Right answer"),
        "explanation": lazy("Explanation"),
        "hints": lazy("Hints"),
        "misconceptions": lazy("Feedback"),
        "difficulty": lazy("Difficulty"),
        "minutes": lazy("Minutes"),
        "knowledge_points": lazy("Knowledge points"),
        "source": lazy("Source"),
        "pictures": lazy("Pictures"),
        "stimulus": lazy("What the questions are about"),
        "text": lazy("Text that questions are about"),
    }
)
"""What the fields of a question are called."""
REASONS: Mapping[str, LazyString] = MappingProxyType(
    {
        "adaptive": lazy("Questions that change while one answers do not exist here; it is asked once."),
        "alt": lazy("The picture “%(name)s” has no description; please write one."),
        "associate": lazy("Pairs of one set became pairs of a left and a right side."),
        "attachments": lazy("Files cannot be added to a written answer here."),
        "bad-picture": lazy("The picture “%(name)s” was left out: %(sentence)s"),
        "brackets": lazy("Double square brackets have a meaning here; a space was put between them."),
        "category": lazy("The category “%(name)s” became the title; there are no categories here."),
        "choices-typed": lazy(
            "Blanks to choose and blanks to type cannot be mixed; all are typed, choices stand beside."
        ),
        "combined-feedback": lazy(
            "What is said to right, partly right and wrong answers as a whole was left out."
        ),
        "custom-scoring": lazy("It had a scoring of its own; here it is marked by the rules of its kind."),
        "description": lazy("It became the text that the questions after it are about."),
        "deep-sections": lazy("More than %(limit)s sections stood inside each other; the rest was left out."),
        "divided": lazy("It asked %(count)s things; each became a question of its own."),
        "dollars": lazy("What stands between dollar signs is shown as a formula here."),
        "empty": lazy("Answers without words were left out."),
        "edited": lazy("The question was changed in another program; its words count (%(parts)s)."),
        "emphasis": lazy("Bold, italic and underlined words became plain ones."),
        "encoding": lazy("The file is not in UTF-8; it was read as %(encoding)s."),
        "feedback-answers": lazy("Feedback to single answers was left out."),
        "feedback-any": lazy("Feedback for any other answer has no place here."),
        "feedback-blank": lazy("Feedback for single blanks of this kind has no place here."),
        "feedback-body": lazy("Feedback inside the text was left out."),
        "feedback-right": lazy("Feedback for right answers became a part of the explanation."),
        "formula": lazy("A part of a formula could not be read; its words stand there."),
        "grade": lazy("Points are given where a question is assigned."),
        "graderinfo": lazy("What markers are told became a part of the explanation."),
        "hotspot": lazy("Places that were marked in the picture are found by the pupil here."),
        "hottext": lazy("Words to choose inside the text became choices below it."),
        "identifier": lazy("It gets a new identifier, as others may use the same one."),
        "keys-alone": lazy("Keys of questions that are no longer in the paper were left out: %(count)s."),
        "many-choices": lazy("There are more than %(limit)s; the rest was left out."),
        "many-pictures": lazy("There are more than %(limit)s pictures; “%(name)s” was left out."),
        "markdown": lazy("The signs of Markdown stand in the text as they are."),
        "marker": lazy("The marker that is dragged became a tap on the place."),
        "media": lazy("Sound, film and programs (%(element)s) were left out."),
        "mixed-encodings": lazy(
            "Some lines of the file are in UTF-8, others in GB 18030; each was read in its own."
        ),
        "modal-feedback": lazy("Feedback after the answer became a part of the explanation."),
        "name": lazy("Questions have no names here."),
        "not-in-paper": lazy("The text that it was about is no longer in the paper."),
        "one-number": lazy("One number with its tolerance is right here; the others were left out."),
        "own-damaged": lazy(
            "What this platform had written beside the question is damaged; the question itself counts."
        ),
        "partial": lazy(
            "Answers that earn a part of the marks, or differently, count as right or wrong here."
        ),
        "passage": lazy("The text in line %(line)s says nothing that could be kept."),
        "pattern": lazy("Parts of an answer counted there; here the whole answer must match."),
        "picture": lazy("The picture “%(name)s” is not in the file; its description stands there."),
        "pictures": lazy("The question was taken without its pictures or sounds."),
        "redrawn": lazy("The picture “%(name)s” was drawn anew as PNG."),
        "rubric": lazy("Guidelines for marking became a part of the explanation."),
        "script": lazy("Raised and lowered letters became formulas."),
        "section": lazy("The section “%(name)s” has no text of its own; its questions stand in its place."),
        "section-missing": lazy("The section “%(name)s” is not in the package."),
        "section-rubric": lazy("What the section “%(name)s” tells those who mark was left out."),
        "section-text": lazy(
            "What the section “%(name)s” says became the text that its questions are about."
        ),
        "setting": lazy("This setting has no place here."),
        "several-right": lazy(
            "Several answers were right, each by itself; here only %(letter)s is. Please look at it."
        ),
        "slider": lazy("The slider became a number to type."),
        "table": lazy("The table became lines of text."),
        "tags": lazy("Tags (%(names)s) are no knowledge points; please choose these."),
        "taken": lazy("Its identifier “%(identifier)s” is used twice in the file; it got a new one."),
        "test": lazy("The order of the test could not be read; questions stand as the package lists them."),
        "test-rules": lazy("Times, weights and branches of the test were left out."),
        "tolerance": lazy("Numbers inside a text have no tolerance here; they must be exact."),
        "units": lazy("One unit is taken here; the others were left out."),
        "unmatched": lazy("What had no partner on the right side was left out."),
        "upload": lazy("The file to hand in became a photo."),
        "wildcard": lazy(
            "The answer “%(text)s” had a star for anything; here the text without it must match."
        ),
    }
)
"""By the reason of a note."""


_INTERACTION = "interaction"
"""What QTI calls each way to answer ends with this."""


def part_name(note: Note) -> str:
    """What the part is called that a note is about, in the reader's language."""
    part = _INTERACTION if note.part.endswith(_INTERACTION) else note.part
    return str(PART_NAMES.get(part, note.part))


def sentence(note: Note) -> str:
    """What there is to say of a note, in the reader's language."""
    if not note.reason:
        return _("Taken as it was.")
    return str(REASONS[note.reason]) % in_words(note.values)


def in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a note names, with the fields of a question as people call them."""
    if "parts" not in values:
        return dict(values)
    names = [str(FIELD_NAMES.get(one, one)) for one in str(values["parts"]).split(", ")]
    return {**values, "parts": _(", ").join(names)}
