"""The limits of law on homework.

Source: 《关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》(2021) §4: no written homework in
grades 1 and 2; on average at most 60 minutes a day in grades 3 to 6 and 90 in grades 7 to 9, over
all subjects.
"""

from dataclasses import dataclass

FIRST_WRITTEN_GRADE = 3
PRIMARY_CAP_MINUTES = 60
LOWER_SECONDARY_CAP_MINUTES = 90
LAST_PRIMARY_GRADE = 6
LAST_LOWER_SECONDARY_GRADE = 9


def may_be_written(grade: int) -> bool:
    """Whether homework to write may be given in *grade*."""
    return grade >= FIRST_WRITTEN_GRADE


def cap_minutes(grade: int) -> int | None:
    """The most minutes of homework a day in *grade*; None where the law names no figure."""
    if not may_be_written(grade) or grade > LAST_LOWER_SECONDARY_GRADE:
        return None
    return PRIMARY_CAP_MINUTES if grade <= LAST_PRIMARY_GRADE else LOWER_SECONDARY_CAP_MINUTES


@dataclass(frozen=True, slots=True)
class DayLoad:
    """The minutes of homework due for one class on one school day."""

    class_id: int
    class_name: str
    grade: int
    planned: dict[int, float]
    """Minutes by the id of the subject, as assigned so far."""
    added: float = 0.0
    """Minutes of the work that is being planned."""

    @property
    def minutes(self) -> float:
        """All subjects, with what is being planned."""
        return sum(self.planned.values()) + self.added

    @property
    def cap(self) -> int | None:
        """The most the law allows."""
        return cap_minutes(self.grade)

    @property
    def is_over(self) -> bool:
        """Whether the day asks for more than the law allows."""
        return self.cap is not None and self.minutes > self.cap
