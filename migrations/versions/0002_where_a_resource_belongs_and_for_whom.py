"""Where a resource belongs in the textbooks, for whom it is, and what makes it usable by more people.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKS = {
    "difficulty": "difficulty BETWEEN 0 AND 1",
    "minutes": "minutes > 0",
    "pages": "pages > 0",
}


def upgrade() -> None:
    with op.batch_alter_table("resource") as resource:
        resource.add_column(sa.Column("edition_id", NUMBER))
        resource.add_column(sa.Column("volume_id", NUMBER))
        resource.add_column(
            sa.Column("end_user", sa.String(32), nullable=False, server_default="learner")
        )
        resource.add_column(sa.Column("accessibility", sa.JSON(), nullable=False, server_default="[]"))
        resource.add_column(sa.Column("pages", NUMBER))
        for name, condition in CHECKS.items():
            resource.create_check_constraint(op.f(f"ck_resource_{name}"), condition)
        for column, table in (("edition_id", "textbook_edition"), ("volume_id", "volume")):
            resource.create_foreign_key(op.f(f"fk_resource_{column}"), table, [column], ["id"])
            resource.create_index(op.f(f"ix_resource_{column}"), [column])
    op.execute(
        "UPDATE resource SET volume_id = (SELECT volume_id FROM unit WHERE unit.id = resource.unit_id) "
        "WHERE unit_id IS NOT NULL"
    )
    op.execute(
        "UPDATE resource SET edition_id = (SELECT edition_id FROM volume WHERE volume.id = resource.volume_id) "
        "WHERE volume_id IS NOT NULL"
    )
    with op.batch_alter_table("resource") as resource:
        resource.alter_column("end_user", server_default=None)
        resource.alter_column("accessibility", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("resource") as resource:
        for column in ("edition_id", "volume_id"):
            resource.drop_index(op.f(f"ix_resource_{column}"))
            resource.drop_constraint(op.f(f"fk_resource_{column}"), type_="foreignkey")
        for name in CHECKS:
            resource.drop_constraint(op.f(f"ck_resource_{name}"), type_="check")
        for column in ("pages", "accessibility", "end_user", "volume_id", "edition_id"):
            resource.drop_column(column)
