from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.event import listen

from core import clock
from core.database import db, transaction
from core.events import subscribe
from core.jobs import services
from core.jobs.events import Enqueued
from core.jobs.models import Job, JobState
from core.jobs.tasks import Daily, Every, Task, register, registry, task

calls: list[int] = []


@task("test.note", lease=timedelta(minutes=1))
def note(number: int) -> None:
    calls.append(number)


@task("test.fail")
def fail() -> None:
    raise ZeroDivisionError


@task("test.nightly")
def nightly() -> None:
    calls.append(-1)


@pytest.fixture(autouse=True)
def tasks(context: Flask) -> None:
    calls.clear()
    register(context, note, fail, nightly)


def enqueue(one: Task[...], **arguments: int) -> int:
    services.enqueue(one, arguments=arguments)
    return db.session.scalars(select(Job.id).order_by(Job.id.desc())).first() or 0


def state_of(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def test_a_job_runs_with_its_arguments_and_is_done() -> None:
    job_id = enqueue(note, number=7)
    assert services.run_waiting() == 1
    assert calls == [7]
    assert state_of(job_id).state is JobState.DONE


def test_a_job_that_waits_already_is_asked_for_again_without_writing(context: Flask) -> None:
    written: list[str] = []
    listen(db.engine, "before_cursor_execute", lambda *said: written.append(said[2].split()[0]))
    for _ in range(3):
        services.enqueue(note, key="note:7", arguments={"number": 7})
    assert written.count("INSERT") == 1
    assert services.run_waiting() == 1


def test_a_job_exists_exactly_if_the_change_that_wanted_it_does() -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        services.enqueue(note, arguments={"number": 1})
        raise ZeroDivisionError
    assert db.session.scalar(select(Job.id)) is None


def test_the_queue_hears_of_a_job_only_after_its_commit(context: Flask) -> None:
    sent: list[int] = []
    subscribe(context, Enqueued, lambda event: sent.append(event.job_id))
    with transaction():
        services.enqueue(note, arguments={"number": 1})
        assert sent == []
    assert len(sent) == 1


def test_a_second_job_with_the_key_of_a_waiting_one_is_not_made() -> None:
    for _ in range(3):
        services.enqueue(note, key="same", arguments={"number": 1})
    assert services.run_waiting() == 1


def test_a_key_is_free_again_once_its_job_was_claimed() -> None:
    services.enqueue(note, key="same", arguments={"number": 1})
    services.run_waiting()
    services.enqueue(note, key="same", arguments={"number": 2})
    services.run_waiting()
    assert calls == [1, 2]


def test_a_job_is_claimed_once() -> None:
    job_id = enqueue(note, number=1)
    assert services.run(job_id)
    assert not services.run(job_id)
    assert calls == [1]


def test_a_delayed_job_waits() -> None:
    services.enqueue(note, delay=timedelta(hours=1), arguments={"number": 1})
    assert services.run_waiting() == 0


def test_a_job_that_fails_is_tried_again_later_and_given_up_after_five_tries() -> None:
    job_id = enqueue(fail)
    for attempt in range(1, services.MOST_FAILURES + 1):
        with transaction():
            db.session.execute(update(Job).values(run_after=clock.now()))
        assert services.run(job_id)
        job = state_of(job_id)
        assert job.failures == attempt
        assert "ZeroDivisionError" in job.error
    assert job.state is JobState.FAILED


def test_a_job_left_by_a_dead_worker_is_taken_over_after_its_lease() -> None:
    job_id = enqueue(note, number=1)
    with transaction():
        db.session.execute(
            update(Job).values(
                state=JobState.RUNNING, tries=1, lease_until=clock.now() - timedelta(seconds=30)
            )
        )
    assert [found for found, _queue in services.sweep(clock.now())] == [job_id]
    assert services.run(job_id)
    assert state_of(job_id).tries == 2


def leave_in_the_middle(**change: object) -> None:
    """What a start leaves that does not come to its end."""
    with transaction():
        db.session.execute(update(Job).values(**{"state": JobState.RUNNING, **change}))


def test_a_job_that_takes_every_worker_with_it_is_given_up() -> None:
    job_id = enqueue(note, number=1)
    lapsed, held = clock.now() - timedelta(seconds=30), clock.now() + timedelta(minutes=1)

    leave_in_the_middle(deaths=services.MOST_DEATHS - 1, lease_until=held)
    assert not services.run(job_id)
    assert state_of(job_id).state is JobState.RUNNING

    leave_in_the_middle(lease_until=lapsed)
    assert not services.run(job_id)
    assert state_of(job_id).state is JobState.FAILED
    assert services.sweep(clock.now()) == []

    leave_in_the_middle(deaths=services.MOST_DEATHS - 2, lease_until=lapsed)
    assert services.run(job_id)
    assert state_of(job_id).deaths == services.MOST_DEATHS - 1


def test_a_job_that_takes_the_whole_platform_with_it_is_given_up_much_later() -> None:
    job_id = enqueue(note, number=1)

    leave_in_the_middle(tries=services.MOST_STARTS - 1, state=JobState.WAITING)
    assert services.run(job_id)

    leave_in_the_middle(tries=services.MOST_STARTS, state=JobState.WAITING)
    assert not services.run(job_id)
    assert "100 times" in state_of(job_id).error


def test_starts_that_others_ended_do_not_take_a_jobs_tries_away() -> None:
    job_id = enqueue(fail)
    leave_in_the_middle(tries=20, deaths=10, state=JobState.WAITING)
    assert services.run(job_id)
    job = state_of(job_id)
    assert (job.state, job.failures) == (JobState.WAITING, 1)


def test_a_worker_that_slept_through_its_lease_cannot_finish_the_job() -> None:
    overtaken: list[int] = []

    @task("test.sleeper")
    def sleeper() -> None:
        with transaction():
            db.session.execute(update(Job).values(tries=Job.tries + 1))
        overtaken.append(1)

    register(db_app(), sleeper)
    job_id = enqueue(sleeper)
    services.run(job_id)
    assert overtaken
    assert state_of(job_id).state is JobState.RUNNING


def db_app() -> Flask:
    from flask import current_app  # noqa: PLC0415 -- the proxy is only there inside the fixture's context

    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return] # noqa: SLF001 -- Werkzeug's documented way


