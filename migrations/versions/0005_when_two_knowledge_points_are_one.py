"""Merges of knowledge points, what each moved, and checks that the models promise.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "volume": {"half": "half BETWEEN 0 AND 2"},
    "resource": {
        "title": "length(trim(title)) > 0",
        "identifier": "length(identifier) > 0",
        "language": "length(language) BETWEEN 2 AND 16",
        "version": "version > 0",
    },
}


def upgrade() -> None:
    with op.batch_alter_table("knowledge_point") as point:
        point.add_column(sa.Column("merged_into_id", NUMBER))
        point.create_foreign_key(
            op.f("fk_knowledge_point_merged_into_id"), "knowledge_point", ["merged_into_id"], ["id"]
        )
        point.create_index(op.f("ix_knowledge_point_merged_into_id"), ["merged_into_id"])
        point.create_check_constraint(op.f("ck_knowledge_point_grade"), "grade BETWEEN 1 AND 12")
        point.create_check_constraint(op.f("ck_knowledge_point_not_into_itself"), "merged_into_id <> id")
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch:
            for name, condition in checks.items():
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
    op.create_table(
        "point_merge",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("merged_id", NUMBER, nullable=False),
        sa.Column("kept_id", NUMBER, nullable=False),
        sa.Column("merged_by_id", NUMBER),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("undone_by_id", NUMBER),
        sa.Column("undone_at", MOMENT),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_point_merge_two_points")),
        sa.ForeignKeyConstraint(["merged_id"], ["knowledge_point.id"], name=op.f("fk_point_merge_merged_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["knowledge_point.id"], name=op.f("fk_point_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["person.id"], name=op.f("fk_point_merge_merged_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_point_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_merge")),
    )
    op.create_index(op.f("ix_point_merge_merged_id"), "point_merge", ["merged_id"])
    op.create_index(op.f("ix_point_merge_kept_id"), "point_merge", ["kept_id"])
    op.create_table(
        "point_merge_row",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("merge_id", NUMBER, nullable=False),
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("column_name", sa.String(64), nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.Column("was_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["point_merge.id"], name=op.f("fk_point_merge_row_merge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_merge_row")),
    )
    op.create_index(op.f("ix_point_merge_row_merge_id"), "point_merge_row", ["merge_id"])


def downgrade() -> None:
    op.drop_table("point_merge_row")
    op.drop_table("point_merge")
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch:
            for name in checks:
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table("knowledge_point") as point:
        point.drop_constraint(op.f("ck_knowledge_point_not_into_itself"), type_="check")
        point.drop_constraint(op.f("ck_knowledge_point_grade"), type_="check")
        point.drop_index(op.f("ix_knowledge_point_merged_into_id"))
        point.drop_constraint(op.f("fk_knowledge_point_merged_into_id"), type_="foreignkey")
        point.drop_column("merged_into_id")
