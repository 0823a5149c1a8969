"""Photographs are taken in as they were sent, and written anew after the receipt.

Revision: 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

IS_RECEIVED = sa.text("received IS NOT NULL")
KEPT = ("picture_sha256", "thumbnail_sha256")


def upgrade() -> None:
    with op.batch_alter_table("page") as batch_op:
        batch_op.add_column(sa.Column("received", sa.String(32)))
        for name in KEPT:
            batch_op.alter_column(name, existing_type=sa.String(64), nullable=True)
        batch_op.create_check_constraint(
            op.f("ck_page_kept"),
            "(received IS NULL) = (picture_sha256 IS NOT NULL AND thumbnail_sha256 IS NOT NULL)",
        )
    op.create_index(
        op.f("ix_page_received"),
        "page",
        ["received"],
        sqlite_where=IS_RECEIVED,
        postgresql_where=IS_RECEIVED,
    )


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM page WHERE received IS NOT NULL")):
        raise RuntimeError("Photographs wait to be written anew: let the workers come to an end first.")
    op.drop_index(op.f("ix_page_received"), "page")
    with op.batch_alter_table("page") as batch_op:
        batch_op.drop_constraint(op.f("ck_page_kept"), type_="check")
        for name in KEPT:
            batch_op.alter_column(name, existing_type=sa.String(64), nullable=False)
        batch_op.drop_column("received")
