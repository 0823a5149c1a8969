"""A stored statement as xAPI 1.0.3 writes it (IEEE 9274.1.1)."""

from typing import Any

from learning.records.models import Statement
from learning.records.verbs import ACTIVITY_TYPES, ObjectType

VERSION = "1.0.3"


def as_xapi(statement: Statement, home_page: str) -> dict[str, Any]:
    """The statement; *home_page* is the address of this site, below which people and activities are named.

    People are named by their account's number, never by name.
    """
    object_type = ObjectType(statement.object_type)
    written: dict[str, Any] = {
        "id": str(statement.uuid),
        "version": VERSION,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": home_page, "name": str(statement.actor_id)},
        },
        "verb": {"id": statement.verb, "display": {"en": statement.verb.rsplit("/", 1)[-1]}},
        "object": {
            "objectType": "Activity",
            "id": f"{home_page}/xapi/{object_type.value}/{statement.object_id}",
            "definition": {"type": ACTIVITY_TYPES[object_type]},
        },
        "timestamp": statement.timestamp.isoformat(),
        "stored": statement.stored_at.isoformat(),
    }
    if statement.result:
        written["result"] = statement.result
    context = dict(statement.context)
    if statement.registration is not None:
        context["registration"] = str(statement.registration)
    if context:
        written["context"] = context
    return written
