"""What a teacher plans to assign."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from homework.assignments.layers import Layer
from homework.assignments.release import AnswersShown, Counting, HandIns
from homework.assignments.teaming import Teaming

PHOTO_MINUTES = 5.0
"""How long writing a page and photographing it is taken to last, unless the teacher says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryQuestion:
    """A question chosen from the library, in the wording that the teacher saw."""

    item_version_id: int
    points: float = 1.0
    layer: Layer = Layer.REQUIRED
    is_written: bool = True
    """Whether the answer is written: it is, unless it is spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoQuestion:
    """A question of the teacher's own, which is answered on paper and photographed."""

    prompt: str
    points: float = 1.0
    minutes: float = PHOTO_MINUTES
    layer: Layer = Layer.REQUIRED
    is_written: ClassVar[bool] = True


Question = LibraryQuestion | PhotoQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How often pupils may hand in and with whom, which hand-in counts, and when they see the answers."""

    hand_ins: HandIns = HandIns.UNTIL_DUE
    most_hand_ins: int | None = None
    counting: Counting = Counting.LAST
    answers_shown: AnswersShown = AnswersShown.AFTER_DUE
    teaming: Teaming = Teaming.ALONE
    team_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a teacher wants to assign, to whom and until when."""

    client_key: UUID
    title: str
    subject_id: int
    class_ids: tuple[int, ...]
    """Classes of which every pupil gets it."""
    questions: tuple[Question, ...]
    opens_at: datetime
    due_at: datetime
    cut_off_at: datetime
    group_ids: tuple[int, ...] = ()
    pupil_ids: tuple[int, ...] = ()
    """Groups and single pupils who get it too, or must do more of it than their class."""
    depths: Mapping[tuple[str, int], Layer] = field(default_factory=dict)
    """What must be done of layered work, by ("class" | "group" | "pupil", id); 必做 where nothing is said."""
    instructions: str = ""
    lesson_id: int | None = None
    own_minutes: float = 0.0
    """For what is neither question nor lesson: a page of the workbook, a text to read aloud."""
    is_unwritten: bool = False
    """Whether nothing is to be written: reading aloud, watching, sport, an experiment."""
    rules: Rules = field(default_factory=Rules)
    reason: str = ""
    """Why the day's cap is exceeded, where it is."""

    @property
    def is_written(self) -> bool:
        """Whether pupils write: questions are written, unless all are spoken, whatever else is said."""
        if self.questions:
            return any(one.is_written for one in self.questions)
        return not (self.is_unwritten or self._is_only_a_lesson)

    @property
    def _is_only_a_lesson(self) -> bool:
        return self.lesson_id is not None and not self.own_minutes
