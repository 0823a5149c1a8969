"""Exchange with other libraries: what is offered to them, and what comes from them.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SHORT = sa.String(32)
COUNTS = ("expected", "records", "added", "changed", "unchanged", "withdrawn", "ours", "refused", "conflicts")
TABLES = (
    "oai_partner",
    "oai_record",
    "harvest_conflict",
    "harvested_resource",
    "harvest_note",
    "harvest_run",
    "harvest_source",
)


def upgrade() -> None:
    op.create_table(
        "harvest_source",
        *_key("harvest_source"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("set_spec", sa.String(200), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("tier", SHORT, nullable=False),
        _link("harvest_source", "organisation_id", "organisation.id"),
        sa.Column("every_hours", NUMBER, nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        _link("harvest_source", "created_by_id", "person.id", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("harvested_until", sa.String(32), nullable=False),
        sa.Column("next_until", sa.String(32), nullable=False),
        sa.Column("prefix", sa.String(32), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.CheckConstraint("every_hours >= 0", name=op.f("ck_harvest_source_every_hours")),
        sa.UniqueConstraint(
            "url", "set_spec", "organisation_id", name=op.f("uq_harvest_source_url_set_spec_organisation_id")
        ),
    )
    op.create_index(op.f("ix_harvest_source_organisation_id"), "harvest_source", ["organisation_id"])
    op.create_table(
        "harvest_run",
        *_key("harvest_run"),
        _link("harvest_run", "source_id", "harvest_source.id"),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in COUNTS),
        sa.Column("problem", sa.JSON(), nullable=False),
    )
    op.create_index(op.f("ix_harvest_run_source_id"), "harvest_run", ["source_id"])
    op.create_table(
        "harvest_note",
        *_key("harvest_note"),
        _link("harvest_note", "run_id", "harvest_run.id"),
        sa.Column("identifier", sa.String(700), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
    )
    op.create_index(op.f("ix_harvest_note_run_id"), "harvest_note", ["run_id"])
    op.create_table(
        "harvested_resource",
        sa.Column("resource_id", NUMBER, nullable=False),
        _link("harvested_resource", "source_id", "harvest_source.id"),
        sa.Column("identifier", sa.String(700), nullable=False),
        sa.Column("datestamp", sa.String(32), nullable=False),
        sa.Column("received_sha256", sa.String(64), nullable=False),
        sa.Column("taken_sha256", sa.String(64), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("is_withdrawn_there", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_harvested_resource_resource_id")
        ),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_harvested_resource")),
        sa.UniqueConstraint("identifier", name=op.f("uq_harvested_resource_identifier")),
    )
    op.create_index(op.f("ix_harvested_resource_source_id"), "harvested_resource", ["source_id"])
    op.create_table(
        "harvest_conflict",
        *_key("harvest_conflict"),
        _link("harvest_conflict", "source_id", "harvest_source.id"),
        _link("harvest_conflict", "resource_id", "resource.id"),
        sa.Column("identifier", sa.String(700), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("received_sha256", sa.String(64), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("decision", SHORT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        _link("harvest_conflict", "decided_by_id", "person.id", nullable=True),
        sa.UniqueConstraint(
            "source_id", "resource_id", name=op.f("uq_harvest_conflict_source_id_resource_id")
        ),
    )
    op.create_index(op.f("ix_harvest_conflict_source_id"), "harvest_conflict", ["source_id"])
    op.create_index(op.f("ix_harvest_conflict_resource_id"), "harvest_conflict", ["resource_id"])
    op.create_index(
        op.f("ix_harvest_conflict_decision_harvest_conflict_source_id"), "harvest_conflict", ["decision", "source_id"]
    )
    op.create_table(
        "oai_record",
        *_key("oai_record"),
        sa.Column("resource_id", NUMBER, nullable=True),
        sa.Column("identifier", sa.String(700), nullable=False),
        sa.Column("datestamp", MOMENT, nullable=False),
        sa.Column("tier", SHORT, nullable=False),
        sa.Column("was_public", sa.Boolean(), nullable=False),
        sa.Column("was_local", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_oai_record_resource_id"), ondelete="SET NULL"
        ),
        sa.UniqueConstraint("identifier", name=op.f("uq_oai_record_identifier")),
        sa.UniqueConstraint("resource_id", name=op.f("uq_oai_record_resource_id")),
    )
    op.create_index(op.f("ix_oai_record_datestamp_oai_record_id"), "oai_record", ["datestamp", "id"])
    op.create_table(
        "oai_partner",
        *_key("oai_partner"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("key_sha256", sa.String(64), nullable=False),
        _link("oai_partner", "created_by_id", "person.id", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_oai_partner_key_sha256")),
    )


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _link(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(
        column, NUMBER, sa.ForeignKey(target, name=op.f(f"fk_{table}_{column}")), nullable=nullable
    )
