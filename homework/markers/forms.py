"""How work is to be marked, as a page's form sends it."""

from werkzeug.datastructures import MultiDict

from homework.markers.models import Division
from homework.markers.services import Wish

MARKER = "marker-"
"""Before the id of a question, in the name of the field that says who marks it."""


def read_wish(form: MultiDict[str, str]) -> Wish:
    """What the teacher wants; a question for which nobody is chosen is everybody's."""
    division = form.get("division", "")
    by_question = {
        int(name.removeprefix(MARKER)): int(value)
        for name, value in form.items()
        if name.startswith(MARKER) and name.removeprefix(MARKER).isdigit() and value.isdigit()
    }
    return Wish(
        is_blind=form.get("blind") == "1",
        division=Division(division) if division in set(Division) else Division.NONE,
        teacher_ids=frozenset(form.getlist("teacher", type=int)),
        by_question=by_question,
    )
