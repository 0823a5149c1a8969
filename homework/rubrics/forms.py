"""A rubric as a page's form sends it: criteria with their levels, row by row."""

from dataclasses import dataclass, field
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from homework.rubrics.errors import UnreadableLevel
from homework.rubrics.rubric import MOST_CRITERIA, MOST_LEVELS, Criteria, Criterion, Level, Rounding
from library.items.numbers import read_number

LONGEST_TITLE, LONGEST_WORDS = 100, 300
FIRST_LEVELS = 3


@dataclass(slots=True)
class LevelRow:
    """A level as it was typed."""

    id: str
    points: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.points.strip() or self.words.strip())


@dataclass(slots=True)
class CriterionRow:
    """A criterion as it was typed."""

    id: str
    title: str = ""
    levels: list[LevelRow] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.title.strip() and all(one.is_empty for one in self.levels)


@dataclass(slots=True)
class RubricForm:
    """What stands in the fields."""

    criteria: list[CriterionRow]
    rounding: Rounding = Rounding.NONE

    def add_criterion(self) -> None:
        """Offer one more."""
        if len(self.criteria) < MOST_CRITERIA:
            self.criteria.append(_empty_criterion())

    def add_level(self, criterion_id: str) -> None:
        """Offer one more level."""
        for one in self.criteria:
            if one.id == criterion_id and len(one.levels) < MOST_LEVELS:
                one.levels.append(LevelRow(_new_id()))

    def remove(self, thing_id: str) -> None:
        """Take a criterion or a level out."""
        self.criteria = [one for one in self.criteria if one.id != thing_id]
        for one in self.criteria:
            one.levels = [level for level in one.levels if level.id != thing_id]


def empty_form() -> RubricForm:
    """One criterion to begin with."""
    return RubricForm([_empty_criterion()])


def form_of(criteria: Criteria, *, is_copy: bool = False) -> RubricForm:
    """*criteria* as fields; a copy gets ids of its own."""
    return RubricForm(
        [
            CriterionRow(
                _new_id() if is_copy else one.id,
                one.title,
                [
                    LevelRow(_new_id() if is_copy else level.id, f"{level.points:g}", level.words)
                    for level in one.levels
                ],
            )
            for one in criteria.all
        ],
        criteria.rounding,
    )


def read_form(form: MultiDict[str, str]) -> RubricForm:
    """What was typed, right or wrong: ``criterion`` repeated, and for each id its title and levels."""
    rounding = form.get("rounding", "")
    return RubricForm(
        [
            CriterionRow(
                one[:36],
                form.get(f"title-{one}", "")[:LONGEST_TITLE],
                [
                    LevelRow(
                        level[:36],
                        form.get(f"points-{level}", "")[:20],
                        form.get(f"words-{level}", "")[:LONGEST_WORDS],
                    )
                    for level in form.getlist(f"level-{one}")[: MOST_LEVELS + 1]
                ],
            )
            for one in form.getlist("criterion")[: MOST_CRITERIA + 1]
        ],
        Rounding(rounding) if rounding in set(Rounding) else Rounding.NONE,
    )


def read_criteria(typed: RubricForm) -> Criteria:
    """The rubric that was typed; empty rows are none, and the best level stands first.

    Raises:
        UnreadableLevel: the points of a level are no number, or less than none.
    """
    found = []
    for number, one in enumerate((row for row in typed.criteria if not row.is_empty), start=1):
        levels = [
            Level(level.id, _points(level.points, number), level.words.strip())
            for level in one.levels
            if not level.is_empty
        ]
        levels.sort(key=lambda level: -level.points)
        found.append(Criterion(one.id, one.title.strip(), tuple(levels)))
    return Criteria(tuple(found), typed.rounding)


def _points(text: str, number: int) -> float:
    value = read_number(text)
    if value is None or value < 0:
        raise UnreadableLevel(number=number)
    return round(float(value), 2)


def _empty_criterion() -> CriterionRow:
    return CriterionRow(_new_id(), "", [LevelRow(_new_id()) for _number in range(FIRST_LEVELS)])


def _new_id() -> str:
    return uuid4().hex[:8]
