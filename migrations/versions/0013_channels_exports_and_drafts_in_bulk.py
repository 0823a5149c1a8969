"""Channels that are taken in, files that are taken out, imports that land as drafts, two more filters of the search.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = ("library_export", "channel_list", "channel_part", "channel_import")
INDEXED = (
    ("channel_import", "ordered_by_id"),
    ("channel_import", "ordered_for_id"),
    ("channel_import", "channel_key", "ordered_for_id"),
    ("channel_part", "resource_id"),
    ("channel_list", "collection_id"),
    ("library_export", "ordered_by_id"),
    ("library_export", "ordered_for_id"),
    ("library_export", "collection_id"),
)


def upgrade() -> None:
    op.create_table(
        "channel_import",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("ordered_by_id", "ordered_for_id"),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("organisation_id", NUMBER),
        sa.Column("subject_id", NUMBER),
        *_numbers("grade_from", "grade_to"),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("is_stop_asked", sa.Boolean(), nullable=False),
        sa.Column("channel_key", sa.String(32), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        *_numbers("channel_version"),
        sa.Column("schema", sa.String(20), nullable=False),
        *_numbers("parts_total", "parts_done", "added", "changed", "unchanged", "refused", "files_taken"),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint(
            "tier = 'public' OR organisation_id IS NOT NULL", name=op.f("ck_channel_import_owner")
        ),
        sa.CheckConstraint(
            "grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12",
            name=op.f("ck_channel_import_grades"),
        ),
        *_references(
            "channel_import",
            ordered_by_id="person",
            ordered_for_id="organisation",
            organisation_id="organisation",
            subject_id="subject",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_import")),
    )
    op.create_table(
        "channel_part",
        sa.Column("import_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        *_numbers("depth"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("note", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.Column("resource_id", NUMBER),
        *_references("channel_part", import_id="channel_import", resource_id="resource"),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_channel_part")),
    )
    op.create_table(
        "channel_list",
        sa.Column("organisation_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("topic_key", sa.String(48), nullable=False),
        *_numbers("collection_id"),
        *_references("channel_list", organisation_id="organisation", collection_id="collection"),
        sa.PrimaryKeyConstraint("organisation_id", "tier", "topic_key", name=op.f("pk_channel_list")),
    )
    op.create_table(
        "library_export",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("ordered_by_id", "ordered_for_id"),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("collection_id", NUMBER),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        *_numbers("written", "without_files"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("file_sha256", sa.String(64)),
        sa.Column("report_sha256", sa.String(64)),
        *_numbers("size_bytes"),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        *_references(
            "library_export", ordered_by_id="person", ordered_for_id="organisation", collection_id="collection"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_export")),
    )
    for table, *columns in INDEXED:
        op.create_index(op.f(f"ix_{'_'.join(f'{table}_{column}' for column in columns)}"), table, columns)
    with op.batch_alter_table("import_order") as order:
        order.add_column(sa.Column("is_draft", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("import_order") as order:
        order.alter_column("is_draft", server_default=None)
    # What was indexed before tells nothing of these: without a state the index is made anew.
    op.execute("DELETE FROM search_state")
    op.execute("DELETE FROM search_entry")
    with op.batch_alter_table("search_entry") as entry:
        entry.add_column(sa.Column("end_user", sa.SmallInteger(), nullable=False))
        entry.add_column(sa.Column("features", NUMBER, nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM search_state")
    with op.batch_alter_table("search_entry") as entry:
        entry.drop_column("features")
        entry.drop_column("end_user")
    with op.batch_alter_table("import_order") as order:
        order.drop_column("is_draft")
    for table in TABLES:
        op.drop_table(table)


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, NUMBER, nullable=False) for name in names]


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]
