"""Which knowledge points of a question set a person said, so that they do not go with its questions.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stated_point",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("point_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_stated_point_resource_id")),
        sa.ForeignKeyConstraint(["point_id"], ["knowledge_point.id"], name=op.f("fk_stated_point_point_id")),
        sa.PrimaryKeyConstraint("resource_id", "point_id", name=op.f("pk_stated_point")),
    )
    op.create_index(op.f("ix_stated_point_point_id"), "stated_point", ["point_id"])
    # Points that none of its questions is about can only have been said; of the others nobody knows any more.
    op.execute(
        "INSERT INTO stated_point (resource_id, point_id) "
        "SELECT resource_point.resource_id, resource_point.point_id FROM resource_point "
        "JOIN resource ON resource.id = resource_point.resource_id "
        "WHERE resource.kind IN ('practice', 'worksheet') AND resource.tier = 'school' "
        "AND NOT EXISTS (SELECT 1 FROM resource_item "
        "JOIN item_point ON item_point.item_id = resource_item.item_id "
        "WHERE resource_item.resource_id = resource_point.resource_id "
        "AND item_point.point_id = resource_point.point_id)"
    )


def downgrade() -> None:
    op.drop_table("stated_point")
