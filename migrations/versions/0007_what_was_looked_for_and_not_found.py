"""What was looked for in the library and not found.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wanted",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("text", sa.String(60), nullable=False),
        sa.Column("subject_code", sa.String(64), nullable=False),
        sa.Column("grade", NUMBER, nullable=False),
        sa.Column("count", NUMBER, nullable=False),
        sa.Column("first_asked_at", MOMENT, nullable=False),
        sa.Column("last_asked_at", MOMENT, nullable=False),
        sa.Column("dismissed_at", MOMENT, nullable=True),
        sa.CheckConstraint("grade BETWEEN 0 AND 12", name=op.f("ck_wanted_grade")),
        sa.CheckConstraint("count > 0", name=op.f("ck_wanted_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted")),
        sa.UniqueConstraint("text", "subject_code", "grade", name=op.f("uq_wanted_text_subject_code_grade")),
    )
    op.create_index(op.f("ix_wanted_dismissed_at_wanted_count_wanted_id"), "wanted", ["dismissed_at", "count", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_wanted_dismissed_at_wanted_count_wanted_id"), table_name="wanted")
    op.drop_table("wanted")
