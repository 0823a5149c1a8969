"""How resources are trusted: review, faults, outcomes, duplicates, links.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def _id() -> sa.Column:
    return sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False)


def _points_to(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """Foreign keys of *table*, by column and target table."""
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def _index(table: str, *columns: str, unique: bool = False) -> None:
    names = "_".join(f"{table}_{column}" for column in columns)
    op.create_index(op.f(f"ix_{names}"), table, list(columns), unique=unique)


def upgrade() -> None:
    with op.batch_alter_table("resource") as resource:
        resource.add_column(sa.Column("replaced_by_id", NUMBER))
        resource.create_foreign_key(op.f("fk_resource_replaced_by_id"), "resource", ["replaced_by_id"], ["id"])
        resource.create_index(op.f("ix_resource_replaced_by_id"), ["replaced_by_id"])
    with op.batch_alter_table("resource_use") as use:
        for column in ("classes", "started"):
            use.add_column(sa.Column(column, NUMBER, nullable=False, server_default="0"))
    with op.batch_alter_table("resource_use") as use:
        for column in ("classes", "started"):
            use.alter_column(column, server_default=None)
    op.create_table(
        "kept_resource",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("class_id", NUMBER, nullable=False),
        *_points_to("kept_resource", resource_id="resource", class_id="school_class"),
        sa.PrimaryKeyConstraint("resource_id", "class_id", name=op.f("pk_kept_resource")),
    )
    _index("kept_resource", "class_id")
    op.create_table(
        "review_request",
        _id(),
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("open_for_id", NUMBER),
        sa.Column("level", WORD, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("submitted_by_id", NUMBER, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decision", WORD),
        sa.Column("decided_by_id", NUMBER),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.Text(), nullable=False),
        *_points_to(
            "review_request",
            resource_id="resource",
            organisation_id="organisation",
            submitted_by_id="person",
            decided_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_request")),
    )
    _index("review_request", "resource_id")
    _index("review_request", "open_for_id", unique=True)
    _index("review_request", "organisation_id", "decision", "id")
    op.create_table(
        "reviewer",
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        *_points_to("reviewer", organisation_id="organisation", person_id="person"),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_reviewer")),
    )
    _index("reviewer", "person_id")
    op.create_table(
        "resource_log",
        _id(),
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("act", WORD, nullable=False),
        sa.Column("actor_id", NUMBER),
        sa.Column("role", WORD, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("tier", WORD, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_points_to(
            "resource_log", resource_id="resource", actor_id="person", organisation_id="organisation"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_log")),
    )
    _index("resource_log", "resource_id")
    op.create_table(
        "fault_report",
        _id(),
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", NUMBER),
        sa.Column("answered_at", MOMENT),
        *_points_to("fault_report", resource_id="resource", person_id="person", answered_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_report")),
        sa.UniqueConstraint(
            "resource_id", "person_id", "kind", name=op.f("uq_fault_report_resource_id_person_id_kind")
        ),
    )
    _index("fault_report", "person_id", "reported_at")
    _index("fault_report", "state", "resource_id")
    op.create_table(
        "resource_fingerprint",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        *_points_to("resource_fingerprint", resource_id="resource"),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource_fingerprint")),
    )
    _index("resource_fingerprint", "text_sha256")
    op.create_table(
        "duplicate_pair",
        _id(),
        sa.Column("first_id", NUMBER, nullable=False),
        sa.Column("second_id", NUMBER, nullable=False),
        sa.Column("sameness", WORD, nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("verdict", WORD),
        sa.Column("judged_by_id", NUMBER),
        sa.Column("judged_at", MOMENT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_duplicate_pair_order")),
        sa.CheckConstraint("likeness BETWEEN 0 AND 1", name=op.f("ck_duplicate_pair_likeness")),
        *_points_to("duplicate_pair", first_id="resource", second_id="resource", judged_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_duplicate_pair_first_id_second_id")),
    )
    _index("duplicate_pair", "second_id")
    _index("duplicate_pair", "verdict", "id")
    op.create_table(
        "link_check",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("problem", sa.String(64), nullable=False),
        sa.Column("failures", NUMBER, nullable=False),
        sa.Column("failed_on", sa.Date()),
        sa.Column("checked_at", MOMENT, nullable=False),
        *_points_to("link_check", resource_id="resource"),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_link_check")),
    )
    _index("link_check", "state", "resource_id")
    _index("link_check", "checked_at")
    op.create_table(
        "homework_notice",
        _id(),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("assignment_id", NUMBER, nullable=False),
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT),
        *_points_to(
            "homework_notice", person_id="person", assignment_id="assignment", resource_id="resource"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homework_notice")),
        sa.UniqueConstraint(
            "assignment_id", "resource_id", name=op.f("uq_homework_notice_assignment_id_resource_id")
        ),
    )
    _index("homework_notice", "person_id", "seen_at")
    _index("homework_notice", "resource_id")


def downgrade() -> None:
    for table in (
        "homework_notice",
        "link_check",
        "duplicate_pair",
        "resource_fingerprint",
        "fault_report",
        "resource_log",
        "reviewer",
        "review_request",
        "kept_resource",
    ):
        op.drop_table(table)
    with op.batch_alter_table("resource_use") as use:
        for column in ("started", "classes"):
            use.drop_column(column)
    with op.batch_alter_table("resource") as resource:
        resource.drop_index(op.f("ix_resource_replaced_by_id"))
        resource.drop_constraint(op.f("fk_resource_replaced_by_id"), type_="foreignkey")
        resource.drop_column("replaced_by_id")
