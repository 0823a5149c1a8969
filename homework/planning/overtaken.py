"""What work says now that somebody changed while its plan was being changed in another tab."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime
from sqlalchemy import select
from wtforms import Field, SelectField

from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core.clock import SCHOOL_ZONE
from core.database import db
from core.i18n import _, lazy, localized, ngettext
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment
from homework.assignments.release import HandIns
from homework.assignments.teaming import Teaming
from homework.planning.drafts import Draft, offer, standing_draft
from homework.planning.forms import LAYERS
from homework.planning.rows import Row

WHAT = ("title", "instructions", "class_ids", "group_ids", "subject_id")
TIMES = ("opens_at", "due_at", "cut_off_at", "is_late_refused")
RULES = (
    "lesson_id",
    "own_minutes",
    "is_unwritten",
    "hand_ins",
    "counting",
    "answers_shown",
    "teaming",
    "reason",
)
ABOUT = (*WHAT, *TIMES, *RULES)
EMPTY = {"opens_at": lazy("At once"), "cut_off_at": lazy("Three days after it is due")}
"""What an empty field says, where that is not nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the work says otherwise than the form, in words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Who was quicker, and what the work says since then that the form does not say."""

    changed_by: Person | None
    """None where nothing tells."""
    is_own: bool
    """Whether she did it herself, in another tab."""
    differences: list[Difference]


def overtake(draft: Draft, standing: Assignment) -> Overtaken:
    """Hold *draft* against the work as it *standing* is now; sent again, it takes the place of that."""
    offer(draft.form, current_hat())
    now = standing_draft(standing)
    offer(now.form, current_hat())
    typed, said = list(_said(draft)), dict(_said(now))
    differences = [Difference(label, said[label]) for label, text in typed if text != said[label]]
    if [_asked(one) for one in draft.rows] != [_asked(one) for one in now.rows]:
        count = len(now.rows)
        text = ngettext(
            "%(num)s question, not as it is here", "%(num)s questions, not as they are here", count
        )
        differences.append(Difference(_("Questions"), text))
    draft.form.version.data = str(standing.version)
    changed_by = db.session.scalar(assignments.changed_last_by(standing.id))
    is_own = changed_by is not None and changed_by.id == current_hat().person_id
    return Overtaken(changed_by, is_own, differences)


def _said(draft: Draft) -> Iterator[tuple[str, str]]:
    """What a plan says, field by field, each as it is called on the page; of its questions nothing."""
    form = draft.form
    pupils = _pupils(draft)
    for name in ABOUT:
        yield str(form[name].label.text), _text(form[name])
    yield _("Single pupils"), _(", ").join(pupils.values()) or _("None")
    yield _("What each must do"), _depths(draft, pupils)
    is_limited, is_chosen = form.hand_ins.data == HandIns.LIMITED, form.teaming.data == Teaming.CHOSEN
    yield str(form.most_hand_ins.label.text), _text(form.most_hand_ins) if is_limited else _("No limit")
    yield str(form.team_size.label.text), _text(form.team_size) if is_chosen else _("None")


def _asked(row: Row) -> Row:
    """What a row asks: a question of the library has its minutes from there, whatever its row says."""
    return row if row.version_id is None else Row(row.version_id, row.points, layer=row.layer)


def _text(field: Field) -> str:
    """What stands in *field*, as somebody would say it."""
    value = field.data
    if isinstance(field, SelectField):  # also of several
        chosen = value if isinstance(value, list) else [value]
        return _(", ").join(str(label) for one, label, *_more in field.iter_choices() if one in chosen) or _(
            "None"
        )
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return str(format_datetime(value.replace(tzinfo=SCHOOL_ZONE), "short"))
    text = f"{value:g}" if isinstance(value, int | float) and value else str(value or "")
    return text.replace("\r\n", "\n").strip() or str(EMPTY.get(field.name, _("None")))


def _pupils(draft: Draft) -> dict[int, str]:
    """The names of the pupils who are chosen one by one."""
    chosen = select(Person).where(Person.id.in_(draft.targets.pupil_ids)).order_by(Person.id)
    return {one.id: localized(one) for one in db.session.scalars(chosen)}


def _depths(draft: Draft, pupils: Mapping[int, str]) -> str:
    """Of whom more is asked than of others, among those who get the work."""
    names = {("pupil", number): name for number, name in pupils.items()}
    for kind, field in (("class", draft.form.class_ids), ("group", draft.form.group_ids)):
        names |= {(kind, one): str(label) for one, label in field.choices if one in (field.data or [])}
    asked = draft.targets.depths
    more = [
        f"{name} · {LAYERS[asked[key]]}"
        for key, name in names.items()
        if asked.get(key, Layer.REQUIRED) is not Layer.REQUIRED
    ]
    return _(", ").join(more) or _("None")
