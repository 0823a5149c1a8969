"""The wish list."""

from sqlalchemy import Select, and_, func, literal, or_, select

from accounts.people.models import Person
from library.wanted.models import Wanted

SHORTEST_NAME, SHORTEST_NAME_EN = 2, 5


def most_wanted(*, dismissed: bool, after: tuple[int, int] | None = None) -> Select[Wanted]:
    """What was looked for most often first; *after* is the count and id of the last one seen."""
    statement = select(Wanted).where(
        Wanted.dismissed_at.is_not(None) if dismissed else Wanted.dismissed_at.is_(None)
    )
    if after is not None:
        count, last = after
        statement = statement.where(or_(Wanted.count < count, and_(Wanted.count == count, Wanted.id < last)))
    return statement.order_by(Wanted.count.desc(), Wanted.id.desc())


def people_named_in(text: str) -> Select[int]:
    """Ids of people whose name stands in *text*, which is in lower case."""
    given = literal(text)
    return select(Person.id).where(
        or_(
            and_(func.length(Person.name) >= SHORTEST_NAME, given.contains(Person.name)),
            and_(func.length(Person.name_en) >= SHORTEST_NAME_EN, given.contains(func.lower(Person.name_en))),
        )
    )
