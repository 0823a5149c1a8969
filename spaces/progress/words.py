"""The words for states and levels, and the rows of charts."""

from datetime import date

from flask_babel import LazyString, format_date

from core.i18n import is_chinese, lazy
from recommender.profiles.mastery import Level
from spaces.progress.work import HomeworkState, Readiness, Week

LEVELS: dict[Level, tuple[LazyString, str]] = {
    Level.NOT_STARTED: (lazy("Not started"), "neutral"),
    Level.LEARNING: (lazy("Learning"), "blue"),
    Level.MASTERED: (lazy("Mastered"), "green"),
    Level.REVIEW: (lazy("Needs review"), "amber"),
}
"""Each level's word and tone."""
STATES: dict[HomeworkState, tuple[LazyString, str]] = {
    HomeworkState.OPEN: (lazy("To do"), "amber"),
    HomeworkState.HANDED_IN: (lazy("Handed in"), "blue"),
    HomeworkState.RETURNED: (lazy("Returned"), "green"),
    HomeworkState.MISSED: (lazy("Not handed in"), "neutral"),
    HomeworkState.EXCUSED: (lazy("Excused"), "neutral"),
}
READINESS: dict[Readiness, tuple[LazyString, str]] = {
    Readiness.HANDED_IN: (lazy("Handed in"), "green"),
    Readiness.LESSON_SEEN: (lazy("Lesson watched"), "blue"),
    Readiness.BEGUN: (lazy("Begun"), "amber"),
    Readiness.NOT_YET: (lazy("Not yet"), "neutral"),
}


def weekday(day: date) -> str:
    """The day of the week, short: 周一, Mon."""
    name: str = format_date(day, "EEE")
    return name


def dated(day: date) -> str:
    """A day with its weekday: 9月7日 周一, Mon 7 Sep."""
    text: str = format_date(day, "M月d日 EEE" if is_chinese() else "EEE d MMM")
    return text


def week_chart(week: Week) -> tuple[list[str], list[float], list[int]]:
    """Labels, minutes and answers of a week, day by day."""
    return (
        [weekday(day.day) for day in week.days],
        [round(day.minutes, 1) for day in week.days],
        [day.answers for day in week.days],
    )
