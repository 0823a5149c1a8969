"""Make a wrong answer that many gave a typical error of the question."""

from datetime import datetime

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.regrades.queries import owns, questions_asking
from homework.regrades.wordings import next_wording
from homework.reports.errors import FeedbackMissing, KnownAlready, NotAWrongAnswer, VariesByPupil
from homework.reports.figures import WrongAnswer, typical_response
from library.items.marking import misconception_of
from library.items.models import Item, ItemVersion


def add_typical_error(
    question: AssignmentItem, hat: Hat, wrong: WrongAnswer | None, feedback: str, *, now: datetime
) -> ItemVersion:
    """Give the question a next wording that knows the error and says *feedback* to who makes it.

    The work that the teacher gave asks it from now on, so its pupils read the feedback too; in the library it
    takes the place of the present one if the teacher wrote the item.

    Raises:
        FeedbackMissing: pupils would read nothing.
        NotAWrongAnswer: nobody gave the answer.
        VariesByPupil: no two pupils need have the same numbers.
        KnownAlready: it is known.
    """
    version = question.item_version
    if wrong is None:
        raise NotAWrongAnswer
    if not feedback.strip():
        raise FeedbackMissing
    if version.parameters:
        raise VariesByPupil
    if misconception_of(version, wrong.response):
        raise KnownAlready
    response = typical_response(version, wrong.response)
    item = db.session.get_one(Item, version.item_id)
    is_current = item.current_version_id == version.id
    asking = list(db.session.scalars(questions_asking([version.id], hat)))
    made = next_wording(
        version,
        by_id=hat.person_id,
        now=now,
        misconceptions=[*version.misconceptions, {"response": response, "feedback": feedback.strip()}],
    )
    for one in asking:
        one.item_version_id = made.id
    if is_current and owns(hat, item):
        item.current_version_id = made.id
    db.session.flush()
    record(
        "add_typical_error",
        "item",
        item.id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={"version": made.id, "response": response},
    )
    return made
