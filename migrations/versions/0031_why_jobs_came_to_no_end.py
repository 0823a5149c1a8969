"""How often each job failed, and how often it lost its worker: until now only how often it was begun.

Revision: 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("job") as table:
        table.add_column(sa.Column("failures", NUMBER, nullable=False, server_default="0"))
        table.add_column(sa.Column("deaths", NUMBER, nullable=False, server_default="0"))
    # A job waits after it was begun only if it failed.
    op.execute("UPDATE job SET failures = tries WHERE state = 'waiting'")


def downgrade() -> None:
    with op.batch_alter_table("job") as table:
        table.drop_column("deaths")
        table.drop_column("failures")
