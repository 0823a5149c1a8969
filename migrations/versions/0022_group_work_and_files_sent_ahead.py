"""Group work, photographs and recordings that are sent ahead of the work, spoken corrections.

Revision: 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
HASH = sa.String(64)


def upgrade() -> None:
    op.add_column("assignment", sa.Column("teaming", sa.String(32), nullable=False, server_default="alone"))
    op.add_column("assignment", sa.Column("team_size", NUMBER))
    _teams()
    with op.batch_alter_table("submission") as batch_op:
        batch_op.add_column(sa.Column("team_hand_in_id", NUMBER))
        batch_op.create_foreign_key(
            "fk_submission_team_hand_in_id", "team_hand_in", ["team_hand_in_id"], ["id"]
        )
    op.create_index(op.f("ix_submission_team_hand_in_id"), "submission", ["team_hand_in_id"])
    _sent_files()
    _own_marks()
    _spoken_corrections()


def downgrade() -> None:
    for table in ("correction_recording", "own_mark", "sent_file"):
        op.drop_table(table)
    op.drop_index(op.f("ix_submission_team_hand_in_id"), "submission")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_constraint("fk_submission_team_hand_in_id", type_="foreignkey")
        batch_op.drop_column("team_hand_in_id")
    for table in ("team_hand_in", "team_member", "team"):
        op.drop_table(table)
    op.drop_column("assignment", "team_size")
    op.drop_column("assignment", "teaming")


def _teams() -> None:
    op.create_table(
        "team",
        _id(),
        *_numbers("assignment_id", "class_id", "number"),
        *_references("team", assignment_id="assignment", class_id="school_class"),
        sa.UniqueConstraint(
            "assignment_id", "class_id", "number", name=op.f("uq_team_assignment_id_class_id_number")
        ),
        sa.UniqueConstraint("id", "assignment_id", name=op.f("uq_team_id_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_index(op.f("ix_team_class_id"), "team", ["class_id"])
    op.create_table(
        "team_member",
        *_numbers("assignment_id", "student_id", "team_id"),
        *_references("team_member", student_id="person"),
        sa.ForeignKeyConstraint(
            ["team_id", "assignment_id"],
            ["team.id", "team.assignment_id"],
            name=op.f("fk_team_member_team_id"),
        ),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_student_id"), "team_member", ["student_id"])
    op.create_index(op.f("ix_team_member_team_id"), "team_member", ["team_id"])
    op.create_table(
        "team_hand_in",
        _id(),
        *_numbers("team_id"),
        sa.Column("handed_in_by_id", NUMBER),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=False),
        *_references("team_hand_in", team_id="team", handed_in_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_hand_in")),
    )
    op.create_index(op.f("ix_team_hand_in_team_id"), "team_hand_in", ["team_id"])
    op.create_index(op.f("ix_team_hand_in_handed_in_by_id"), "team_hand_in", ["handed_in_by_id"])


def _sent_files() -> None:
    op.create_table(
        "sent_file",
        _id(),
        *_numbers("student_id", "assignment_id"),
        sa.Column("upload_sha256", HASH, nullable=False),
        sa.Column("is_sound", sa.Boolean(), nullable=False),
        sa.Column("kept_sha256", HASH, nullable=False),
        sa.Column("thumbnail_sha256", HASH),
        *_numbers("width", "height"),
        sa.Column("seconds", sa.Double()),
        sa.Column("sent_at", MOMENT, nullable=False),
        *_references("sent_file", student_id="person", assignment_id="assignment"),
        sa.CheckConstraint(
            "(is_sound AND seconds IS NOT NULL) OR (NOT is_sound AND thumbnail_sha256 IS NOT NULL)",
            name=op.f("ck_sent_file_kind"),
        ),
        sa.UniqueConstraint(
            "student_id",
            "assignment_id",
            "upload_sha256",
            "is_sound",
            name=op.f("uq_sent_file_student_id_assignment_id_upload_sha256_is_sound"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_file")),
    )
    op.create_index(op.f("ix_sent_file_assignment_id"), "sent_file", ["assignment_id"])
    op.create_index(op.f("ix_sent_file_sent_at"), "sent_file", ["sent_at"])


def _own_marks() -> None:
    op.create_table(
        "own_mark",
        *_numbers("answer_id", "given_by_id"),
        sa.Column("given_at", MOMENT, nullable=False),
        *_references("own_mark", answer_id="answer", given_by_id="person"),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_own_mark")),
    )


def _spoken_corrections() -> None:
    op.create_table(
        "correction_recording",
        _id(),
        *_numbers("correction_id", "position"),
        sa.Column("upload_sha256", HASH, nullable=False),
        sa.Column("sound_sha256", HASH, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        *_references("correction_recording", correction_id="correction"),
        sa.UniqueConstraint(
            "correction_id", "position", name=op.f("uq_correction_recording_correction_id_position")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_recording")),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False)


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, NUMBER, autoincrement=False, nullable=False) for name in names]


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]
