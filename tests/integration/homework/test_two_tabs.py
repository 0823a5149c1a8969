"""Two tabs, autosave, hand-ins and the end of the time, in a thousand orders (reliability R3).

The last answer before a hand-in wins, and nothing that another tab saved since is lost. Each order is drawn
from a seed, so that one that fails can be looked at again.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.people.models import Hat
from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.submissions import errors
from homework.submissions.drafts import save_draft
from homework.submissions.models import Submission
from homework.submissions.queries import answers_of, draft_of
from homework.submissions.services import Work
from homework.workbook.services import hand_in
from library.items.models import ItemKind
from tests.conftest import MONDAY
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment

ORDERS = 1000
SECOND = timedelta(seconds=1)


@dataclass
class Tab:
    """What one page knows: its text, the draft it began with, and how many hand-ins it has heard of."""

    assignment: Assignment
    question: int
    student: Hat
    dice: random.Random
    text: str = ""
    version: int = 0
    known: int = 0
    saved_knowing: dict[datetime, int] = field(default_factory=dict)
    """When it saved a draft, and of how many hand-ins it knew then."""

    def type(self, now: datetime) -> None:
        del now
        self.text = str(self.dice.randrange(1, 10_000))

    def save(self, now: datetime) -> None:
        content = {str(self.question): {"value": self.text}}
        try:
            saved = save_draft(
                self.assignment, self.student, content, version=self.version, known=self.known, now=now
            )
        except errors.DraftIsNewer as refusal:
            self.version = refusal.details["version"]
            if self.dice.random() < 0.5:
                self.text = refusal.details["content"][str(self.question)]["value"]
        except (errors.HandedInElsewhere, errors.HandedInMeanwhile) as refusal:
            self.known = refusal.details["number"]
        else:
            self.version = saved.version
            self.saved_knowing[saved.saved_at] = self.known

    def submit(self, now: datetime) -> "HandedIn | None":
        work = Work(
            client_key=UUID(int=self.dice.getrandbits(128), version=4),
            responses={self.question: {"value": self.text}},
            known=self.known,
            draft_version=self.version,
        )
        try:
            submission, _is_new = hand_in(self.assignment, self.student, work, now=now)
        except (errors.HandedInElsewhere, errors.HandedInMeanwhile) as refusal:
            self.known = refusal.details["number"]
            return None
        except errors.NothingAnswered:
            return None
        handed_in = HandedIn(submission.id, self.text, self.version)
        self.known, self.version = submission.number, 0
        return handed_in


@dataclass(frozen=True)
class HandedIn:
    """A hand-in that was acknowledged, and what stood in the tab that sent it."""

    submission_id: int
    text: str
    draft_version: int
    """The last draft that the tab knew."""


@dataclass
class Run:
    """One order of what two tabs do until the time is over, and after."""

    assignment: Assignment
    question: int
    student: Hat
    seed: int
    handed_in: list[HandedIn] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)

    def go(self) -> None:
        dice = random.Random(self.seed)  # noqa: S311 -- a repeatable order, no secret
        tabs = self.tabs = [Tab(self.assignment, self.question, self.student, dice) for _two in range(2)]
        deeds = [
            (tab, deed) for tab in tabs for deed in ("type", *dice.choices(("type", "save", "submit"), k=3))
        ]
        dice.shuffle(deeds)
        over = dice.choice([len(deeds), dice.randrange(len(deeds))])
        now = MONDAY
        for place, (tab, deed) in enumerate(deeds):
            now += SECOND
            if place == over:
                now = self.assignment.cut_off_at + timedelta(minutes=2)
            try:
                done = getattr(tab, deed)(now)
            except errors.Closed:
                assert place >= over
                continue
            assert deed == "type" or place < over
            if done is not None:
                self.handed_in.append(done)

    def check(self, session: Session) -> None:
        made = list(session.scalars(select(Submission).order_by(Submission.number)))
        assert [one.id for one in made] == [one.submission_id for one in self.handed_in]
        assert [one.number for one in made] == list(range(1, len(made) + 1))
        assert [one.is_counted for one in made] == [False] * (len(made) - 1) + [True] * bool(made)
        if not made:
            return
        (answer,) = session.scalars(answers_of([made[-1].id]))
        assert answer.attempt.response == {"value": self.handed_in[-1].text}
        draft = session.scalar(draft_of(self.assignment.id, self.student.person_id))
        if draft is None:
            return
        if draft.saved_at < made[-1].received_at:
            # The hand-in did not know this text, so that it stays.
            assert draft.version > self.handed_in[-1].draft_version
        else:
            assert len(made) in {tab.saved_knowing.get(draft.saved_at) for tab in self.tabs}


@pytest.fixture
def work(app: Flask) -> Iterator[tuple[Assignment, int, Hat]]:
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        assignment = make_assignment(teacher, school_class, kinds=(ItemKind.NUMERIC,))
        (question,) = db.session.scalars(questions_of(assignment.id))
        yield assignment, question.id, student


def test_the_last_answer_before_a_hand_in_wins_in_a_thousand_orders(
    work: tuple[Assignment, int, Hat],
) -> None:
    # The rules are the same everywhere; a server takes twice as long for each order.
    orders = ORDERS if db.engine.dialect.name == "sqlite" else ORDERS // 5
    handed_in = 0
    for seed in range(orders):
        with db.session.begin_nested() as kept:
            run = Run(*work, seed=seed)
            run.go()
            run.check(db.session())
            handed_in += len(run.handed_in)
            kept.rollback()
    assert handed_in > orders / 2, "the orders hardly hand anything in"


def test_an_autosave_that_comes_after_the_hand_in_of_another_tab_brings_no_draft_back(
    work: tuple[Assignment, int, Hat],
) -> None:
    assignment, question, student = work
    content = {str(question): {"value": "3"}}
    saved = save_draft(assignment, student, content, version=0, known=0, now=MONDAY)
    newest = Work(
        client_key=uuid4(), responses={question: {"value": "4"}}, known=0, draft_version=saved.version
    )
    hand_in(assignment, student, newest, now=MONDAY + SECOND)
    with pytest.raises(errors.HandedInElsewhere):
        save_draft(assignment, student, content, version=saved.version, known=0, now=MONDAY + 2 * SECOND)
    assert db.session.scalar(draft_of(assignment.id, student.person_id)) is None


def test_a_text_that_another_device_saved_later_outlives_the_hand_in(
    work: tuple[Assignment, int, Hat],
) -> None:
    assignment, question, student = work
    first = save_draft(assignment, student, {str(question): {"value": "3"}}, version=0, now=MONDAY)
    version = first.version
    save_draft(assignment, student, {str(question): {"value": "35"}}, version=version, now=MONDAY + SECOND)
    older = Work(client_key=uuid4(), responses={question: {"value": "3"}}, known=0, draft_version=version)
    hand_in(assignment, student, older, now=MONDAY + 2 * SECOND)
    draft = db.session.scalar(draft_of(assignment.id, student.person_id))
    assert draft is not None
    assert draft.content == {str(question): {"value": "35"}}
