"""Change the words of work that pupils see, and give all of them more time."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.people.models import Hat
from core.audit.services import record as record_in_audit_log
from core.clock import SCHOOL_ZONE
from core.database import db
from homework.amendments.errors import (
    AnswersAreOut,
    EarlierThanTold,
    LateWorkInThePast,
    NotOpenYet,
    TitleNeeded,
)
from homework.assignments import queries as assignments
from homework.assignments.checks import check_nearness
from homework.assignments.errors import (
    ChangedMeanwhile,
    DueInThePast,
    NothingAssigned,
    TimesOutOfOrder,
    WithdrawnWork,
)
from homework.assignments.models import Assignment
from homework.assignments.release import AnswersShown, are_answers_shown
from homework.assignments.schedule import Times, is_too_far_ahead
from homework.assignments.services import hold, move
from homework.notices.models import NewsKind
from homework.notices.services import no_longer_say, tell_all_of_work
from homework.submissions.punctuality import judge_lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What the work is to say from now on."""

    title: str
    instructions: str
    due_at: datetime
    cut_off_at: datetime
    reason: str = ""
    """Why the day on which it is due then has more minutes than are allowed, where it has."""

    @property
    def times(self) -> Times:
        """When it is due, and how long late work is taken."""
        return Times(self.due_at, self.cut_off_at)


def amend(assignment: Assignment, hat: Hat, amendment: Amendment, *, version: int, now: datetime) -> None:
    """Let work that pupils see say *amendment*, and tell them; its questions and its pupils stay.

    What came late, and is in time by the new due time, is late no more. Who has more time already by an
    exception is not told another one. *version* is the one that the teacher saw.

    Raises:
        WithdrawnWork: it is withdrawn.
        NotOpenYet: pupils do not see it, and all of it can be changed.
        ChangedMeanwhile: it is another version by now.
        TitleNeeded: it would have no title.
        NothingAssigned: nothing would say what is to be done.
        EarlierThanTold: a time would be before the one that pupils know, which was no slip in the year.
        DueInThePast, LateWorkInThePast: a new time is over.
        DueTooFarAhead, CutOffTooFarAhead: one is more than two years away.
        TimesOutOfOrder: it would be taken no more before it is due.
        AnswersAreOut: it would be due again after pupils have seen the answers.
        OverTheCap: its new day would exceed what is allowed, and no reason is given.
    """
    hold(assignment)
    if assignment.withdrawn_at is not None:
        raise WithdrawnWork
    if assignment.opens_at > now:
        raise NotOpenYet
    if assignment.version != version:
        raise ChangedMeanwhile
    _check_words(assignment, amendment)
    _check_times(assignment, amendment, now)
    is_reworded = amendment.instructions.strip() != assignment.instructions
    before, title = Times(assignment.due_at, assignment.cut_off_at), amendment.title.strip()
    news = _news(before, amendment.times, is_reworded=is_reworded)
    if not news and title == assignment.title:
        return
    own_before = _times_of_pupils(assignment)
    assignment.title, assignment.instructions = title, amendment.instructions.strip()
    if amendment.times != before:
        move(assignment, hat, amendment.times, reason=amendment.reason, now=now)
    db.session.flush()
    judge_lateness(assignment)
    record_in_audit_log(
        "amend_assignment",
        "assignment",
        assignment.id,
        actor_id=hat.person_id,
        role=hat.role,
        now=now,
        details=news,
    )
    no_longer_say(assignment.id, NewsKind.AMENDED, news)
    _tell(assignment, own_before, is_reworded=is_reworded, now=now)


def _check_words(assignment: Assignment, amendment: Amendment) -> None:
    if not amendment.title.strip():
        raise TitleNeeded
    asks = assignment.lesson_id is not None or db.session.scalar(
        assignments.questions_of(assignment.id).limit(1)
    )
    if not asks and not amendment.instructions.strip():
        raise NothingAssigned


def _check_times(assignment: Assignment, amendment: Amendment, now: datetime) -> None:
    told = assignment.due_at, assignment.cut_off_at
    wanted = amendment.due_at, amendment.cut_off_at
    # A slip in the year, which was not refused once, may stay, and may be put right.
    if any(one < known and not is_too_far_ahead(known, now) for one, known in zip(wanted, told, strict=True)):
        raise EarlierThanTold
    new_due, new_cut_off = (now if one in told else one for one in wanted)
    check_nearness(new_due, new_cut_off, now)
    if amendment.cut_off_at < amendment.due_at:
        raise TimesOutOfOrder
    if amendment.cut_off_at not in (assignment.cut_off_at, amendment.due_at) and amendment.cut_off_at <= now:
        raise LateWorkInThePast
    if amendment.due_at == assignment.due_at:
        return
    if amendment.due_at <= now:
        raise DueInThePast
    are_out = are_answers_shown(
        assignment.answers_shown, due_at=assignment.due_at, shown_at=assignment.answers_shown_at, now=now
    )
    # Where they are shown at once, nobody hands in after that.
    if are_out and assignment.answers_shown is not AnswersShown.AT_ONCE:
        raise AnswersAreOut


def _times_of_pupils(assignment: Assignment) -> dict[int, Times]:
    """When the work is due, and taken, for each pupil who has it, by the times and exceptions of now."""
    pupils = db.session.scalars(assignments.pupils_given(assignment.id)).all()
    exceptions = {
        one.student_id: one for one in db.session.scalars(assignments.exceptions_for([assignment.id], pupils))
    }
    return {one: assignments.times_of(assignment, exceptions.get(one)) for one in pupils}


def _tell(assignment: Assignment, before: Mapping[int, Times], *, is_reworded: bool, now: datetime) -> None:
    """Tell each pupil what is other for her."""
    after_of = _times_of_pupils(assignment)
    alike: dict[tuple[Times, Times], list[int]] = defaultdict(list)
    for student_id in sorted(before.keys() & after_of.keys()):
        alike[before[student_id], after_of[student_id]].append(student_id)
    about = f"amended:{assignment.version}"
    for (was, after), pupils in alike.items():
        if news := _news(was, after, is_reworded=is_reworded):
            tell_all_of_work(pupils, assignment.id, NewsKind.AMENDED, about, details=news, now=now)


def _news(before: Times, after: Times, *, is_reworded: bool) -> dict[str, object]:
    """What pupils have to know: another title alone is none of that."""
    news: dict[str, object] = {"instructions": True} if is_reworded else {}
    for name in ("due_at", "cut_off_at"):
        moment: datetime = getattr(after, name)
        if moment != getattr(before, name):
            news[name] = f"{moment.astimezone(SCHOOL_ZONE):%Y-%m-%d %H:%M}"
    return news
