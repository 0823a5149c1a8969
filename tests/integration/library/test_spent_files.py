"""What was sent to be imported is removed once it is needed no more; what anything else names stays."""

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from core import clock
from core.database import db, transaction
from core.files import files
from core.jobs import services as jobs
from library.interchange.models import ImportOrder, OrderState
from library.media.models import MediaAsset, MediaKind, MediaState
from library.resources.models import Tier
from library.spent import services
from library.spent.tasks import forget
from tests.factories.accounts import added, make_administrator, make_school

Order = Callable[..., str]


@pytest.fixture
def order(context: Flask) -> Order:
    """Order an import of a file that came long ago; returns the hash of the file."""

    def make(state: OrderState, content: bytes = b"{}", *, days: int = 1, came: int = 24) -> str:
        stored = files().put(io.BytesIO(content))
        age(files().path(stored.sha256), hours=came)
        with transaction():
            school = make_school()
            added(
                ImportOrder(
                    ordered_by_id=make_administrator(school).person_id,
                    ordered_for_id=school.id,
                    tier=Tier.SCHOOL,
                    organisation_id=school.id,
                    name="a.jsonl",
                    form="jsonl",
                    content_sha256=stored.sha256,
                    is_strict=False,
                    language="zh_CN",
                    state=state,
                    ordered_at=clock.now() - timedelta(days=days),
                )
            )
        return stored.sha256

    return make


def age(path: Path, *, hours: int) -> None:
    moment = (clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))


def is_there(sha256: str) -> bool:
    try:
        files().path(sha256)
    except FileNotFoundError:
        return False
    return True


@pytest.mark.parametrize("state", [OrderState.DONE, OrderState.FAILED])
def test_the_file_of_an_import_that_is_over_is_removed(order: Order, state: OrderState) -> None:
    sha256 = order(state)
    assert services.forget(clock.now()) == 1
    assert not is_there(sha256)
    assert services.forget(clock.now()) == 0


@pytest.mark.parametrize("state", [OrderState.CHECKED, OrderState.STOPPED])
def test_an_import_that_waits_for_its_person_keeps_the_file_for_a_week(
    order: Order, state: OrderState
) -> None:
    young, old = order(state, b"young", days=6), order(state, b"old", days=8)
    services.forget(clock.now())
    assert (is_there(young), is_there(old)) == (True, False)


@pytest.mark.parametrize("state", [OrderState.CHECKING, OrderState.IMPORTING])
def test_an_import_that_runs_keeps_the_file(order: Order, state: OrderState) -> None:
    sha256 = order(state, days=30)
    services.forget(clock.now())
    assert is_there(sha256)


def test_the_same_file_ordered_again_stays_for_the_second_order(order: Order) -> None:
    order(OrderState.DONE)
    sha256 = order(OrderState.CHECKED)
    services.forget(clock.now())
    assert is_there(sha256)


def test_a_file_that_came_again_a_moment_ago_stays(order: Order) -> None:
    sha256 = order(OrderState.DONE, came=1)
    services.forget(clock.now())
    assert is_there(sha256)


def test_a_file_that_is_a_resources_too_stays(order: Order) -> None:
    sha256 = order(OrderState.DONE)
    with transaction():
        added(
            MediaAsset(
                kind=MediaKind.DOCUMENT,
                source_sha256=sha256,
                media_type="application/pdf",
                size_bytes=2,
                state=MediaState.READY,
                renditions={},
                created_at=clock.now(),
            )
        )
    services.forget(clock.now())
    assert is_there(sha256)


def test_it_is_done_at_night(order: Order) -> None:
    sha256 = order(OrderState.DONE)
    with transaction():
        jobs.enqueue(forget, arguments={})
    jobs.run_waiting()
    assert not is_there(sha256)
    assert db.session.scalars(select(ImportOrder)).one().state is OrderState.DONE
