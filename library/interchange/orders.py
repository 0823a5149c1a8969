"""Imports that people order: the file is tried first, then taken, portion by portion.

Each portion is durable before the next begins, so a job that was killed goes on where it stopped, and so
does an import that a person stopped and takes up again.
"""

from collections.abc import Mapping

from sqlalchemy import delete

from core import clock
from core.database import count_rows_anew, db, publish, transaction
from core.errors import DomainError
from core.files import files
from core.jobs.services import report_progress
from library.interchange import queries, services
from library.interchange.codes import Codes
from library.interchange.errors import BadLine, EmptyFile, FileGone, Stopped, TooManyLines
from library.interchange.imports import Source, refuse_bad_lines, trials
from library.interchange.lines import Form
from library.interchange.models import ImportOrder, OrderProblem, OrderState, ResourceImport
from library.interchange.scope import Scope
from library.resources.events import ResourcesChanged
from library.resources.models import Tier

MOST_DRAFTS = 2_000
"""Lines of a teacher's file: each is a draft that somebody else has to read."""
_LONGEST_FIELD = 200


def check(order_id: int) -> None:
    """Try the file of an order: what would be new, changed, unchanged and refused. Nothing is imported."""
    order = _ordered(order_id, OrderState.CHECKING)
    if order is None:
        return
    name, scope = order.name, _scope(order)
    try:
        source = _source(order)
        total = _counted(source, name)
        if scope.drafts_of is not None and total > MOST_DRAFTS:
            raise TooManyLines(name=name, limit=MOST_DRAFTS)
        _begin_counting(order_id, total)
        for last, found in trials(source, None, scope):
            _note_trial(order_id, last, found)
        _end(order_id, OrderState.CHECKED)
    except DomainError as refusal:
        _end(order_id, OrderState.FAILED, _said(refusal, name))


def carry_out(order_id: int) -> None:
    """Import the file of an order, from where it stopped."""
    order = _ordered(order_id, OrderState.IMPORTING)
    if order is None:
        return
    name, is_strict, scope = order.name, order.is_strict, _scope(order)
    try:
        source = _source(order)
        run_id, done = _run(order_id)
        if is_strict and not done:
            refuse_bad_lines(source, None, scope)
        for portion in source.portions(done):
            with transaction():
                order = db.session.get_one(ImportOrder, order_id)
                if order.is_stop_asked:
                    order.state = OrderState.STOPPED
                    break
                run = db.session.get_one(ResourceImport, run_id)
                problems = services.take(run, portion, None, scope=scope, first_line=source.first_line)
                _tell(order_id, problems)
                _copy(order, run)
            report_progress(order.lines_done, order.lines_total)
        else:
            _end(order_id, OrderState.DONE)
        _announce(run_id)
    except DomainError as refusal:
        _end(order_id, OrderState.FAILED, _said(refusal, name))


def _said(refusal: DomainError, name: str) -> str:
    """The sentence of *refusal*, with the name that the person knows instead of that of the kept file."""
    if "name" in refusal.details:
        refusal.details["name"] = name
    return str(refusal)


def _ordered(order_id: int, state: OrderState) -> ImportOrder | None:
    """The order, if it still waits for this; a job may come twice or too late."""
    order = db.session.get(ImportOrder, order_id)
    return order if order is not None and order.state is state else None


def _scope(order: ImportOrder) -> Scope:
    codes = {number: code for code, number in Codes.read().organisations.items()}
    code = codes.get(order.organisation_id or 0)
    return Scope(
        order.tier,
        order.organisation_id,
        None if order.tier is Tier.PUBLIC else code,
        order.ordered_by_id if order.is_draft else None,
    )


def _source(order: ImportOrder) -> Source:
    try:
        path = files().path(order.content_sha256)
    except FileNotFoundError as error:
        raise FileGone(name=order.name) from error
    return Source(path, Form(order.form))


def _counted(source: Source, name: str) -> int:
    total = source.count()
    if not total:
        raise EmptyFile(name=name)
    return total


def _begin_counting(order_id: int, total: int) -> None:
    with transaction():
        order = db.session.get_one(ImportOrder, order_id)
        order.lines_total = total
        order.lines_done = order.added = order.changed = order.unchanged = order.refused = 0
        db.session.execute(delete(OrderProblem).where(OrderProblem.order_id == order_id))


def _note_trial(order_id: int, last: int, found: services.Sorted) -> None:
    """Write down what came of a portion.

    Raises:
        Stopped: the person asked for it.
    """
    with transaction():
        order = db.session.get_one(ImportOrder, order_id)
        order.added += len(found.new)
        order.changed += len(found.changed)
        order.unchanged += found.unchanged
        order.refused += len(found.problems)
        order.lines_done = last
        _tell(order_id, found.problems)
        total, is_stopped = order.lines_total, order.is_stop_asked
    if is_stopped:
        raise Stopped
    report_progress(last, total)


def _run(order_id: int) -> tuple[int, int]:
    """Id of the order's own run, and how many lines of it are in."""
    with transaction():
        order = db.session.get_one(ImportOrder, order_id)
        run = services.begin(order.content_sha256, order.name, f"order:{order_id}", now=clock.now())
        if not run.lines_done:
            db.session.execute(delete(OrderProblem).where(OrderProblem.order_id == order_id))
        _copy(order, run)
        return run.id, run.lines_done


def _copy(order: ImportOrder, run: ResourceImport) -> None:
    for name in ("lines_done", "added", "changed", "unchanged", "refused"):
        setattr(order, name, getattr(run, name))


def _tell(order_id: int, problems: Mapping[int, BadLine]) -> None:
    db.session.add_all(
        OrderProblem(
            order_id=order_id,
            line=number,
            field=str(problem.details.get("field", ""))[:_LONGEST_FIELD],
            sentence=str(problem),
        )
        for number, problem in sorted(problems.items())
    )


def _announce(run_id: int) -> None:
    """Say what was changed, so that it becomes findable."""
    count_rows_anew()
    with transaction():
        run = db.session.get_one(ResourceImport, run_id)
        ids = tuple(db.session.scalars(queries.touched_at(run.started_at)))
        if ids:
            publish(ResourcesChanged(ids))


def _end(order_id: int, state: OrderState, failure: str = "") -> None:
    with transaction():
        order = db.session.get_one(ImportOrder, order_id)
        order.state, order.failure, order.finished_at = state, failure, clock.now()
