"""Marking anew when a key was wrong, and corrections of returned work.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "assignment_item", sa.Column("is_dropped", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _regrades()
    _corrections()
    _notices()


def downgrade() -> None:
    for table in (
        "work_notice",
        "correction_page",
        "correction",
        "regrade_change",
        "regrade_question",
        "regrade",
    ):
        op.drop_table(table)
    op.drop_column("assignment_item", "is_dropped")


def _regrades() -> None:
    op.create_table(
        "regrade",
        _id(),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        *_numbers("item_id", "made_by_id"),
        sa.Column("version_ids", sa.JSON(), nullable=False),
        sa.Column("new_version_id", NUMBER),
        sa.Column("earlier_current_id", NUMBER),
        sa.Column("policy", sa.String(32), nullable=False),
        sa.Column("is_everywhere", sa.Boolean(), nullable=False),
        sa.Column("overwritten", sa.JSON(), nullable=False),
        sa.Column("recounted", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("applied_at", MOMENT),
        sa.Column("undone_at", MOMENT),
        sa.Column("undone_by_id", NUMBER),
        *_references(
            "regrade",
            item_id="item",
            made_by_id="person",
            new_version_id="item_version",
            earlier_current_id="item_version",
            undone_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
        sa.UniqueConstraint("client_key", name=op.f("uq_regrade_client_key")),
    )
    _index("regrade", "item_id")
    _index("regrade", "made_by_id")
    op.create_table(
        "regrade_question",
        *_numbers("regrade_id", "assignment_item_id"),
        sa.Column("earlier_version_id", NUMBER),
        *_references(
            "regrade_question",
            regrade_id="regrade",
            assignment_item_id="assignment_item",
            earlier_version_id="item_version",
        ),
        sa.PrimaryKeyConstraint("regrade_id", "assignment_item_id", name=op.f("pk_regrade_question")),
    )
    _index("regrade_question", "assignment_item_id")
    op.create_table(
        "regrade_change",
        _id(),
        *_numbers("regrade_id", "attempt_id"),
        sa.Column("answer_id", NUMBER),
        sa.Column("earlier_score", sa.Double()),
        sa.Column("earlier_is_correct", sa.Boolean()),
        sa.Column("score", sa.Double()),
        sa.Column("is_correct", sa.Boolean()),
        sa.Column("marks", sa.Boolean(), nullable=False),
        sa.Column("earlier_points", sa.Double()),
        sa.Column("earlier_comment", sa.Text(), nullable=False),
        sa.Column("earlier_source", sa.String(32)),
        sa.Column("earlier_marked_by_id", NUMBER),
        sa.Column("earlier_marked_at", MOMENT),
        sa.Column("earlier_version", NUMBER),
        sa.Column("points", sa.Double()),
        sa.Column("version", NUMBER),
        *_references(
            "regrade_change",
            regrade_id="regrade",
            attempt_id="attempt",
            answer_id="answer",
            earlier_marked_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_change")),
        sa.UniqueConstraint(
            "regrade_id", "attempt_id", name=op.f("uq_regrade_change_regrade_id_attempt_id")
        ),
    )
    _index("regrade_change", "attempt_id")
    _index("regrade_change", "answer_id")


def _corrections() -> None:
    op.create_table(
        "correction",
        _id(),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        *_numbers("submission_id", "assignment_item_id", "number", "attempt_id"),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("corrected_at", MOMENT, nullable=False),
        sa.Column("judged_by_id", NUMBER),
        sa.Column("judged_at", MOMENT),
        *_numbers("version"),
        *_references(
            "correction",
            submission_id="submission",
            assignment_item_id="assignment_item",
            attempt_id="attempt",
            judged_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("client_key", name=op.f("uq_correction_client_key")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_correction_attempt_id")),
        sa.UniqueConstraint(
            "submission_id",
            "assignment_item_id",
            "number",
            name=op.f("uq_correction_submission_id_assignment_item_id_number"),
        ),
    )
    _index("correction", "assignment_item_id", "state")
    op.create_table(
        "correction_page",
        _id(),
        *_numbers("correction_id", "position"),
        sa.Column("upload_sha256", sa.String(64), nullable=False),
        sa.Column("picture_sha256", sa.String(64), nullable=False),
        sa.Column("thumbnail_sha256", sa.String(64), nullable=False),
        *_numbers("width", "height"),
        *_references("correction_page", correction_id="correction"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_page")),
        sa.UniqueConstraint(
            "correction_id", "position", name=op.f("uq_correction_page_correction_id_position")
        ),
    )


def _notices() -> None:
    op.create_table(
        "work_notice",
        _id(),
        *_numbers("person_id", "assignment_id"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("shown_from", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT),
        *_references("work_notice", person_id="person", assignment_id="assignment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_notice")),
        sa.UniqueConstraint(
            "person_id", "assignment_id", "about", name=op.f("uq_work_notice_person_id_assignment_id_about")
        ),
    )
    _index("work_notice", "person_id", "seen_at")


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
