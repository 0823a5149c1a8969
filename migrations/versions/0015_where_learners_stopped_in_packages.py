"""Where learners stopped in packages that are played.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "package_progress",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("resource_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("scaled", sa.Double()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("scaled BETWEEN -1 AND 1", name=op.f("ck_package_progress_scaled")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_package_progress_person_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_package_progress_resource_id")),
        sa.PrimaryKeyConstraint("person_id", "resource_id", name=op.f("pk_package_progress")),
    )
    op.create_index(op.f("ix_package_progress_person_id"), "package_progress", ["person_id"])
    op.create_index(op.f("ix_package_progress_resource_id"), "package_progress", ["resource_id"])


def downgrade() -> None:
    op.drop_table("package_progress")
