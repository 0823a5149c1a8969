"""How resources are used, grade by grade.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTS = ("people", "opened", "finished", "answers", "right_answers", "assigned")


def upgrade() -> None:
    op.create_table(
        "resource_use",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("grade", NUMBER, autoincrement=False, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in COUNTS),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade BETWEEN 0 AND 12", name=op.f("ck_resource_use_grade")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_use_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "grade", name=op.f("pk_resource_use")),
    )


def downgrade() -> None:
    op.drop_table("resource_use")
