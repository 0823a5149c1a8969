"""Work on paper: who entered a hand-in, and what was typed so far.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("submission") as batch_op:
        batch_op.add_column(sa.Column("entered_by_id", NUMBER))
        batch_op.create_foreign_key(
            op.f("fk_submission_entered_by_id"), "person", ["entered_by_id"], ["id"]
        )
    op.create_table(
        "paper_row",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("assignment_id", NUMBER, nullable=False),
        sa.Column("student_id", NUMBER, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("taken_version", NUMBER),
        sa.Column("saved_by_id", NUMBER, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_paper_row_assignment_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_paper_row_student_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_paper_row_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_row")),
        sa.UniqueConstraint(
            "assignment_id", "student_id", name=op.f("uq_paper_row_assignment_id_student_id")
        ),
    )
    op.create_index(op.f("ix_paper_row_assignment_id"), "paper_row", ["assignment_id"])
    op.create_index(op.f("ix_paper_row_student_id"), "paper_row", ["student_id"])


def downgrade() -> None:
    op.drop_table("paper_row")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_constraint(op.f("fk_submission_entered_by_id"), type_="foreignkey")
        batch_op.drop_column("entered_by_id")
