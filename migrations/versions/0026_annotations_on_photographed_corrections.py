"""What teachers draw, stamp, write and say on photographs of corrections.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "correction_note",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("page_id", NUMBER, nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("shape", sa.JSON(), nullable=False),
        sa.Column("sound_sha256", sa.String(64)),
        sa.Column("seconds", sa.Double()),
        sa.Column("made_by_id", NUMBER, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.CheckConstraint(
            "(kind = 'voice') = (sound_sha256 IS NOT NULL)", name=op.f("ck_correction_note_sound")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["correction_page.id"], name=op.f("fk_correction_note_page_id_correction_page")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_correction_note_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_note")),
        sa.UniqueConstraint("client_key", name=op.f("uq_correction_note_client_key")),
    )
    op.create_index(op.f("ix_correction_note_page_id"), "correction_note", ["page_id"])


def downgrade() -> None:
    op.drop_table("correction_note")
