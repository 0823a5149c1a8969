"""How long until an added record is found by another reader: from its commit, through the index job."""

import time
from pathlib import Path

from sqlalchemy import delete

from core.clock import now
from core.database import db, transaction
from library.resources.models import Resource, ResourceKind, ReviewState, Tier
from library.search.asking import asked
from library.search.engine import Query
from library.search.services import index_resources
from library.search.whoosh_engine import WhooshEngine

ADDED = 5
WORD = "帕累托最优"
"""A word that no record of the library holds."""


def visible_after_seconds(folder: Path) -> float:
    """The longest of several additions, one after the other, to the index in *folder*."""
    writer, reader = WhooshEngine(folder), WhooshEngine(folder)
    query = Query(asked=asked(WORD), audiences=frozenset(), person=0)
    before = reader.search(query).total
    taken, made = [], []
    for number in range(ADDED):
        with transaction():
            added = _record(number)
            db.session.add(added)
            db.session.flush()
            made.append(added.id)
        began = time.perf_counter()
        index_resources(writer, made[-1:])
        found = reader.search(query)
        taken.append(time.perf_counter() - began)
        assert found.total == before + number + 1, "the added record was not found"
    with transaction():
        db.session.execute(delete(Resource).where(Resource.id.in_(made)))
    index_resources(writer, made)
    return max(taken)


def _record(number: int) -> Resource:
    return Resource(
        identifier=f"bench/added/{number}",
        kind=ResourceKind.READING,
        title=f"{WORD}：第 {number + 1} 份",
        keywords=[],
        grade_from=10,
        grade_to=12,
        tier=Tier.PUBLIC,
        review_state=ReviewState.PUBLISHED,
        created_at=now(),
        updated_at=now(),
    )
