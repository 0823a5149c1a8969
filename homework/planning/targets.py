"""To whom work is given beyond whole classes and groups, and how much of layered work each must do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from homework.assignments.layers import Layer
from homework.assignments.models import AssignmentTarget, TargetPart
from homework.planning.typed import read_choice

TARGETS = ("class", "group", "pupil")


@dataclass(frozen=True, slots=True)
class Targets:
    """Single pupils, and what must be done of layered work, as fields of their own say it."""

    pupil_ids: tuple[int, ...]
    depths: Mapping[tuple[str, int], Layer]


def read_targets(form: MultiDict[str, str]) -> Targets:
    """The pupils that are ticked, and a field ``depth-<kind>-<id>`` for each that must do more."""
    depths = {}
    for name, value in form.items():
        kind, _dash, number = name.removeprefix("depth-").partition("-")
        if name.startswith("depth-") and kind in TARGETS and number.isdecimal():
            depths[kind, int(number)] = read_choice(value, Layer.REQUIRED)
    return Targets(tuple(form.getlist("pupil_ids", type=int)), depths)


def targets_given(targets: Iterable[AssignmentTarget], parts: Iterable[TargetPart]) -> Targets:
    """The same of an assignment that stands."""
    depths = {("class", one.class_id): one.depth for one in targets}
    known = list(parts)
    for one in known:
        kind, number = ("group", one.group_id) if one.group_id else ("pupil", one.student_id)
        depths[kind, number or 0] = one.depth
    return Targets(tuple(one.student_id for one in known if one.student_id), depths)
