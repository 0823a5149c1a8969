"""Why a rubric, or a choice of its levels, is not taken."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class NoCriteria(Invalid):
    """There is nothing to judge by."""

    message = lazy("Name at least one criterion.")


class CriterionWithoutLevels(Invalid):
    """A criterion needs two levels at least, and a name."""

    message = lazy("Criterion %(number)s needs a name and at least two levels with points and words.")


class UnreadableLevel(Invalid):
    """The points of a level are no number that fits."""

    message = lazy("In criterion %(number)s, give the points of each level as a number, such as 2 or 1.5.")


class PointsDiffer(Invalid):
    """The best levels together are not what the question is worth."""

    message = lazy(
        "The best levels give %(sum)s points together, and the question is worth %(most)s. Make them equal."
    )


class TooLarge(Invalid):
    """More criteria or levels than fit a page."""

    message = lazy("A rubric has at most %(criteria)s criteria with at most %(levels)s levels each.")


class UnknownLevel(Invalid):
    """A level that the rubric does not have, or not any more."""

    message = lazy("The rubric has changed since this page was opened. Load the page again.")


class RubricReasonMissing(Invalid):
    """Pupils whose marks change are told why."""

    message = lazy("Say why the rubric changes: pupils whose marks change read it.")


class RubricChangedMeanwhile(Conflict):
    """The rubric or the marks are others than those of the preview."""

    message = lazy("The rubric or its marks have changed in the meantime. Look at the preview once more.")


class RubricChangeNotLast(Conflict):
    """The rubric was changed again since."""

    message = lazy("The rubric was changed again since. Undo the later change first.")
