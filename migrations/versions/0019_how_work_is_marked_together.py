"""Comments that are used again, rubrics, numbers instead of names, shared marking and second readers.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "set_apart",
    "second_reading",
    "bank_comment",
    "comment_use",
    "comment_revision",
    "revised_use",
    "rubric",
    "rubric_choice",
    "rubric_change",
    "recalculated_mark",
    "marking_plan",
    "marking_share",
    "pupil_number",
    "name_shown",
    "accepted_text",
)


def upgrade() -> None:
    op.add_column(
        "past_mark", sa.Column("was_taken_back", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _marking()
    _comments()
    _rubrics()
    _markers()
    _refusals()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("past_mark", "was_taken_back")


def _marking() -> None:
    op.create_table(
        "set_apart",
        *_numbers("answer_id", "set_by_id"),
        sa.Column("set_at", MOMENT, nullable=False),
        *_references("set_apart", answer_id="answer", set_by_id="person"),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_set_apart")),
    )
    op.create_table(
        "second_reading",
        *_numbers("submission_id", "asked_by_id"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reader_id", NUMBER),
        sa.Column("begun_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("note", sa.String(300), nullable=False),
        *_references(
            "second_reading", submission_id="submission", asked_by_id="person", reader_id="person"
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_second_reading")),
    )


def _comments() -> None:
    op.create_table(
        "bank_comment",
        _id(),
        *_numbers("owner_id"),
        sa.Column("item_id", NUMBER),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        *_numbers("version"),
        *_references("bank_comment", owner_id="person", item_id="item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_comment")),
    )
    _index("bank_comment", "owner_id", "item_id")
    _index("bank_comment", "item_id")
    op.create_table(
        "comment_use",
        *_numbers("answer_id", "bank_comment_id"),
        *_references("comment_use", answer_id="answer", bank_comment_id="bank_comment"),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_comment_use")),
    )
    _index("comment_use", "bank_comment_id")
    op.create_table(
        "comment_revision",
        _id(),
        *_numbers("bank_comment_id", "made_by_id"),
        sa.Column("earlier_text", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        *_references("comment_revision", bank_comment_id="bank_comment", made_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_revision")),
    )
    _index("comment_revision", "bank_comment_id")
    _index("comment_revision", "made_by_id")
    op.create_table(
        "revised_use",
        *_numbers("revision_id", "answer_id"),
        *_references("revised_use", revision_id="comment_revision", answer_id="answer"),
        sa.PrimaryKeyConstraint("revision_id", "answer_id", name=op.f("pk_revised_use")),
    )
    _index("revised_use", "answer_id")


def _rubrics() -> None:
    op.create_table(
        "rubric",
        _id(),
        *_numbers("assignment_item_id"),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("rounding", sa.String(32), nullable=False),
        *_numbers("written_by_id"),
        sa.Column("written_at", MOMENT, nullable=False),
        *_numbers("version"),
        *_references("rubric", assignment_item_id="assignment_item", written_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric")),
        sa.UniqueConstraint("assignment_item_id", name=op.f("uq_rubric_assignment_item_id")),
    )
    _index("rubric", "written_by_id")
    op.create_table(
        "rubric_choice",
        *_numbers("answer_id"),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        *_numbers("chosen_by_id"),
        sa.Column("chosen_at", MOMENT, nullable=False),
        *_references("rubric_choice", answer_id="answer", chosen_by_id="person"),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_rubric_choice")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_rubric_choice_points")),
    )
    op.create_table(
        "rubric_change",
        _id(),
        *_numbers("rubric_id"),
        sa.Column("earlier_criteria", sa.JSON(), nullable=False),
        sa.Column("earlier_rounding", sa.String(32), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("rounding", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_numbers("made_by_id"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        *_references("rubric_change", rubric_id="rubric", made_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_change")),
    )
    _index("rubric_change", "rubric_id")
    _index("rubric_change", "made_by_id")
    op.create_table(
        "recalculated_mark",
        *_numbers("rubric_change_id", "answer_id"),
        sa.Column("earlier_points", sa.Double(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        *_numbers("version"),
        *_references("recalculated_mark", rubric_change_id="rubric_change", answer_id="answer"),
        sa.PrimaryKeyConstraint("rubric_change_id", "answer_id", name=op.f("pk_recalculated_mark")),
    )
    _index("recalculated_mark", "answer_id")


def _markers() -> None:
    op.create_table(
        "marking_plan",
        *_numbers("assignment_id"),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("division", sa.String(32), nullable=False),
        *_numbers("set_by_id"),
        sa.Column("set_at", MOMENT, nullable=False),
        *_numbers("version"),
        *_references("marking_plan", assignment_id="assignment", set_by_id="person"),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_marking_plan")),
    )
    op.create_table(
        "marking_share",
        _id(),
        *_numbers("assignment_id", "teacher_id"),
        sa.Column("assignment_item_id", NUMBER),
        *_references(
            "marking_share",
            assignment_id="assignment",
            teacher_id="person",
            assignment_item_id="assignment_item",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_share")),
        sa.UniqueConstraint(
            "assignment_id",
            "teacher_id",
            "assignment_item_id",
            name=op.f("uq_marking_share_assignment_id_teacher_id_assignment_item_id"),
        ),
    )
    _index("marking_share", "assignment_id")
    _index("marking_share", "assignment_item_id")
    op.create_table(
        "pupil_number",
        *_numbers("assignment_id", "student_id", "number"),
        *_references("pupil_number", assignment_id="assignment", student_id="person"),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", name=op.f("pk_pupil_number")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_pupil_number_assignment_id_number")),
    )
    _index("pupil_number", "student_id")
    op.create_table(
        "name_shown",
        _id(),
        *_numbers("submission_id", "teacher_id"),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
        *_references("name_shown", submission_id="submission", teacher_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_shown")),
        sa.UniqueConstraint(
            "submission_id", "teacher_id", name=op.f("uq_name_shown_submission_id_teacher_id")
        ),
    )
    _index("name_shown", "teacher_id")


def _refusals() -> None:
    op.create_table(
        "accepted_text",
        _id(),
        *_numbers("assignment_item_id", "blank"),
        sa.Column("text", sa.Text(), nullable=False),
        *_numbers("accepted_by_id"),
        sa.Column("accepted_at", MOMENT, nullable=False),
        *_references("accepted_text", assignment_item_id="assignment_item", accepted_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_text")),
    )
    _index("accepted_text", "assignment_item_id", "blank")


def _id() -> sa.Column[int]:
    return sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False)


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, NUMBER, autoincrement=False, nullable=False) for name in names]


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]


def _index(table: str, *columns: str) -> None:
    name = "_".join(f"{table}_{column}" for column in columns)
    op.create_index(op.f(f"ix_{name}"), table, list(columns))
