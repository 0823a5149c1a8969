"""Find resources that say the same, and let people judge."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import delete, select

from accounts.people.models import Hat
from core.database import db, transaction, upsert
from library.duplicates import likeness, queries
from library.duplicates.errors import JudgedAlready
from library.duplicates.models import DuplicatePair, Fingerprint, Sameness, Verdict
from library.resources.models import Resource
from library.review import services as review

PORTION = 1_000
MOST_IN_A_GROUP = 50
"""Of more that are the same, each stands beside the first only; people see the rest one after the other."""
MOST_SHOWN = 3
Progress = Callable[[int, int], None]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What a resource says: to be compared as a whole, and in parts."""

    resource_id: int
    content: str
    """Text, questions and address, without the title."""
    all_text: str
    """With the title and the description."""
    changed_at: datetime


def find(file_hashes: Iterable[tuple[int, str]], progress: Progress, *, now: datetime) -> int:
    """Look through the whole library; returns how many pairs there are now that nobody has judged.

    Opens a transaction for each portion. What people judged stays as they judged it.
    """
    ids, signatures = _read_all(progress)
    pairs: dict[Pair, tuple[Sameness, float]] = {}
    for pair, share in _near(ids, signatures):
        pairs[pair] = (Sameness.NEAR, share)
    same_text = db.session.execute(queries.same_text()).all()
    db.session.rollback()
    for sameness, groups in ((Sameness.TEXT, same_text), (Sameness.FILE, file_hashes)):
        pairs |= dict.fromkeys(_pairs(groups), (sameness, 1.0))
    _keep(pairs, now)
    progress(len(ids), len(ids))
    return len(pairs)


def refresh(ids: Sequence[int]) -> None:
    """Compute the fingerprints of some resources anew."""
    _keep_fingerprints(list(read(ids)))


def read(ids: Sequence[int]) -> Iterator[Said]:
    """What some resources say now."""
    rows = db.session.execute(queries.said_by(ids)).all()
    yield from _said(rows)


def others_saying_the_same(hat: Hat, resource_id: int) -> list[Resource]:
    """Visible published resources that say what this one says at this moment."""
    said = next(read([resource_id]), None)
    hashed = likeness.text_hash(said.content) if said else ""
    if not hashed:
        return []
    same = queries.saying_the_same(hat, hashed, resource_id)
    return list(db.session.scalars(same.limit(MOST_SHOWN)))


def keep_both(pair: DuplicatePair, by: Hat, *, now: datetime) -> None:
    """Both are wanted: the pair comes up no more.

    Raises:
        JudgedAlready: it was judged.
    """
    _judge(pair, Verdict.KEPT, by, "", now)


def prefer(
    pair: DuplicatePair, kept: Resource, withdrawn: Resource, by: Hat, reason: str, *, now: datetime
) -> None:
    """Withdraw one in favour of the other; what pointed to it leads there.

    Raises:
        JudgedAlready: the pair was judged.
        NoReason: the reason is missing.
        AlreadyWithdrawn: it is withdrawn.
        NotPublished: the one to keep is not published.
    """
    _judge(pair, Verdict.WITHDRAWN, by, reason, now)
    review.withdraw(withdrawn, by, reason, instead=kept, now=now)


def _judge(pair: DuplicatePair, verdict: Verdict, by: Hat, reason: str, now: datetime) -> None:
    if pair.verdict is not None:
        raise JudgedAlready
    pair.verdict, pair.judged_by_id, pair.judged_at, pair.reason = verdict, by.person_id, now, reason.strip()
    db.session.flush()


def _read_all(progress: Progress) -> tuple[list[int], likeness.Signatures]:
    total = db.session.query(Resource.id).count()
    ids: list[int] = []
    found: list[np.ndarray[Any, np.dtype[np.uint32]]] = []
    after, done = 0, 0
    while rows := db.session.execute(queries.said(after, PORTION)).all():
        portion = list(_said(rows))
        after, done = rows[-1].id, done + len(rows)
        db.session.rollback()
        _keep_fingerprints_in_transaction(portion)
        for one in portion:
            parts = likeness.shingles(one.all_text)
            if len(parts) >= likeness.FEWEST_SHINGLES and likeness.plain(one.content):
                ids.append(one.resource_id)
                found.append(likeness.signature(parts))
        progress(done, total)
    shape = (len(found), likeness.BINS)
    return ids, np.array(found, dtype=np.uint32).reshape(shape)


