"""Who worded a question so.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("item_version") as batch_op:
        batch_op.add_column(sa.Column("made_by_id", NUMBER))
        batch_op.create_foreign_key(
            op.f("fk_item_version_made_by_id"), "person", ["made_by_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("item_version") as batch_op:
        batch_op.drop_constraint(op.f("fk_item_version_made_by_id"), type_="foreignkey")
        batch_op.drop_column("made_by_id")
