"""Groups of one piece of work, their members, and what was handed in for all of them."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.classes.models import class_fk
from accounts.people.models import Person
from core.database import Model, pk, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use

LONGEST_NOTE = 500


class Team(Model):
    """Pupils of one class who hand one piece of work in together. It has a number and no name."""

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("assignment_id", "class_id", "number"),
        # What a member names: her group, in the work that it belongs to.
        UniqueConstraint("id", "assignment_id"),
    )
    __privacy__ = Impersonal("groups a class for one piece of work; who is in it stands with the members")

    id: Mapped[pk]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    class_id: Mapped[class_fk]
    number: Mapped[int]


class TeamMember(Model):
    """That a pupil belongs to a group: to one at most in each piece of work."""

    __tablename__ = "team_member"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "assignment_id"], ["team.id", "team.assignment_id"]),
        Index(None, "team_id"),
    )
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(Use(("assignment_id", "team_id"), "let pupils work together", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    assignment_id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    team_id: Mapped[int]


class TeamHandIn(Model):
    """One hand-in of a group: who handed in, and who did what. Each member has a submission that names it."""

    __tablename__ = "team_hand_in"
    __privacy__ = Personal(
        subjects=("handed_in_by_id",),
        uses=(Use(("team_id", "note", "handed_in_at"), "show who did what in a group", Retention.SCHOOLING),),
        erasure=Erasure.ANONYMISE,
    )

    id: Mapped[pk]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    """Who did what, in the words of who handed in."""
    handed_in_at: Mapped[utc]

    team: Mapped[Team] = relationship(lazy="raise")
    handed_in_by: Mapped[Person | None] = relationship(lazy="raise")
