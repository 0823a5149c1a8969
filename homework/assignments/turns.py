"""Who writes about a piece of work takes turns, in one order: the work, the pupils, then the questions.

Each of these waits, and lasts until the transaction ends
(docs/decisions/0037-who-takes-turns-over-an-answer.md).
"""

from collections.abc import Collection

from sqlalchemy import select

from accounts.people.models import Person
from core.database import hold_rows
from homework.assignments.models import Assignment, AssignmentItem


def take_turn_at(assignment_id: int) -> None:
    """Wait for the work: its groups change, and hand in, one after the other.

    Taken before anybody's ``take_turn_of``, so that two who hand in for one group never wait for each other.
    """
    hold_rows(select(Assignment.id).where(Assignment.id == assignment_id).with_for_update(key_share=True))


def take_turn_of(person_id: int) -> None:
    """Wait for the person: her own writes queue behind each other."""
    hold_rows(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def hold_to_answer(assignment_id: int) -> bool:
    """Let the keys of the work's questions stay as they are; whether somebody may have written before.

    Any number of pupils hold them at once. Taken before the questions are read: who puts a key right
    (``hold_to_decide``) waits for those who answer by it, and they for her.
    """
    questions = select(AssignmentItem.id).where(AssignmentItem.assignment_id == assignment_id)
    return hold_rows(questions.order_by(AssignmentItem.id).with_for_update(read=True, key_share=True))


def hold_to_change(assignment_id: int) -> None:
    """Let nobody hand in meanwhile.

    Taken, after ``take_turn_at``, by who changes the work's times or withdraws it: who comes after that reads
    it anew.
    """
    questions = select(AssignmentItem.id).where(AssignmentItem.assignment_id == assignment_id)
    hold_rows(questions.order_by(AssignmentItem.id).with_for_update())


def hold_to_decide(question_ids: Collection[int]) -> None:
    """Let nobody answer these questions, or decide about them."""
    questions = select(AssignmentItem.id).where(AssignmentItem.id.in_(question_ids))
    hold_rows(questions.order_by(AssignmentItem.id).with_for_update())
