"""What people keep: favourites, and the trays of teachers.

Revision: 0013, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0004"
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


def downgrade() -> None:
    for table in ("tray_entry", "favourite"):
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
