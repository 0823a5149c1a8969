"""One way through an exercise: which question is next, and how it went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from learning.attempts.models import Attempt
from library.items.variants import Posed


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the exercise, and the answers that were given to it."""

    number: int
    question: Posed
    attempts: tuple[Attempt, ...]

    @property
    def latest(self) -> Attempt | None:
        """The answer that stands."""
        return self.attempts[-1] if self.attempts else None

    @property
    def is_solved(self) -> bool:
        """Whether one of the answers is right."""
        return any(attempt.is_correct for attempt in self.attempts)

    @property
    def is_solved_at_once(self) -> bool:
        """Whether the first answer is right, without a hint."""
        return bool(self.attempts) and bool(self.attempts[0].is_correct) and not self.attempts[0].hints_used


@dataclass(frozen=True, slots=True)
class Round:
    """The exercise's questions in order, with the answers of this round."""

    steps: tuple[Step, ...]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(step.attempts) for step in self.steps)

    @property
    def solved(self) -> int:
        """How many questions are solved."""
        return sum(step.is_solved for step in self.steps)

    @property
    def solved_at_once(self) -> int:
        """How many questions were solved by the first answer, without a hint."""
        return sum(step.is_solved_at_once for step in self.steps)

    @property
    def is_over(self) -> bool:
        """Whether each question has an answer."""
        return self.answered == len(self.steps)

    def step(self, number: int) -> Step | None:
        """The question of this number, from 1 on."""
        return self.steps[number - 1] if 0 < number <= len(self.steps) else None

    def next_open(self) -> int:
        """The number of the first question without an answer; of the first one, when all have one."""
        return next((step.number for step in self.steps if not step.attempts), 1)


def make_round(questions: Sequence[Posed], attempts: Iterable[Attempt]) -> Round:
    """Put *attempts*, in order, to the questions that they answer."""
    given: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        given.setdefault(attempt.item_id, []).append(attempt)
    return Round(
        tuple(
            Step(number, question, tuple(given.get(question.item_id, ())))
            for number, question in enumerate(questions, start=1)
        )
    )
