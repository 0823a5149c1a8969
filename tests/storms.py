"""A storm: a grade hands in over bad lines while processes of the platform are killed (promise F1)."""

import hashlib
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle

from sqlalchemy import func, select, text, update

from core import clock
from core.database import db, transaction
from core.jobs.models import Job, JobState
from homework.marking.models import Mark
from homework.submissions.models import Answer, Page, Submission
from tests.devices import BadLine
from tests.hand_ins import HandIn, School, devices_of
from tests.served import PATIENCE_SECONDS, Served, until
from tests.stored import Sent, lost_and_doubled, unfinished_jobs

RETRY_SECONDS = 0.2
DRAIN_SECONDS = 600.0
"""Until everything is done that follows from the hand-ins."""


@dataclass(frozen=True, slots=True)
class Storm:
    """What goes wrong while pupils hand in."""

    kills: int
    """So often a process is killed: the web server, the worker and everything at once take turns."""
    lost: float = 0.05
    """The share of answers that do not reach the device."""
    cut: float = 0.03
    """The share of requests of which only a part reaches the platform."""
    resent: float = 0.10
    """The share of devices that send once more what was acknowledged."""
    at_once: int = 50
    """So many devices send at any moment."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Weathered:
    """What is there after a storm, and what the devices went through."""

    acknowledged: int
    lost: int
    doubled: int
    torn: int
    """Answers without their one mark, pages that no worker wrote anew, and a damaged database."""
    tries: int
    broken: int
    """Requests and answers that the lines lost; what the kills broke is not among them."""


def weather(storm: Storm, school: School, running: Served) -> Weathered:
    """Let every pupil hand in through *storm*, wait for the workers, and count what is there."""
    hand_ins = devices_of(school, running.url)
    for number, one in enumerate(hand_ins):
        one.device.line = BadLine(_luck(f"{storm.seed}-{number}"), storm.cut, storm.lost)
    _hand_in(storm, hand_ins, school, running)
    _hasten_jobs()
    until(lambda: not unfinished_jobs(), "the workers do not come to an end", DRAIN_SECONDS)
    return _counted(hand_ins, school)


def _hand_in(storm: Storm, hand_ins: Sequence[HandIn], school: School, running: Served) -> None:
    acknowledged = threading.Semaphore(0)
    luck = _luck(f"{storm.seed}")
    again = set(luck.sample(range(len(hand_ins)), round(len(hand_ins) * storm.resent)))

    def send(number: int) -> None:
        _until_acknowledged(hand_ins[number], school, receipts=1)
        acknowledged.release()
        if number in again:
            _until_acknowledged(hand_ins[number], school, receipts=2)

    kills: list[Callable[[], None]] = [
        lambda: running.kill("app.web"),
        lambda: running.kill("app.worker short"),
        running.kill_everything,
    ]
    with ThreadPoolExecutor(storm.at_once) as devices:
        sending = [devices.submit(send, number) for number in range(len(hand_ins))]
        for kill, _ in zip(cycle(kills), range(storm.kills), strict=False):
            for _ in range(len(hand_ins) // (storm.kills + 1)):
                assert acknowledged.acquire(timeout=PATIENCE_SECONDS), "the hand-ins do not arrive"
            kill()
        for one in sending:
            one.result()


def _until_acknowledged(hand_in: HandIn, school: School, *, receipts: int) -> None:
    while len(hand_in.receipts) < receipts:
        hand_in.send(school)
        if len(hand_in.receipts) < receipts:
            time.sleep(RETRY_SECONDS)  # as a phone does before it tries again


def _hasten_jobs() -> None:
    """What waits until a rush is over need not wait here."""
    with transaction():
        db.session.execute(update(Job).where(Job.state == JobState.WAITING).values(run_after=clock.now()))


def _counted(hand_ins: Sequence[HandIn], school: School) -> Weathered:
    journal = [
        Sent(one.client_key, [hashlib.sha256(photo).hexdigest() for photo in one.photos], one.receipts)
        for one in hand_ins
    ]
    lost, doubled = lost_and_doubled(school.assignment_id, journal)
    lines = [one.device.line for one in hand_ins]
    return Weathered(
        acknowledged=sum(bool(one.receipts) for one in hand_ins),
        lost=lost,
        doubled=doubled,
        torn=_torn(school),
        tries=sum(one.tries for one in hand_ins),
        broken=sum(line.broke for line in lines if isinstance(line, BadLine)),
    )


def _torn(school: School) -> int:
    answers = select(Answer.id).join(Submission).where(Submission.assignment_id == school.assignment_id)
    unmarked = answers.where(
        Answer.assignment_item_id == school.choice_id, Answer.id.not_in(select(Mark.answer_id))
    )
    unwritten = select(Page.id).where(Page.received.is_not(None) | Page.picture_sha256.is_(None))
    counted = [
        db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
        for found in (unmarked, unwritten)
    ]
    return sum(counted) + (0 if _is_database_whole() else 1)


def _is_database_whole() -> bool:
    """Of SQLite, which is killed with the processes that it lives in; PostgreSQL is not."""
    if db.engine.dialect.name != "sqlite":
        return True
    return bool(db.session.scalar(text("PRAGMA integrity_check")) == "ok")


def _luck(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- a storm that comes again, no secret
