"""Imports of questions, and what became of each.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "question_import",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("made_by_id", NUMBER, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("format", sa.String(32), nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("subject_id", NUMBER, nullable=False),
        sa.Column("grade_from", NUMBER, nullable=False),
        sa.Column("grade_to", NUMBER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("stimuli", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("resource_id", NUMBER),
        sa.Column("is_new_resource", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint(
            "grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12",
            name=op.f("ck_question_import_grades"),
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_question_import_made_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_question_import_organisation_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_question_import_subject_id")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_question_import_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_import")),
    )
    for column in ("made_by_id", "organisation_id", "subject_id", "resource_id"):
        op.create_index(op.f(f"ix_question_import_{column}"), "question_import", [column])
    op.create_table(
        "imported_question",
        sa.Column("import_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("excerpt", sa.String(200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON()),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("point_ids", sa.JSON(), nullable=False),
        sa.Column("likeness", sa.String(32)),
        sa.Column("twin_id", NUMBER),
        sa.Column("twin_position", NUMBER),
        sa.Column("wish", sa.String(32), nullable=False),
        sa.Column("item_id", NUMBER),
        sa.ForeignKeyConstraint(
            ["import_id"], ["question_import.id"], name=op.f("fk_imported_question_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["twin_id"], ["item.id"], name=op.f("fk_imported_question_twin_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_imported_question_item_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_imported_question")),
    )
    for column in ("twin_id", "item_id"):
        op.create_index(op.f(f"ix_imported_question_{column}"), "imported_question", [column])


def downgrade() -> None:
    op.drop_table("imported_question")
    op.drop_table("question_import")
