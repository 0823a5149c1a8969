"""A grade of pupils in classes of fifty, and a piece of work for each rush."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate

from accounts.sign_in.passwords import hash_password
from app.factory import create_app
from app.settings import Environment, Settings
from benchmarks.rush.rushes import Rush
from core.database import count_rows_anew, db, transaction
from homework.assignments.queries import questions_of
from library.items.models import ItemKind
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import RIGHT, make_assignment

IN_A_CLASS = 50
PASSWORD = "three green lamps"  # noqa: S105 -- of pupils who live for a minute


@dataclass(frozen=True, slots=True)
class Task:
    """What one rush hands in: the work, its question that asks for photographs, and the other answers."""

    assignment_id: int
    photo_id: int
    answers: str
    pupils: int
    photos: int
    seconds: float


@contextlib.contextmanager
def school(data_dir: Path, database_url: str, rushes: Mapping[str, Rush]) -> Iterator[dict[str, Task]]:
    """Make the school on an empty database; inside, its application looks at what was stored.

    The names of its pupils are written beside it for the driver.
    """
    app = create_app(
        Settings(data_dir=data_dir, environment=Environment.PRODUCTION, database_url=database_url)
    )
    with app.app_context():
        flask_migrate.upgrade()
        with transaction():
            tasks, usernames = _made(rushes)
        count_rows_anew()
        (data_dir / "pupils.json").write_text(json.dumps(usernames))
        db.session.remove()
        db.engine.dispose()
        yield tasks
        db.session.remove()
        db.engine.dispose()


def _made(rushes: Mapping[str, Rush]) -> tuple[dict[str, Task], list[str]]:
    now = datetime.now(UTC)
    most = max(one.pupils for one in rushes.values())
    first = make_class()
    classes = [
        first,
        *(make_class(first.school, name=f"{number} 班") for number in range(1, -(-most // IN_A_CLASS))),
    ]
    password_hash = hash_password(PASSWORD)
    hats = [make_student(classes[number // IN_A_CLASS], f"学生{number}") for number in range(most)]
    for hat in hats:
        hat.person.password_hash = password_hash
    teacher, tasks = make_teacher(first), {}
    for name, rush in rushes.items():
        assignment = make_assignment(
            teacher,
            *classes,
            kinds=(ItemKind.CHOICE, ItemKind.PHOTO),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=2),
            cut_off_at=now + timedelta(days=1),
        )
        asked = {one.item_version.kind: one.id for one in db.session.scalars(questions_of(assignment.id))}
        answers = json.dumps({asked[ItemKind.CHOICE]: RIGHT[ItemKind.CHOICE]})
        tasks[name] = Task(
            assignment.id, asked[ItemKind.PHOTO], answers, rush.pupils, rush.photos, rush.seconds
        )
    return tasks, [hat.person.username for hat in hats]
