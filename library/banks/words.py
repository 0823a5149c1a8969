"""What is said about taking questions out."""

from collections.abc import Iterable
from itertools import pairwise

from core.i18n import _, lazy
from library.formats.table import FORMATS

OFFERED = tuple(name for name in ("word", "moodle", "gift", "qti") if FORMATS[name].write)
"""The formats in the order in which they are asked for."""
NAMES = {"word": lazy("Word paper"), "moodle": "Moodle XML", "gift": "GIFT", "qti": "QTI 3"}
PURPOSES = {
    "word": lazy(
        "To print, or to work on: questions with room for answers, key and solutions on pages of their own."
    ),
    "moodle": lazy(
        "For Moodle and what reads its files: choices, blanks, pairs, places in pictures, hints and feedback."
    ),
    "gift": lazy("A text file that one can read and edit; many programs know it."),
    "qti": lazy("A package of the international standard, for item banks and test players."),
}
SUFFIXES = {"word": ".docx", "moodle": ".xml", "gift": ".gift.txt", "qti": ".zip"}
UNSAID = {
    "parameters": lazy("Numbers are drawn for each pupil here; there everyone gets the same ones."),
    "kind": lazy("The format does not know this kind of question: there it is answered in writing."),
    "details": lazy("Details of what is asked for, or of what counts as right, are simpler there."),
    "hints": lazy("Hints are not shown there."),
    "misconceptions": lazy("Not everything that is said to typical errors is shown there."),
    "knowledge_points": lazy("Knowledge points are not shown there."),
    "about": lazy("Difficulty, minutes, source or licence are not shown there."),
    "spoken": lazy("On paper nobody can speak: the answer has to be given in class."),
    "latex": lazy("A formula that Word has no form for stands as it was typed, in LaTeX."),
}
AGAIN = lazy("Read here again, the file gives the same questions, to the last letter.")
AGAIN_ON_PAPER = lazy(
    "Read here again, the file gives the same questions, to the last letter; what was changed in Word "
    "counts. For that, the key carries what the paper does not say. Take the key out before a class gets the "
    "file."
)
MOST_NAMED = 12


def in_runs(numbers: Iterable[int]) -> str:
    """Numbers as one writes them: 1–3, 5, 8–9; a long list ends in dots."""
    found = sorted(set(numbers))
    starts = [found[0], *(later for sooner, later in pairwise(found) if later != sooner + 1)] if found else []
    runs = []
    for start in starts:
        end = start
        while end + 1 in found:
            end += 1
        runs.append(str(start) if end == start else f"{start}–{end}")
    return _(", ").join(runs[:MOST_NAMED]) + (" …" if len(runs) > MOST_NAMED else "")
