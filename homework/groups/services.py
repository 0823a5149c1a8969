"""Make, change and dissolve groups."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.groups import queries
from homework.groups.errors import GroupChangedMeanwhile, NameNeeded, NobodyChosen, NotAClassOfYours
from homework.groups.models import GroupMember, PupilGroup


def make_group(
    hat: Hat, class_id: int, name: str, student_ids: Collection[int], *, now: datetime
) -> PupilGroup:
    """Keep some pupils of a class under a name.

    Raises:
        NotAClassOfYours: the teacher does not teach there.
        NameNeeded: it has no name.
        NobodyChosen: none of those chosen is in the class.
    """
    if db.session.scalar(queries.classes_of(hat).where(SchoolClass.id == class_id)) is None:
        raise NotAClassOfYours
    pupils = _in_class(class_id, student_ids)
    group = PupilGroup(class_id=class_id, teacher_id=hat.person_id, name=_name(name), made_at=now)
    db.session.add(group)
    db.session.flush()
    _fill(group, pupils)
    return group


def change_group(group: PupilGroup, name: str, student_ids: Collection[int], *, version: int) -> None:
    """Rename a group and say anew who is in it; what it was given, its pupils of now have.

    Raises:
        GroupChangedMeanwhile: it is not as the page showed it.
        NameNeeded: it has no name.
        NobodyChosen: none of those chosen is in the class.
    """
    if group.version != version:
        raise GroupChangedMeanwhile
    pupils = _in_class(group.class_id, student_ids)
    group.name = _name(name)
    group.version += 1
    db.session.execute(delete(GroupMember).where(GroupMember.group_id == group.id))
    _fill(group, pupils)


def dissolve(group: PupilGroup, *, now: datetime) -> None:
    """Offer the group no more. What was given to it stays given to its pupils."""
    if group.ended_at is None:
        group.ended_at = now


def keep_on(group: PupilGroup) -> None:
    """Undo ``dissolve``."""
    group.ended_at = None


def _name(text: str) -> str:
    name = text.strip()
    if not name:
        raise NameNeeded
    return name


def _in_class(class_id: int, student_ids: Collection[int]) -> list[int]:
    pupils = queries.pupils_of(class_id).with_only_columns(Person.id).where(Person.id.in_(student_ids))
    found = list(db.session.scalars(pupils))
    if not found:
        raise NobodyChosen
    return found


def _fill(group: PupilGroup, student_ids: Collection[int]) -> None:
    db.session.add_all(GroupMember(group_id=group.id, student_id=one) for one in student_ids)
    db.session.flush()
