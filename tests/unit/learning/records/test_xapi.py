"""Statements as other systems read them."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from learning.records import services
from learning.records.models import Statement
from learning.records.services import Record
from learning.records.verbs import ObjectType, Verb
from learning.records.xapi import as_xapi
from tests.factories.accounts import make_person


def test_a_statement_has_the_form_of_xapi(session: Session, now: datetime) -> None:
    person, uuid, registration = make_person(), uuid4(), uuid4()
    record = Record(
        uuid=uuid,
        actor_id=person.id,
        verb=Verb.COMPLETED,
        object_type=ObjectType.LESSON,
        object_id=7,
        timestamp=now,
        result={"completion": True},
        registration=registration,
    )
    services.record_statement(record, now=now)
    assert as_xapi(session.scalars(select(Statement)).one(), "https://weike.example") == {
        "id": str(uuid),
        "version": "1.0.3",
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": "https://weike.example", "name": str(person.id)},
        },
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
        "object": {
            "objectType": "Activity",
            "id": "https://weike.example/xapi/lesson/7",
            "definition": {"type": "https://w3id.org/xapi/video/activity-type/video"},
        },
        "timestamp": "2026-09-07T02:00:00+00:00",
        "stored": "2026-09-07T02:00:00+00:00",
        "result": {"completion": True},
        "context": {"registration": str(registration)},
    }


def test_no_name_leaves_with_it(session: Session, now: datetime) -> None:
    person = make_person("陈小雨")
    services.opened(person.id, 5, now=now)
    written = str(as_xapi(session.scalars(select(Statement)).one(), "https://weike.example"))
    assert "陈小雨" not in written
    assert person.username not in written
