"""A search index in PostgreSQL: entries, words and state. On SQLite the tables stay empty.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = ("grade_from", "grade_to", "kind", "language", "half", "level")
COLUMNS = (
    "subject", "grade_from", "grade_to", "kind", "language", "edition", "half", "level", "audience", "author",
    "created",
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("resource_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        *(sa.Column(name, sa.SmallInteger() if name in SMALL else NUMBER, nullable=False) for name in COLUMNS),
        sa.Column("uses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_search_entry")),
    )
    op.create_index(op.f("ix_search_entry_words"), "search_entry", ["words"], postgresql_using="gin")
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(200), nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        sa.Column("public_entries", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "search_state",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        sa.Column("vocabulary", NUMBER, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_search_state_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_state")),
    )


def downgrade() -> None:
    op.drop_table("search_state")
    op.drop_table("search_word")
    op.drop_index(op.f("ix_search_entry_words"), table_name="search_entry")
    op.drop_table("search_entry")
