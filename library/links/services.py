"""Keep what was found at the addresses of links."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from core.clock import school_day
from core.database import db, upsert
from library.links.asking import Problem
from library.links.judging import Standing, judge
from library.links.models import LinkCheck

COLUMNS = ("url", "state", "problem", "failures", "failed_on", "checked_at")


def take(found: Mapping[int, tuple[str, Problem | None]], *, now: datetime) -> None:
    """Take over what was found, by resource: the address that was asked, and the problem if there was one."""
    known = {
        one.resource_id: one
        for one in db.session.scalars(select(LinkCheck).where(LinkCheck.resource_id.in_(found)))
    }
    rows = []
    for resource_id, (url, problem) in sorted(found.items()):
        before = known.get(resource_id)
        is_same = before is not None and before.url == url
        standing = (
            Standing(before.state, before.failures, before.failed_on) if before and is_same else Standing()
        )
        after = judge(standing, problem, school_day(now))
        rows.append(
            {
                "resource_id": resource_id,
                "url": url,
                "state": after.state,
                "problem": problem.value if problem else "",
                "failures": after.failures,
                "failed_on": after.failed_on,
                "checked_at": now,
            }
        )
    upsert(LinkCheck, rows, keys=("resource_id",), update=COLUMNS)
