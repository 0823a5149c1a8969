"""Count how resources are used: from all records anew, so that what was erased is counted no more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.database import db
from learning.usage import queries
from library.outcomes.counts import Use

NO_GRADE = 0
STREAM = 10_000
Key = tuple[int, int]
"""A resource and a grade."""


@dataclass(slots=True)
class _Tally:
    """What was met so far, by resource and grade; people and classes as sets, to count each once."""

    homes: dict[int, Key] = field(default_factory=dict)
    """Class and grade, by person."""
    uses: dict[Key, Use] = field(default_factory=lambda: defaultdict(Use))
    people: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    started: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    finished: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    classes: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))

    def meet(self, resource_id: int, person_id: int) -> Key:
        """Count the person in her grade."""
        class_id, grade = self.homes.get(person_id, (0, NO_GRADE))
        key = (resource_id, grade)
        self.people[key].add(person_id)
        if class_id:
            self.classes[key].add(class_id)
        return key

    def result(self) -> dict[Key, Use]:
        """The counts, without the people."""
        for name in ("people", "started", "finished", "classes"):
            for key, members in getattr(self, name).items():
                setattr(self.uses[key], name, len(members))
        return dict(self.uses)


def count_use() -> dict[Key, Use]:
    """How each resource is used in each grade, 0 for people without one."""
    tally = _Tally()
    for person_id, class_id, grade in _rows(queries.homeroom_of_pupils()):
        tally.homes.setdefault(person_id, (class_id, grade))
    for resource_id, person_id, times in _rows(queries.openings()):
        tally.uses[tally.meet(resource_id, person_id)].opened += times
    for resource_id, person_id, is_finished in _rows(queries.watchings()):
        key = tally.meet(resource_id, person_id)
        tally.started[key].add(person_id)
        if is_finished:
            tally.finished[key].add(person_id)
    questions = dict(iter(_rows(queries.questions_asked())))
    for resource_id, person_id, answered, right in _rows(queries.first_answers()):
        key = tally.meet(resource_id, person_id)
        tally.uses[key].answers += answered
        tally.uses[key].right_answers += right
        if number := questions.get(resource_id):
            tally.started[key].add(person_id)
            if answered >= number:
                tally.finished[key].add(person_id)
    for resource_id, class_id, grade in _rows(queries.teachings()):
        tally.classes[resource_id, grade].add(class_id)
    return tally.result()


def _rows(statement: queries.Rows) -> Iterable[Any]:
    return db.session.execute(statement.execution_options(yield_per=STREAM))