def test_progress_is_shown_and_the_lease_renewed() -> None:
    seen: list[tuple[int, int]] = []

    @task("test.long", lease=timedelta(minutes=1))
    def long() -> None:
        services.report_progress(3, 10)
        job = db.session.scalars(select(Job).where(Job.task == "test.long")).one()
        seen.append((job.progress_done, job.progress_total))

    register(db_app(), long)
    enqueue(long)
    services.run_waiting()
    assert seen == [(3, 10)]


def test_progress_outside_a_job_is_no_error() -> None:
    services.report_progress(1, 2)


def test_the_sweeper_leaves_fresh_jobs_to_the_queue() -> None:
    enqueue(note, number=1)
    job = db.session.scalars(select(Job.id).where(Job.task == note.name)).one()
    assert job not in [job_id for job_id, _queue in services.sweep(clock.now())]
    assert job in [job_id for job_id, _queue in services.sweep(clock.now() + timedelta(minutes=1))]


def test_a_daily_task_starts_once_a_day(context: Flask) -> None:
    registry(context).schedules[:] = [Daily(nightly, at=time(2, 0))]
    now = clock.now()
    services.sweep(now)
    services.run_waiting()
    services.sweep(now)
    services.run_waiting()
    assert calls == [-1]
    registry(context).schedules.clear()


def test_a_daily_task_is_due_at_its_hour_in_beijing() -> None:
    daily = Daily(nightly, at=time(2, 0))
    before = datetime(2026, 9, 7, 17, 59, tzinfo=UTC)  # 01:59 on the 8th
    after = datetime(2026, 9, 7, 18, 1, tzinfo=UTC)  # 02:01 on the 8th
    assert daily.due_since(before) == datetime(2026, 9, 6, 18, 0, tzinfo=UTC)
    assert daily.due_since(after) == datetime(2026, 9, 7, 18, 0, tzinfo=UTC)


def test_a_periodic_task_is_due_once_a_period() -> None:
    now = datetime(2026, 9, 7, tzinfo=UTC)
    assert Every(nightly, timedelta(minutes=5)).due_since(now) == now - timedelta(minutes=5)
