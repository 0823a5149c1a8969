"""Everything that the main job needs.

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only()",
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "academic_term",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_term")),
        sa.UniqueConstraint("code", name=op.f("uq_academic_term_code")),
    )
    op.create_table(
        "audit_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("object_type", sa.String(length=64), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_actor_id_audit_entry_at"), ["actor_id", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_audit_entry_object_type_audit_entry_object_id"),
            ["object_type", "object_id"],
            unique=False,
        )

    op.create_table(
        "failed_sign_in",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    with op.batch_alter_table("failed_sign_in", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_failed_sign_in_address_failed_sign_in_at"), ["address", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_failed_sign_in_username_failed_sign_in_at"), ["username", "at"], unique=False
        )

    op.create_table(
        "job",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("task", sa.String(length=100), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("queue", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "running", "done", "failed", name="jobstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("tries", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress_done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("progress_total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_state_job_run_after"), ["state", "run_after"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_task_job_state"), ["task", "state"], unique=False)

    op.create_table(
        "organisation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("city", "district", "school", name="organisationkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "person",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("student_number", sa.String(length=32), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("touch", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("student_number", name=op.f("uq_person_student_number")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    op.create_table(
        "resource_import",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("mapping", sa.String(length=32), nullable=False),
        sa.Column("lines_done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unchanged", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("refused", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_import")),
        sa.UniqueConstraint(
            "source_sha256", "mapping", name=op.f("uq_resource_import_source_sha256_mapping")
        ),
    )
    op.create_table(
        "subject",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("code", name=op.f("uq_subject_code")),
    )
    op.create_table(
        "textbook_edition",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_textbook_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_textbook_edition_code")),
    )
    op.create_table(
        "consent_record",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("recommendations", name="purpose", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_version", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_consent_record_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_consent_record_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_record")),
    )
    with op.batch_alter_table("consent_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_record_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_record_student_id"), ["student_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_consent_record_student_id_consent_record_purpose_consent_record_id"),
            ["student_id", "purpose", "id"],
            unique=False,
        )

    op.create_table(
        "coverage_snapshot",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "figure",
            sa.Enum(
                "student_spaces",
                "teacher_spaces",
                "classes_with_resources",
                "taught_lessons",
                "resources",
                name="figure",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_coverage_snapshot_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_snapshot")),
        sa.UniqueConstraint(
            "organisation_id", "figure", "day", name=op.f("uq_coverage_snapshot_organisation_id_figure_day")
        ),
    )
    with op.batch_alter_table("coverage_snapshot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coverage_snapshot_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "daily_activity",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("watched_seconds", sa.Double(), nullable=False),
        sa.Column("answers", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("correct_answers", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handed_in", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taught", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assigned", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("marked", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_daily_activity_person_id")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_daily_activity")),
    )
    with op.batch_alter_table("daily_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_daily_activity_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_daily_activity_person_id"), ["person_id"], unique=False)

    op.create_table(
        "guardian_link",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("guardian_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relationship", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["guardian_id"], ["person.id"], name=op.f("fk_guardian_link_guardian_id")),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_guardian_link_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_link")),
        sa.UniqueConstraint(
            "guardian_id", "student_id", name=op.f("uq_guardian_link_guardian_id_student_id")
        ),
    )
    with op.batch_alter_table("guardian_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardian_link_guardian_id"), ["guardian_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_guardian_link_student_id"), ["student_id"], unique=False)

    op.create_table(
        "hat",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "student", "teacher", "guardian", "administrator", name="role", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hat_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hat")),
        sa.UniqueConstraint(
            "person_id", "role", "organisation_id", name=op.f("uq_hat_person_id_role_organisation_id")
        ),
    )
    with op.batch_alter_table("hat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hat_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hat_person_id"), ["person_id"], unique=False)

    op.create_table(
        "import_problem",
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["resource_import.id"], name=op.f("fk_import_problem_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_import_problem")),
    )
    op.create_table(
        "item",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("identifier", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("current_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_item_created_by_id")),
        sa.ForeignKeyConstraint(
            ["current_version_id"], ["item_version.id"], name="fk_item_current_version", use_alter=True
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_item_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("identifier", name=op.f("uq_item_identifier")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "knowledge_point",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "primary", "lower_secondary", "upper_secondary", name="stage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("grade", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_knowledge_point_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_point")),
        sa.UniqueConstraint("code", name=op.f("uq_knowledge_point_code")),
    )
    with op.batch_alter_table("knowledge_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_knowledge_point_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "learner_ability",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ability", sa.Double(), nullable=False),
        sa.Column("answers", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_learner_ability_person_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_learner_ability_subject_id")),
        sa.PrimaryKeyConstraint("person_id", "subject_id", name=op.f("pk_learner_ability")),
    )
    with op.batch_alter_table("learner_ability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learner_ability_person_id"), ["person_id"], unique=False)

    op.create_table(
        "media_asset",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("video", "audio", "picture", "document", name="mediakind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "processing", "ready", "failed", name="mediastate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("duration_seconds", sa.Double(), nullable=True),
        sa.Column("width", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("height", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("renditions", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_media_asset_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_asset")),
    )
    with op.batch_alter_table("media_asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_asset_source_sha256"), ["source_sha256"], unique=False)

    op.create_table(
        "school_class",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("homeroom", "teaching", name="classkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_school_class_grade")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_school_class_school_id")),
        sa.ForeignKeyConstraint(["term_id"], ["academic_term.id"], name=op.f("fk_school_class_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_class")),
        sa.UniqueConstraint("code", name=op.f("uq_school_class_code")),
    )
    with op.batch_alter_table("school_class", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_class_school_id"), ["school_id"], unique=False)

    op.create_table(
        "statement",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verb", sa.String(length=200), nullable=False),
        sa.Column("object_type", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("registration", sa.Uuid(), nullable=True),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_statement_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("uuid", name=op.f("uq_statement_uuid")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_statement_actor_id_statement_stored_at"), ["actor_id", "stored_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_statement_object_type_statement_object_id"),
            ["object_type", "object_id"],
            unique=False,
        )

    op.create_table(
        "volume",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("grade", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("half", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_volume_grade")),
        sa.ForeignKeyConstraint(["edition_id"], ["textbook_edition.id"], name=op.f("fk_volume_edition_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_volume_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume")),
        sa.UniqueConstraint("code", name=op.f("uq_volume_code")),
        sa.UniqueConstraint(
            "subject_id",
            "edition_id",
            "grade",
            "half",
            name=op.f("uq_volume_subject_id_edition_id_grade_half"),
        ),
    )
    with op.batch_alter_table("volume", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_volume_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_volume_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("class_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "student", "teacher", "guardian", "administrator", name="role", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject_code", sa.String(length=64), nullable=False),
        sa.Column("seat_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_enrolment_class_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "class_id",
            "person_id",
            "role",
            "subject_code",
            name=op.f("uq_enrolment_class_id_person_id_role_subject_code"),
        ),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_class_id"), ["class_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_enrolment_person_id_enrolment_role"), ["person_id", "role"], unique=False
        )

    op.create_table(
        "item_difficulty",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("answers", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_difficulty_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_difficulty")),
    )
    op.create_table(
        "item_point",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_point_item_id")),
        sa.ForeignKeyConstraint(["point_id"], ["knowledge_point.id"], name=op.f("fk_item_point_point_id")),
        sa.PrimaryKeyConstraint("item_id", "point_id", name=op.f("pk_item_point")),
    )
    with op.batch_alter_table("item_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_point_point_id"), ["point_id"], unique=False)

    op.create_table(
        "item_version",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "choice",
                "multiple_choice",
                "text_entry",
                "numeric",
                "photo",
                name="itemkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("interaction", sa.JSON(), nullable=False),
        sa.Column("correct", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("misconceptions", sa.JSON(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("minutes", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_version_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_version")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_item_version_item_id_number")),
    )
    with op.batch_alter_table("item_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_version_item_id"), ["item_id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hat_id"], ["hat.id"], name=op.f("fk_login_session_hat_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_login_session_token_sha256")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "mastery",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deviation", sa.Double(), nullable=False),
        sa.Column("answers", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("correct", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("estimate", sa.Double(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mastery_person_id")),
        sa.ForeignKeyConstraint(["point_id"], ["knowledge_point.id"], name=op.f("fk_mastery_point_id")),
        sa.PrimaryKeyConstraint("person_id", "point_id", name=op.f("pk_mastery")),
    )
    with op.batch_alter_table("mastery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mastery_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mastery_point_id"), ["point_id"], unique=False)

    op.create_table(
        "point_statistics",
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("answers", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("correct", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["knowledge_point.id"], name=op.f("fk_point_statistics_point_id")
        ),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_point_statistics")),
    )
    op.create_table(
        "prerequisite",
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("requires_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("point_id <> requires_id", name=op.f("ck_prerequisite_not_itself")),
        sa.ForeignKeyConstraint(["point_id"], ["knowledge_point.id"], name=op.f("fk_prerequisite_point_id")),
        sa.ForeignKeyConstraint(
            ["requires_id"], ["knowledge_point.id"], name=op.f("fk_prerequisite_requires_id")
        ),
        sa.PrimaryKeyConstraint("point_id", "requires_id", name=op.f("pk_prerequisite")),
    )
    with op.batch_alter_table("prerequisite", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prerequisite_requires_id"), ["requires_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("volume_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_unit_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.UniqueConstraint("volume_id", "position", name=op.f("uq_unit_volume_id_position")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_volume_id"), ["volume_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("response_sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("is_correct", sa.Boolean(), nullable=True),
        sa.Column(
            "context",
            sa.Enum("lesson", "practice", "homework", name="attemptcontext", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("context_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hints_used", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_attempt_item_id")),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_version.id"], name=op.f("fk_attempt_item_version_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("client_key", name=op.f("uq_attempt_client_key")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_context_attempt_context_id"), ["context", "context_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attempt_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attempt_person_id_attempt_item_id_attempt_id"),
            ["person_id", "item_id", "id"],
            unique=False,
        )

    op.create_table(
        "resource",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("identifier", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "micro_lesson",
                "practice",
                "reading",
                "worksheet",
                "video",
                "document",
                "link",
                name="resourcekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("grade_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("grade_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("difficulty", sa.Double(), nullable=True),
        sa.Column("minutes", sa.Double(), nullable=True),
        sa.Column("licence", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column(
            "tier",
            sa.Enum("public", "local", "school", "personal", name="tier", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "review_state",
            sa.Enum("draft", "published", "withdrawn", name="reviewstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("imported_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12",
            name=op.f("ck_resource_grades"),
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_resource_created_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_resource_organisation_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_resource_subject_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_resource_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("identifier", name=op.f("uq_resource_identifier")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resource_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resource_review_state_resource_tier"), ["review_state", "tier"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_resource_subject_id_resource_grade_from_resource_kind"),
            ["subject_id", "grade_from", "kind"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_resource_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "unit_point",
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["knowledge_point.id"], name=op.f("fk_unit_point_point_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_point_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "point_id", name=op.f("pk_unit_point")),
    )
    with op.batch_alter_table("unit_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_point_point_id"), ["point_id"], unique=False)

    op.create_table(
        "micro_lesson",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("completion_share", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["media_asset.id"], name=op.f("fk_micro_lesson_asset_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_micro_lesson_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_micro_lesson")),
        sa.UniqueConstraint("resource_id", name=op.f("uq_micro_lesson_resource_id")),
    )
    with op.batch_alter_table("micro_lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_micro_lesson_asset_id"), ["asset_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "missing_prerequisite",
                "weak_point",
                "unfinished",
                "similar",
                "next_in_textbook",
                name="reason",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "word",
            sa.Enum("too_easy", "too_hard", "seen", "not_for_me", name="word", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("word_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recommendation_person_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_recommendation_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recommendation_person_id_recommendation_is_current_recommendation_position"),
            ["person_id", "is_current", "position"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_recommendation_resource_id"), ["resource_id"], unique=False)

    op.create_table(
        "resource_asset",
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["media_asset.id"], name=op.f("fk_resource_asset_asset_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_asset_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "asset_id", name=op.f("pk_resource_asset")),
    )
    with op.batch_alter_table("resource_asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_asset_asset_id"), ["asset_id"], unique=False)

    op.create_table(
        "resource_body",
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_body_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource_body")),
    )
    op.create_table(
        "resource_item",
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_resource_item_item_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_item_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "position", name=op.f("pk_resource_item")),
    )
    with op.batch_alter_table("resource_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "resource_point",
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["knowledge_point.id"], name=op.f("fk_resource_point_point_id")
        ),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_point_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "point_id", name=op.f("pk_resource_point")),
    )
    with op.batch_alter_table("resource_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_point_point_id"), ["point_id"], unique=False)

    op.create_table(
        "resource_version",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_resource_version_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_version_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_version")),
        sa.UniqueConstraint("resource_id", "number", name=op.f("uq_resource_version_resource_id_number")),
    )
    with op.batch_alter_table("resource_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_version_resource_id"), ["resource_id"], unique=False)

    op.create_table(
        "taught_lesson",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("class_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taught_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_taught_lesson_class_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_taught_lesson_resource_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["person.id"], name=op.f("fk_taught_lesson_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught_lesson")),
        sa.UniqueConstraint(
            "teacher_id",
            "class_id",
            "resource_id",
            "day",
            name=op.f("uq_taught_lesson_teacher_id_class_id_resource_id_day"),
        ),
    )
    with op.batch_alter_table("taught_lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taught_lesson_class_id"), ["class_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taught_lesson_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_taught_lesson_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lesson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("estimated_minutes", sa.Double(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cut_off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("cut_off_at >= due_at AND due_at > opens_at", name=op.f("ck_assignment_times")),
        sa.ForeignKeyConstraint(["lesson_id"], ["micro_lesson.id"], name=op.f("fk_assignment_lesson_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_assignment_subject_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["person.id"], name=op.f("fk_assignment_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("client_key", name=op.f("uq_assignment_client_key")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_lesson_id"), ["lesson_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assignment_teacher_id_assignment_due_at"), ["teacher_id", "due_at"], unique=False
        )

    op.create_table(
        "chapter",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("lesson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start_seconds", sa.Double(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["micro_lesson.id"], name=op.f("fk_chapter_lesson_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter")),
        sa.UniqueConstraint("lesson_id", "start_seconds", name=op.f("uq_chapter_lesson_id_start_seconds")),
    )
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chapter_lesson_id"), ["lesson_id"], unique=False)

    op.create_table(
        "checkpoint",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("lesson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at_seconds", sa.Double(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("at_seconds >= 0", name=op.f("ck_checkpoint_at_seconds")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_checkpoint_item_id")),
        sa.ForeignKeyConstraint(["lesson_id"], ["micro_lesson.id"], name=op.f("fk_checkpoint_lesson_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkpoint_lesson_id"), ["lesson_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lesson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("seen_seconds", sa.Double(), nullable=False),
        sa.Column("position_seconds", sa.Double(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lesson_id"], ["micro_lesson.id"], name=op.f("fk_registration_lesson_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("uuid", name=op.f("uq_registration_uuid")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_lesson_id"), ["lesson_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registration_person_id_registration_lesson_id_registration_id"),
            ["person_id", "lesson_id", "id"],
            unique=False,
        )

    op.create_table(
        "text_track",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("lesson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("captions", "subtitles", name="trackkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["micro_lesson.id"], name=op.f("fk_text_track_lesson_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_track")),
        sa.UniqueConstraint(
            "lesson_id", "kind", "language", name=op.f("uq_text_track_lesson_id_kind_language")
        ),
    )
    with op.batch_alter_table("text_track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_track_lesson_id"), ["lesson_id"], unique=False)

    op.create_table(
        "assignment_item",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_assignment_item_points")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_item_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_version.id"], name=op.f("fk_assignment_item_item_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_item")),
        sa.UniqueConstraint(
            "assignment_id", "position", name=op.f("uq_assignment_item_assignment_id_position")
        ),
    )
    with op.batch_alter_table("assignment_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_item_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assignment_item_item_version_id"), ["item_version_id"], unique=False
        )

    op.create_table(
        "assignment_target",
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("class_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_target_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["school_class.id"], name=op.f("fk_assignment_target_class_id")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "class_id", name=op.f("pk_assignment_target")),
    )
    with op.batch_alter_table("assignment_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_target_class_id"), ["class_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_draft_assignment_id")),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_draft_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("assignment_id", "student_id", name=op.f("uq_draft_assignment_id_student_id")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_student_id"), ["student_id"], unique=False)

    op.create_table(
        "played_interval",
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start_seconds", sa.Double(), nullable=False),
        sa.Column("end_seconds", sa.Double(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("wall_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wall_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_played_interval_registration_id")
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_played_interval")),
    )
    with op.batch_alter_table("played_interval", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_played_interval_registration_id_played_interval_wall_end"),
            ["registration_id", "wall_end"],
            unique=False,
        )

    op.create_table(
        "submission",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("device_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_submission_assignment_id")
        ),
        sa.ForeignKeyConstraint(["returned_by_id"], ["person.id"], name=op.f("fk_submission_returned_by_id")),
        sa.ForeignKeyConstraint(["student_id"], ["person.id"], name=op.f("fk_submission_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "assignment_id",
            "student_id",
            "number",
            name=op.f("uq_submission_assignment_id_student_id_number"),
        ),
        sa.UniqueConstraint("client_key", name=op.f("uq_submission_client_key")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_student_id"), ["student_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_submission_student_id_submission_received_at"),
            ["student_id", "received_at"],
            unique=False,
        )

    op.create_table(
        "answer",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("submission_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assignment_item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_item_id"], ["assignment_item.id"], name=op.f("fk_answer_assignment_item_id")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_answer_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_answer_attempt_id")),
        sa.UniqueConstraint(
            "submission_id", "assignment_item_id", name=op.f("uq_answer_submission_id_assignment_item_id")
        ),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_assignment_item_id"), ["assignment_item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_answer_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("submission_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_feedback_submission_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_feedback_written_by_id")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_feedback")),
    )
    op.create_table(
        "mark",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("machine", "teacher", name="marksource", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("marked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_mark_points")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_mark_answer_id")),
        sa.ForeignKeyConstraint(["marked_by_id"], ["person.id"], name=op.f("fk_mark_marked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_mark_answer_id")),
    )
    op.create_table(
        "page",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("upload_sha256", sa.String(length=64), nullable=False),
        sa.Column("picture_sha256", sa.String(length=64), nullable=False),
        sa.Column("thumbnail_sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("height", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_page_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("answer_id", "position", name=op.f("uq_page_answer_id_position")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_answer_id"), ["answer_id"], unique=False)

    op.create_table(
        "past_mark",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("machine", "teacher", name="marksource", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("marked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_past_mark_answer_id")),
        sa.ForeignKeyConstraint(["marked_by_id"], ["person.id"], name=op.f("fk_past_mark_marked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_mark")),
    )
    with op.batch_alter_table("past_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_mark_answer_id"), ["answer_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        # The two tables point at each other; SQLite takes the constraint with the table.
        op.create_foreign_key(
            "fk_item_current_version", "item", "item_version", ["current_version_id"], ["id"]
        )
    for statement in APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("fk_item_current_version", "item")
    with op.batch_alter_table("past_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_mark_answer_id"))

    op.drop_table("past_mark")
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_answer_id"))

    op.drop_table("page")
    op.drop_table("mark")
    op.drop_table("feedback")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_submission_id"))
        batch_op.drop_index(batch_op.f("ix_answer_assignment_item_id"))

    op.drop_table("answer")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_student_id_submission_received_at"))
        batch_op.drop_index(batch_op.f("ix_submission_student_id"))
        batch_op.drop_index(batch_op.f("ix_submission_assignment_id"))

    op.drop_table("submission")
    with op.batch_alter_table("played_interval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_played_interval_registration_id_played_interval_wall_end"))

    op.drop_table("played_interval")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_student_id"))
        batch_op.drop_index(batch_op.f("ix_draft_assignment_id"))

    op.drop_table("draft")
    with op.batch_alter_table("assignment_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_target_class_id"))

    op.drop_table("assignment_target")
    with op.batch_alter_table("assignment_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_item_item_version_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_item_assignment_id"))

    op.drop_table("assignment_item")
    with op.batch_alter_table("text_track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_track_lesson_id"))

    op.drop_table("text_track")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_person_id_registration_lesson_id_registration_id"))
        batch_op.drop_index(batch_op.f("ix_registration_person_id"))
        batch_op.drop_index(batch_op.f("ix_registration_lesson_id"))

    op.drop_table("registration")
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkpoint_lesson_id"))

    op.drop_table("checkpoint")
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chapter_lesson_id"))

    op.drop_table("chapter")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_teacher_id_assignment_due_at"))
        batch_op.drop_index(batch_op.f("ix_assignment_lesson_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("taught_lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_taught_lesson_teacher_id"))
        batch_op.drop_index(batch_op.f("ix_taught_lesson_day"))
        batch_op.drop_index(batch_op.f("ix_taught_lesson_class_id"))

    op.drop_table("taught_lesson")
    with op.batch_alter_table("resource_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_version_resource_id"))

    op.drop_table("resource_version")
    with op.batch_alter_table("resource_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_point_point_id"))

    op.drop_table("resource_point")
    with op.batch_alter_table("resource_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_item_item_id"))

    op.drop_table("resource_item")
    op.drop_table("resource_body")
    with op.batch_alter_table("resource_asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_asset_asset_id"))

    op.drop_table("resource_asset")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_resource_id"))
        batch_op.drop_index(
            batch_op.f("ix_recommendation_person_id_recommendation_is_current_recommendation_position")
        )
        batch_op.drop_index(batch_op.f("ix_recommendation_person_id"))

    op.drop_table("recommendation")
    with op.batch_alter_table("micro_lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_micro_lesson_asset_id"))

    op.drop_table("micro_lesson")
    with op.batch_alter_table("unit_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_point_point_id"))

    op.drop_table("unit_point")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_unit_id"))
        batch_op.drop_index(batch_op.f("ix_resource_subject_id_resource_grade_from_resource_kind"))
        batch_op.drop_index(batch_op.f("ix_resource_review_state_resource_tier"))
        batch_op.drop_index(batch_op.f("ix_resource_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_resource_created_by_id"))

    op.drop_table("resource")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_person_id_attempt_item_id_attempt_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_person_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_item_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_context_attempt_context_id"))

    op.drop_table("attempt")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_volume_id"))

    op.drop_table("unit")
    with op.batch_alter_table("prerequisite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prerequisite_requires_id"))

    op.drop_table("prerequisite")
    op.drop_table("point_statistics")
    with op.batch_alter_table("mastery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mastery_point_id"))
        batch_op.drop_index(batch_op.f("ix_mastery_person_id"))

    op.drop_table("mastery")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_person_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("item_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_version_item_id"))

    op.drop_table("item_version")
    with op.batch_alter_table("item_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_point_point_id"))

    op.drop_table("item_point")
    op.drop_table("item_difficulty")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id_enrolment_role"))
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_class_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("volume", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volume_subject_id"))
        batch_op.drop_index(batch_op.f("ix_volume_edition_id"))

    op.drop_table("volume")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_object_type_statement_object_id"))
        batch_op.drop_index(batch_op.f("ix_statement_actor_id_statement_stored_at"))
        batch_op.drop_index(batch_op.f("ix_statement_actor_id"))

    op.drop_table("statement")
    with op.batch_alter_table("school_class", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_school_class_school_id"))

    op.drop_table("school_class")
    with op.batch_alter_table("media_asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_asset_source_sha256"))

    op.drop_table("media_asset")
    with op.batch_alter_table("learner_ability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learner_ability_person_id"))

    op.drop_table("learner_ability")
    with op.batch_alter_table("knowledge_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_knowledge_point_subject_id"))

    op.drop_table("knowledge_point")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_subject_id"))

    op.drop_table("item")
    op.drop_table("import_problem")
    with op.batch_alter_table("hat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hat_person_id"))
        batch_op.drop_index(batch_op.f("ix_hat_organisation_id"))

    op.drop_table("hat")
    with op.batch_alter_table("guardian_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardian_link_student_id"))
        batch_op.drop_index(batch_op.f("ix_guardian_link_guardian_id"))

    op.drop_table("guardian_link")
    with op.batch_alter_table("daily_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_daily_activity_person_id"))
        batch_op.drop_index(batch_op.f("ix_daily_activity_day"))

    op.drop_table("daily_activity")
    with op.batch_alter_table("coverage_snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coverage_snapshot_organisation_id"))

    op.drop_table("coverage_snapshot")
    with op.batch_alter_table("consent_record", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_consent_record_student_id_consent_record_purpose_consent_record_id")
        )
        batch_op.drop_index(batch_op.f("ix_consent_record_student_id"))
        batch_op.drop_index(batch_op.f("ix_consent_record_decided_by_id"))

    op.drop_table("consent_record")
    op.drop_table("textbook_edition")
    op.drop_table("subject")
    op.drop_table("resource_import")
    op.drop_table("person")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))

    op.drop_table("organisation")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_task_job_state"))
        batch_op.drop_index(batch_op.f("ix_job_state_job_run_after"))

    op.drop_table("job")
    with op.batch_alter_table("failed_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_sign_in_username_failed_sign_in_at"))
        batch_op.drop_index(batch_op.f("ix_failed_sign_in_address_failed_sign_in_at"))

    op.drop_table("failed_sign_in")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_object_type_audit_entry_object_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id_audit_entry_at"))

    op.drop_table("audit_entry")
    op.drop_table("academic_term")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_append_only()")
