"""Levels of past marks are kept, and second readers mark beside the first mark instead of over it.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "past_rubric_choice",
        sa.Column("past_mark_id", NUMBER, nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("chosen_by_id", NUMBER),
        sa.Column("chosen_at", MOMENT),
        *_references("past_rubric_choice", past_mark_id="past_mark", chosen_by_id="person"),
        sa.PrimaryKeyConstraint("past_mark_id", name=op.f("pk_past_rubric_choice")),
    )
    op.create_table(
        "reading_mark",
        sa.Column("answer_id", NUMBER, nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("given_by_id", NUMBER, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_reading_mark_points")),
        *_references("reading_mark", answer_id="answer", given_by_id="person"),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_reading_mark")),
    )
    with op.batch_alter_table("second_reading") as batch_op:
        batch_op.add_column(sa.Column("settled_by_id", NUMBER))
        batch_op.add_column(sa.Column("settled_at", MOMENT))
        batch_op.create_foreign_key("fk_second_reading_settled_by_id", "person", ["settled_by_id"], ["id"])
    # Readers wrote over the first mark until now: whose reading is done has nothing to settle.
    op.execute("UPDATE second_reading SET settled_at = done_at")


def downgrade() -> None:
    with op.batch_alter_table("second_reading") as batch_op:
        batch_op.drop_constraint("fk_second_reading_settled_by_id", type_="foreignkey")
        batch_op.drop_column("settled_at")
        batch_op.drop_column("settled_by_id")
    for table in ("reading_mark", "past_rubric_choice"):
        op.drop_table(table)


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]
