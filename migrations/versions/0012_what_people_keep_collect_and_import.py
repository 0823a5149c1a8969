"""What people keep, collect and import: favourites, trays, collections, ordered imports.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "favourite",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("person_id", "resource_id"),
        sa.Column("marked_at", MOMENT, nullable=False),
        *_references("favourite", person_id="person", resource_id="resource"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_favourite")),
        sa.UniqueConstraint("person_id", "resource_id", name=op.f("uq_favourite_person_id_resource_id")),
    )
    _index("favourite", "person_id")
    _index("favourite", "resource_id")
    op.create_table(
        "tray_entry",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("person_id", "resource_id", "position"),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        *_references("tray_entry", person_id="person", resource_id="resource"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tray_entry")),
        sa.UniqueConstraint("person_id", "resource_id", name=op.f("uq_tray_entry_person_id_resource_id")),
    )
    _index("tray_entry", "person_id", "position")
    _index("tray_entry", "resource_id")
    op.create_table(
        "collection",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("organisation_id", NUMBER),
        sa.Column("subject_id", NUMBER),
        *_numbers("created_by_id", "grade_from", "grade_to", "version"),
        sa.Column("tone", sa.String(32), nullable=False),
        sa.Column("picture", sa.String(32), nullable=False),
        sa.Column("search", sa.JSON(), nullable=False),
        sa.Column("shared_at", MOMENT),
        sa.Column("removed_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12",
            name=op.f("ck_collection_grades"),
        ),
        sa.CheckConstraint(
            "tier = 'personal' OR organisation_id IS NOT NULL", name=op.f("ck_collection_owner")
        ),
        *_references(
            "collection", organisation_id="organisation", subject_id="subject", created_by_id="person"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
    )
    for columns in (("tier", "shared_at"), ("organisation_id",), ("subject_id",), ("created_by_id",)):
        _index("collection", *columns)
    op.create_table(
        "collection_entry",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("collection_id", "resource_id", "position", "version"),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("removed_at", MOMENT),
        *_references("collection_entry", collection_id="collection", resource_id="resource"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_entry")),
        sa.UniqueConstraint(
            "collection_id", "resource_id", name=op.f("uq_collection_entry_collection_id_resource_id")
        ),
    )
    _index("collection_entry", "collection_id", "position")
    _index("collection_entry", "resource_id")
    op.create_table(
        "import_order",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("ordered_by_id", "ordered_for_id"),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("organisation_id", NUMBER),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("form", sa.String(8), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("is_strict", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("is_stop_asked", sa.Boolean(), nullable=False),
        *_numbers("lines_total", "lines_done", "added", "changed", "unchanged", "refused"),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint(
            "tier = 'public' OR organisation_id IS NOT NULL", name=op.f("ck_import_order_owner")
        ),
        *_references(
            "import_order",
            ordered_by_id="person",
            ordered_for_id="organisation",
            organisation_id="organisation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_order")),
    )
    _index("import_order", "ordered_by_id")
    _index("import_order", "ordered_for_id")
    op.create_table(
        "import_order_problem",
        sa.Column("order_id", NUMBER, nullable=False),
        sa.Column("line", NUMBER, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        *_references("import_order_problem", order_id="import_order"),
        sa.PrimaryKeyConstraint("order_id", "line", name=op.f("pk_import_order_problem")),
    )


def downgrade() -> None:
    for table in ("import_order_problem", "import_order", "collection_entry", "collection", "tray_entry", "favourite"):
        op.drop_table(table)


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, NUMBER, nullable=False) for name in names]


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]


def _index(table: str, *columns: str) -> None:
    name = "_".join(f"{table}_{column}" for column in columns)
    op.create_index(op.f(f"ix_{name}"), table, list(columns))
