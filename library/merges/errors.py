"""Why two knowledge points are not made one, or not two again."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class SamePoint(Invalid):
    """Both codes stand for one point."""

    message = lazy("Choose two different knowledge points.")


class NoSuchPoint(Invalid):
    """No knowledge point has the code."""

    message = lazy("No knowledge point has the code “%(code)s”.")


class DifferentSubjects(Invalid):
    """Points of two subjects are never one."""

    message = lazy("“%(merged)s” and “%(kept)s” belong to different subjects.")


class MergedAlready(Conflict):
    """One of the two was merged into another point before."""

    message = lazy("“%(code)s” has been merged into another knowledge point already.")


class CircleByMerge(Invalid):
    """As one point, the two would need themselves first."""

    message = lazy("As one, these knowledge points would need each other in a circle: %(path)s.")


class UndoneAlready(Conflict):
    """The merge was undone before."""

    message = lazy("This merge has been undone already.")


class LaterMerge(Conflict):
    """A later merge built on this one."""

    message = lazy("“%(merged)s” was merged into “%(kept)s” later. Undo that first.")
