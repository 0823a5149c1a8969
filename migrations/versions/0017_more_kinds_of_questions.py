"""More kinds of questions: pictures, parameters, what several are about; seeds; recordings.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ADDED = ("stimulus_position", "stimulus_version_id", "parameters", "pictures", "licence", "source")


def upgrade() -> None:
    op.create_table(
        "stimulus",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("identifier", sa.String(200), nullable=False),
        sa.Column("subject_id", NUMBER, nullable=False),
        sa.Column("current_version_id", NUMBER),
        sa.Column("created_by_id", NUMBER),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_stimulus_subject_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_stimulus_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stimulus")),
        sa.UniqueConstraint("identifier", name=op.f("uq_stimulus_identifier")),
    )
    op.create_index(op.f("ix_stimulus_subject_id"), "stimulus", ["subject_id"])
    op.create_table(
        "stimulus_version",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("stimulus_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["stimulus_id"], ["stimulus.id"], name=op.f("fk_stimulus_version_stimulus_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stimulus_version")),
        sa.UniqueConstraint("stimulus_id", "number", name=op.f("uq_stimulus_version_stimulus_id_number")),
    )
    op.create_index(op.f("ix_stimulus_version_stimulus_id"), "stimulus_version", ["stimulus_id"])
    with op.batch_alter_table("stimulus") as batch_op:
        batch_op.create_foreign_key(
            "fk_stimulus_current_version", "stimulus_version", ["current_version_id"], ["id"]
        )
    with op.batch_alter_table("item_version") as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("licence", sa.String(64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("pictures", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("parameters", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("stimulus_version_id", NUMBER))
        batch_op.add_column(sa.Column("stimulus_position", NUMBER))
        batch_op.create_foreign_key(
            op.f("fk_item_version_stimulus_version_id"), "stimulus_version", ["stimulus_version_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_item_version_stimulus_version_id"), ["stimulus_version_id"])
    with op.batch_alter_table("item_version") as batch_op:
        for name in ("source", "licence", "pictures", "parameters"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.add_column(sa.Column("seed", NUMBER))
    op.create_table(
        "recording",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("answer_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("upload_sha256", sa.String(64), nullable=False),
        sa.Column("sound_sha256", sa.String(64), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_recording_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("answer_id", "position", name=op.f("uq_recording_answer_id_position")),
    )
    op.create_index(op.f("ix_recording_answer_id"), "recording", ["answer_id"])


def downgrade() -> None:
    op.drop_table("recording")
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_column("seed")
    with op.batch_alter_table("item_version") as batch_op:
        batch_op.drop_index(op.f("ix_item_version_stimulus_version_id"))
        batch_op.drop_constraint(op.f("fk_item_version_stimulus_version_id"), type_="foreignkey")
        for name in ADDED:
            batch_op.drop_column(name)
    with op.batch_alter_table("stimulus") as batch_op:
        batch_op.drop_constraint("fk_stimulus_current_version", type_="foreignkey")
    op.drop_table("stimulus_version")
    op.drop_table("stimulus")
