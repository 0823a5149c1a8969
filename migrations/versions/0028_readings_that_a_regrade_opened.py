"""What an undone regrade puts back of second readings and counting hand-ins, and what readers left to a key.

Revision: 0028, after 0027.
"""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
REGRADE = sa.table("regrade", sa.column("id", NUMBER), sa.column("recounted", sa.JSON()))
SUBMISSION = sa.table(
    "submission",
    *(sa.column(name, NUMBER) for name in ("id", "assignment_id", "student_id")),
    sa.column("is_counted", sa.Boolean()),
)


def upgrade() -> None:
    op.create_table(
        "regrade_reading",
        sa.Column("regrade_id", NUMBER, nullable=False),
        sa.Column("submission_id", NUMBER, nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.Column("settled_by_id", NUMBER),
        sa.Column("settled_at", MOMENT, nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_regrade_reading_{column}_{other}"))
            for column, other in (
                ("regrade_id", "regrade"),
                ("submission_id", "submission"),
                ("settled_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("regrade_id", "submission_id", name=op.f("pk_regrade_reading")),
    )
    op.create_index(op.f("ix_regrade_reading_submission_id"), "regrade_reading", ["submission_id"])
    op.add_column(
        "reading_mark", sa.Column("is_left_to_key", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    # Who agrees with what a key gave, or with what one gave before it was put right, left it to the key.
    op.execute(
        "UPDATE reading_mark SET is_left_to_key = true WHERE EXISTS ("
        "SELECT 1 FROM mark WHERE mark.answer_id = reading_mark.answer_id "
        "AND mark.source <> 'teacher' AND (mark.points = reading_mark.points OR EXISTS ("
        "SELECT 1 FROM regrade_change JOIN regrade ON regrade.id = regrade_change.regrade_id "
        "WHERE regrade_change.answer_id = reading_mark.answer_id AND regrade_change.marks "
        "AND regrade_change.earlier_source <> 'teacher' "
        "AND regrade_change.earlier_points = reading_mark.points "
        "AND regrade.made_at >= reading_mark.given_at "
        "AND regrade.state IN ('applying', 'applied'))))"
    )
    for regrade_id, ids in _recounted():
        _write(regrade_id, list(_moves(ids)))


def downgrade() -> None:
    for regrade_id, moves in _recounted():
        _write(regrade_id, [one[name] for one in moves for name in ("before", "now")])
    op.drop_column("reading_mark", "is_left_to_key")
    op.drop_index(op.f("ix_regrade_reading_submission_id"), "regrade_reading")
    op.drop_table("regrade_reading")


def _recounted() -> list[tuple[int, list]]:
    rows = op.get_bind().execute(sa.select(REGRADE.c.id, REGRADE.c.recounted))
    return [(regrade_id, kept) for regrade_id, kept in rows if kept]


def _moves(ids: list[int]) -> Iterator[dict[str, int]]:
    """Which hand-in counted before, which does now, and how many there are: of each pupil."""
    bind = op.get_bind()
    pairs: dict[tuple[int, int], dict[bool, int]] = defaultdict(dict)
    flipped = sa.select(*SUBMISSION.c).where(SUBMISSION.c.id.in_(ids))
    for submission_id, assignment_id, student_id, is_counted in bind.execute(flipped):
        pairs[assignment_id, student_id][is_counted] = submission_id
    for (assignment_id, student_id), pair in pairs.items():
        hand_ins = sa.select(sa.func.count()).where(
            SUBMISSION.c.assignment_id == assignment_id, SUBMISSION.c.student_id == student_id
        )
        if len(pair) == 2:  # else nothing to go back to
            yield {"before": pair[False], "now": pair[True], "of": bind.scalar(hand_ins) or 0}


def _write(regrade_id: int, recounted: list) -> None:
    op.get_bind().execute(
        sa.update(REGRADE).where(REGRADE.c.id == regrade_id).values(recounted=recounted)
    )
