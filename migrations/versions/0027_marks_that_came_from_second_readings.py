"""Which marks say what a second reader would give, so that the history of an answer can tell.

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "settled_mark",
        sa.Column("answer_id", NUMBER, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("reader_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_settled_mark_answer_id_answer")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["person.id"], name=op.f("fk_settled_mark_reader_id_person")
        ),
        sa.PrimaryKeyConstraint("answer_id", "given_at", name=op.f("pk_settled_mark")),
    )
    # Until now only a reading that is still settled tells: its marks are those that were given at that moment.
    op.execute(
        "INSERT INTO settled_mark (answer_id, given_at, reader_id) "
        "SELECT mark.answer_id, mark.marked_at, second_reading.reader_id FROM second_reading "
        "JOIN answer ON answer.submission_id = second_reading.submission_id "
        "JOIN mark ON mark.answer_id = answer.id "
        "WHERE second_reading.reader_id IS NOT NULL "
        "AND mark.marked_at = second_reading.settled_at "
        "AND mark.marked_by_id = second_reading.settled_by_id"
    )


def downgrade() -> None:
    op.drop_table("settled_mark")
