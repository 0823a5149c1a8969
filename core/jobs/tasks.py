"""Tasks: named functions of plain values that a job row can ask for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Generic, ParamSpec

from flask import Flask, current_app

from core.clock import SCHOOL_ZONE

P = ParamSpec("P")
DEFAULT_LEASE = timedelta(minutes=5)
_EXTENSION = "weike.tasks"


@dataclass(frozen=True, slots=True)
class Task(Generic[P]):
    """A function that jobs run. It opens its own transactions and may be run again at any point."""

    name: str
    function: Callable[P, None]
    queue: str
    lease: timedelta
    """After this long without progress another worker takes the job over."""
    label: str
    """What a waiting person reads, in English; the page translates it."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run it here and now."""
        self.function(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Daily:
    """Run *task* once a school day, at or after *at* (Asia/Shanghai)."""

    task: Task[[]]
    at: time

    def due_since(self, now: datetime) -> datetime:
        """The latest moment, not after *now*, at which a run was due."""
        local = now.astimezone(SCHOOL_ZONE)
        due = datetime.combine(local.date(), self.at, SCHOOL_ZONE)
        return due if due <= local else due - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Every:
    """Run *task* once in each *period*."""

    task: Task[[]]
    period: timedelta

    def due_since(self, now: datetime) -> datetime:
        """The start of the present period."""
        return now - self.period


Schedule = Daily | Every


@dataclass(slots=True)
class Registry:
    """The application's tasks by name, and what runs by itself."""

    tasks: dict[str, Task[Any]] = field(default_factory=dict)
    schedules: list[Schedule] = field(default_factory=list)


def task(
    name: str, *, queue: str = "short", lease: timedelta = DEFAULT_LEASE, label: str = ""
) -> Callable[[Callable[P, None]], Task[P]]:
    """Make a function a task. Queues: ``short`` (seconds), ``video``, ``train`` (minutes)."""

    def make(function: Callable[P, None]) -> Task[P]:
        return Task(name, function, queue, lease, label)

    return make


def registry(app: Flask | None = None) -> Registry:
    """The tasks of *app*, by default of the current one."""
    found: Registry = (app or current_app).extensions.setdefault(_EXTENSION, Registry())
    return found


def register(app: Flask, *tasks: Task[Any]) -> None:
    """Let jobs of *app* run *tasks*."""
    for one in tasks:
        registry(app).tasks[one.name] = one


def schedule(app: Flask, *schedules: Schedule) -> None:
    """Run tasks by the clock; registers them too."""
    for one in schedules:
        register(app, one.task)
        registry(app).schedules.append(one)
