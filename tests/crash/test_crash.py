"""Killing the web process during two hundred hand-ins loses nothing acknowledged and doubles nothing."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from core.database import db
from homework.submissions.models import Answer, Page, Submission
from tests.hand_ins import HandIn, School, devices_of, is_whole, school_on_disk
from tests.served import PATIENCE_SECONDS, served

PUPILS = 200
KILLS_AFTER = (20, 80, 140)
"""The web process is killed when so many hand-ins have been acknowledged."""
RETRY_SECONDS = 0.2


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    with school_on_disk(tmp_path, pupils=PUPILS) as made:
        yield made


def send_until_acknowledged(hand_in: HandIn, school: School, acknowledged: threading.Semaphore) -> None:
    while not hand_in.receipts:
        hand_in.send(school)
        if not hand_in.receipts:
            time.sleep(RETRY_SECONDS)  # as a phone does before it tries again
    acknowledged.release()


def test_no_acknowledged_hand_in_is_lost_and_none_is_doubled(school: School) -> None:
    acknowledged = threading.Semaphore(0)
    with served(school.data_dir) as running:
        hand_ins = devices_of(school, running.url)
        devices = [
            threading.Thread(target=send_until_acknowledged, args=[one, school, acknowledged], daemon=True)
            for one in hand_ins
        ]
        for device in devices:
            device.start()
        seen = 0
        for kill_after in KILLS_AFTER:
            for _ in range(kill_after - seen):
                assert acknowledged.acquire(timeout=PATIENCE_SECONDS), "the hand-ins do not arrive"
            seen = kill_after
            running.kill_web_process()
        for device in devices:
            device.join(PATIENCE_SECONDS)
        # A device that lost the answer sends the same again later.
        for hand_in in hand_ins[::10]:
            hand_in.send(school)

    assert any(one.tries > 1 for one in hand_ins[1::10]), (
        "no hand-in was under way when the process was killed"
    )
    assert all(one.receipts for one in hand_ins)
    assert_all_is_stored_once(hand_ins)


def assert_all_is_stored_once(hand_ins: list[HandIn]) -> None:
    assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert db.session.scalar(select(func.count()).select_from(Submission)) == PUPILS
    stored = {one.client_key: one for one in db.session.scalars(select(Submission))}
    pages: dict[int, list[Page]] = {}
    for submission_id, page in db.session.execute(
        select(Answer.submission_id, Page).join(Answer).order_by(Page.position)
    ):
        pages.setdefault(submission_id, []).append(page)
    for hand_in in hand_ins:
        submission = stored[hand_in.client_key]
        receipts = {(one["id"], one["sha256"]) for one in hand_in.receipts}
        assert receipts == {(submission.id, submission.content_sha256)}
        sent = [hashlib.sha256(one).hexdigest() for one in hand_in.photos]
        assert [page.upload_sha256 for page in pages[submission.id]] == sent
        assert all(map(is_whole, pages[submission.id]))
    assert set(Counter(one.student_id for one in stored.values()).values()) == {1}
