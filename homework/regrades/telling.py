"""Who is told of a regrade, and what the log keeps of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.people.models import Hat, Person
from core.audit.services import record
from core.database import db
from homework.notices.services import MarkNews, take_back, tell_marked_anew
from homework.regrades.concerned import concerned, concerned_by_drop, teachers_of
from homework.regrades.errors import MarkedSince
from homework.regrades.models import Regrade
from homework.regrades.previews import visible_people
from homework.regrades.rulings import Policy


def tell(regrade: Regrade, *, is_undone: bool, now: datetime) -> None:
    """Tell the pupils who know their marks already, and with them their guardians, and the teachers."""
    rows = concerned_by_drop(regrade.id) if regrade.policy is Policy.DROP else concerned(regrade.id)
    about = f"regrade:{regrade.id}"
    if is_undone:
        take_back(about, now=now)
        about = f"{about}:undone"
    news = [
        MarkNews(student_id, assignment_id, position, *((after, before) if is_undone else (before, after)))
        for student_id, assignment_id, position, before, after in db.session.execute(rows)
    ]
    tell_marked_anew(
        news,
        db.session.execute(teachers_of(regrade.id)).all(),
        by_id=regrade.undone_by_id if is_undone and regrade.undone_by_id else regrade.made_by_id,
        about=about,
        reason=regrade.reason,
        is_undone=is_undone,
        now=now,
    )


def marked_since(rows: Sequence[Any], hat: Hat) -> MarkedSince:
    """The refusal that names those who were marked by hand since, as far as *hat* may know them."""
    people = visible_people(hat, {row[2] for row in rows})
    seen: list[Person] = [
        people[assignment_id, student_id]
        for _answer_id, student_id, assignment_id in rows
        if (assignment_id, student_id) in people
    ]
    names = "、".join(dict.fromkeys(one.name for one in seen)) or "–"
    return MarkedSince(number=len(rows), names=names, answers=[row[0] for row in rows])


def log(verb: str, regrade: Regrade, hat: Hat, now: datetime) -> None:
    """Keep in the log what was done."""
    record(
        verb,
        "item",
        regrade.item_id,
        actor_id=hat.person_id,
        role=hat.role.value,
        now=now,
        details={
            "regrade": regrade.id,
            "policy": regrade.policy.value,
            "versions": list(regrade.version_ids),
            "new_version": regrade.new_version_id,
            "everywhere": regrade.is_everywhere,
            "reason": regrade.reason,
        },
    )