def _said(rows: Sequence[Any]) -> Iterator[Said]:
    prompts: dict[int, list[str]] = defaultdict(list)
    for resource_id, prompt, interaction in db.session.execute(queries.prompts_of([row.id for row in rows])):
        choices = (str(one.get("text", "")) for one in interaction.get("choices", ()))
        prompts[resource_id].append(" ".join((prompt, *choices)))
    for row in rows:
        content = "\n".join(part for part in (row.text, *prompts[row.id], row.url) if part)
        yield Said(row.id, content, f"{row.title}\n{row.description}\n{content}", row.updated_at)


def _near(ids: Sequence[int], signatures: likeness.Signatures) -> Iterator[tuple[Pair, float]]:
    """Pairs of resources of which enough is the same, compared in full."""
    waiting = [(ids[first], ids[second]) for first, second in likeness.candidates(signatures)]
    for start in range(0, len(waiting), PORTION):
        portion = waiting[start : start + PORTION]
        wanted = sorted({one for pair in portion for one in pair})
        parts = {
            one.resource_id: likeness.shingles(one.all_text)
            for begin in range(0, len(wanted), PORTION)
            for one in read(wanted[begin : begin + PORTION])
        }
        db.session.rollback()
        for pair in portion:
            if pair[0] in parts and pair[1] in parts:
                share = likeness.likeness(parts[pair[0]], parts[pair[1]])
                if share >= likeness.NEAR:
                    yield pair, share


def _pairs(groups: Iterable[tuple[int, str]]) -> Iterator[Pair]:
    """Pairs of resources with the same hash: each with the next, and where they are many, with the first."""
    members: dict[str, list[int]] = defaultdict(list)
    for resource_id, hashed in groups:
        members[hashed].append(resource_id)
    for found in members.values():
        ids = sorted(set(found))
        if len(ids) > MOST_IN_A_GROUP:
            yield from ((ids[0], one) for one in ids[1:])
        else:
            yield from pairwise(ids)


def _keep(pairs: Mapping[Pair, tuple[Sameness, float]], now: datetime) -> None:
    rows = [
        {
            "first_id": first,
            "second_id": second,
            "sameness": sameness,
            "likeness": share,
            "found_at": now,
            "reason": "",
        }
        for (first, second), (sameness, share) in sorted(pairs.items())
    ]
    for begin in range(0, len(rows), PORTION):
        with transaction():
            upsert(
                DuplicatePair,
                rows[begin : begin + PORTION],
                keys=("first_id", "second_id"),
                update=("sameness", "likeness", "found_at"),
            )
    with transaction():
        # What is no longer alike, and was not judged, is forgotten.
        db.session.execute(
            delete(DuplicatePair).where(DuplicatePair.found_at < now, DuplicatePair.verdict.is_(None))
        )


def _keep_fingerprints_in_transaction(portion: Sequence[Said]) -> None:
    with transaction():
        _keep_fingerprints(portion)


def _keep_fingerprints(portion: Sequence[Said]) -> None:
    known = dict(
        db.session.execute(
            select(Fingerprint.resource_id, Fingerprint.seen_at).where(
                Fingerprint.resource_id.in_([one.resource_id for one in portion])
            )
        ).all()
    )
    rows = [
        {
            "resource_id": one.resource_id,
            "text_sha256": likeness.text_hash(one.content),
            "seen_at": one.changed_at,
        }
        for one in portion
        if known.get(one.resource_id) != one.changed_at
    ]
    upsert(Fingerprint, rows, keys=("resource_id",), update=("text_sha256", "seen_at"))
