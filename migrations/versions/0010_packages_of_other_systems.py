"""Packages of other systems, and what came of every part of them.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SHORT = sa.String(length=32)


def upgrade() -> None:
    op.create_table(
        "package_import",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("subject_id", NUMBER, nullable=False),
        sa.Column("grade_from", NUMBER, nullable=False),
        sa.Column("grade_to", NUMBER, nullable=False),
        sa.Column("state", SHORT, nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=False),
        sa.Column("problem_details", sa.JSON(), nullable=False),
        sa.Column("made_by_id", NUMBER, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12",
            name=op.f("ck_package_import_grades"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_package_import_organisation_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_package_import_subject_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_package_import_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_import")),
        sa.UniqueConstraint(
            "organisation_id", "source_sha256", name=op.f("uq_package_import_organisation_id_source_sha256")
        ),
    )
    for column in ("made_by_id", "organisation_id"):
        op.create_index(op.f(f"ix_package_import_{column}"), "package_import", [column])
    op.create_table(
        "package_part",
        sa.Column("import_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("depth", NUMBER, nullable=False),
        sa.Column("kind", SHORT, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("outcome", SHORT, nullable=False),
        sa.Column("note", SHORT, nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("resource_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["package_import.id"], name=op.f("fk_package_part_import_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_package_part_resource_id")),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_package_part")),
    )
    op.create_index(op.f("ix_package_part_resource_id"), "package_part", ["resource_id"])


def downgrade() -> None:
    op.drop_table("package_part")
    op.drop_table("package_import")
