"""Whom work is given to and what it asks of a day: groups, layers, exceptions, the ledger of homework.

Revision: 0014, after 0013.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SCHOOL_ZONE = ZoneInfo("Asia/Shanghai")
PORTION = 1_000


ADDED: dict[str, list[tuple[str, sa.types.TypeEngine[object], object]]] = {
    "assignment": [
        ("own_minutes", sa.Double(), "0"),
        ("is_written", sa.Boolean(), sa.true()),
        ("hand_ins", sa.String(32), "until_due"),
        ("most_hand_ins", NUMBER, None),
        ("counting", sa.String(32), "last"),
        ("answers_shown", sa.String(32), "after_due"),
        ("answers_shown_at", MOMENT, None),
    ],
    "assignment_target": [("is_whole", sa.Boolean(), sa.true()), ("depth", sa.String(32), "required")],
    "assignment_item": [("layer", sa.String(32), "required")],
    "submission": [("is_counted", sa.Boolean(), sa.true())],
}
"""Columns, and what they say of the rows that stand already; None where nothing is to be said.

They are added without making the tables anew, which on SQLite would break what refers to them.
"""


def upgrade() -> None:
    _groups()
    _assignments()
    _ledger()
    _duties()
    _enter_what_was_given()


def downgrade() -> None:
    for table in (
        "grade_head",
        "item_time",
        "school_cap",
        "load_excess",
        "load_entry",
        "assignment_exception",
        "assignment_target_part",
        "pupil_group_member",
        "pupil_group",
    ):
        op.drop_table(table)
    for table, columns in reversed(ADDED.items()):
        for name, _kind, _value in columns:
            op.drop_column(table, name)


def _groups() -> None:
    op.create_table(
        "pupil_group",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("class_id", "teacher_id", "version"),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        *_references("pupil_group", class_id="school_class", teacher_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_group")),
    )
    _index("pupil_group", "class_id")
    _index("pupil_group", "teacher_id", "class_id")
    op.create_table(
        "pupil_group_member",
        *_numbers("group_id", "student_id"),
        *_references("pupil_group_member", group_id="pupil_group", student_id="person"),
        sa.PrimaryKeyConstraint("group_id", "student_id", name=op.f("pk_pupil_group_member")),
    )
    _index("pupil_group_member", "student_id")


def _assignments() -> None:
    for table, columns in ADDED.items():
        for name, kind, value in columns:
            op.add_column(table, sa.Column(name, kind, nullable=value is None, server_default=value))
    op.execute(
        "UPDATE submission SET is_counted = false WHERE EXISTS (SELECT 1 FROM submission AS later"
        " WHERE later.assignment_id = submission.assignment_id"
        " AND later.student_id = submission.student_id AND later.number > submission.number)"
    )
    op.create_table(
        "assignment_target_part",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("assignment_id", "class_id"),
        sa.Column("group_id", NUMBER),
        sa.Column("student_id", NUMBER),
        sa.Column("depth", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (student_id IS NULL)", name=op.f("ck_assignment_target_part_one_of_both")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "class_id"],
            ["assignment_target.assignment_id", "assignment_target.class_id"],
            name=op.f("fk_assignment_target_part_assignment_id"),
        ),
        *_references("assignment_target_part", group_id="pupil_group", student_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_target_part")),
        sa.UniqueConstraint(
            "assignment_id", "group_id", name=op.f("uq_assignment_target_part_assignment_id_group_id")
        ),
        sa.UniqueConstraint(
            "assignment_id", "student_id", name=op.f("uq_assignment_target_part_assignment_id_student_id")
        ),
    )
    _index("assignment_target_part", "assignment_id", "class_id")
    _index("assignment_target_part", "group_id")
    _index("assignment_target_part", "student_id")
    op.create_table(
        "assignment_exception",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("assignment_id", "student_id", "given_by_id"),
        sa.Column("due_at", MOMENT),
        sa.Column("cut_off_at", MOMENT),
        sa.Column("is_excused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.CheckConstraint("cut_off_at >= due_at", name=op.f("ck_assignment_exception_times")),
        sa.CheckConstraint(
            "is_excused OR (due_at IS NOT NULL AND cut_off_at IS NOT NULL)",
            name=op.f("ck_assignment_exception_says_something"),
        ),
        *_references(
            "assignment_exception", assignment_id="assignment", student_id="person", given_by_id="person"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_exception")),
        sa.UniqueConstraint(
            "assignment_id", "student_id", name=op.f("uq_assignment_exception_assignment_id_student_id")
        ),
    )
    _index("assignment_exception", "assignment_id")
    _index("assignment_exception", "student_id")


def _ledger() -> None:
    op.create_table(
        "load_entry",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("assignment_id", "class_id", "subject_id", "actual_pupils"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Double(), nullable=False),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        sa.Column("actual_minutes", sa.Double()),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_load_entry_minutes")),
        *_references("load_entry", assignment_id="assignment", class_id="school_class", subject_id="subject"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_entry")),
        sa.UniqueConstraint("assignment_id", "class_id", name=op.f("uq_load_entry_assignment_id_class_id")),
    )
    _index("load_entry", "class_id", "day")
    op.create_table(
        "load_excess",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("assignment_id", "class_id", "cap", "given_by_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Double(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("seen_by_id", NUMBER),
        sa.Column("seen_at", MOMENT),
        *_references(
            "load_excess",
            assignment_id="assignment",
            class_id="school_class",
            given_by_id="person",
            seen_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_excess")),
        sa.UniqueConstraint("assignment_id", "class_id", name=op.f("uq_load_excess_assignment_id_class_id")),
    )
    _index("load_excess", "class_id")
    op.create_table(
        "school_cap",
        *_numbers("school_id", "grade", "minutes", "set_by_id"),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_school_cap_grade")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_school_cap_minutes")),
        *_references("school_cap", school_id="organisation", set_by_id="person"),
        sa.PrimaryKeyConstraint("school_id", "grade", name=op.f("pk_school_cap")),
    )
    op.create_table(
        "item_time",
        *_numbers("item_id", "answers"),
        sa.Column("median_seconds", sa.Double(), nullable=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        *_references("item_time", item_id="item"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_time")),
    )


def _duties() -> None:
    op.create_table(
        "grade_head",
        sa.Column("id", NUMBER, sa.Identity(always=False), nullable=False),
        *_numbers("school_id", "grade", "person_id", "named_by_id"),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_grade_head_grade")),
        *_references("grade_head", school_id="organisation", person_id="person", named_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_head")),
    )
    _index("grade_head", "school_id", "grade")
    _index("grade_head", "person_id")


def _enter_what_was_given() -> None:
    """Enter the assignments that are not withdrawn in the ledger, class by class."""
    connection = op.get_bind()
    given = connection.execute(
        sa.text(
            "SELECT a.id, t.class_id, a.subject_id, a.estimated_minutes, a.opens_at, a.due_at,"
            " EXISTS (SELECT 1 FROM assignment_item AS i WHERE i.assignment_id = a.id) AS is_written"
            " FROM assignment AS a JOIN assignment_target AS t ON t.assignment_id = a.id"
            " WHERE a.withdrawn_at IS NULL ORDER BY a.id, t.class_id"
        )
    ).all()
    connection.execute(
        sa.text(
            "UPDATE assignment SET is_written = false WHERE NOT EXISTS"
            " (SELECT 1 FROM assignment_item AS i WHERE i.assignment_id = assignment.id)"
        )
    )
    entry = sa.table(
        "load_entry",
        *(
            sa.column(name, kind)
            for name, kind in (
                ("assignment_id", NUMBER),
                ("class_id", NUMBER),
                ("subject_id", NUMBER),
                ("day", sa.Date()),
                ("minutes", sa.Double()),
                ("is_written", sa.Boolean()),
                ("actual_pupils", NUMBER),
            )
        ),
    )
    rows = [
        {
            "assignment_id": row.id,
            "class_id": row.class_id,
            "subject_id": row.subject_id,
            "day": _day(row.opens_at, row.due_at),
            "minutes": row.estimated_minutes,
            "is_written": bool(row.is_written),
            "actual_pupils": 0,
        }
        for row in given
    ]
    for start in range(0, len(rows), PORTION):
        connection.execute(sa.insert(entry), rows[start : start + PORTION])


def _day(opens_at: object, due_at: object) -> date:
    """The school day on which work counts; what is due before noon, the evening before."""
    opens, due = _moment(opens_at), _moment(due_at)
    if due.time() <= time(12, 0) and opens.date() < due.date():
        return due.date() - timedelta(days=1)
    return due.date()


def _moment(value: object) -> datetime:
    """What the driver gives, at school: SQLite keeps moments as text, in UTC and without a zone."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(SCHOOL_ZONE)


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, NUMBER, autoincrement=False, nullable=False) for name in names]


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]


def _index(table: str, *columns: str) -> None:
    name = "_".join(f"{table}_{column}" for column in columns)
    op.create_index(op.f(f"ix_{name}"), table, list(columns))
