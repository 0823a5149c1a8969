"""A plan as it stands in the form: what was sent, and what of it is there for this teacher."""

from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core.access import find
from core.database import db
from core.i18n import _, localized
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment
from homework.groups import queries as groups
from homework.groups.models import PupilGroup
from homework.load import queries as load
from homework.planning import queries
from homework.planning.forms import PlanForm
from homework.planning.rows import Row, at_most, read_rows, rows_of
from homework.planning.targets import Targets, read_targets, targets_given
from library.curriculum.models import Subject
from library.items.models import ItemVersion
from library.resources.queries import versions_visible_to


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form at the moment: the form itself, its questions, and those it is for."""

    form: PlanForm
    rows: list[Row]
    targets: Targets
    standing: Assignment | None = None
    """The assignment that is changed; None for a new one."""
    left_out: int = 0
    """So many questions more were wanted than a piece of work has room for."""


def sent_draft(standing: Assignment | None = None) -> Draft:
    """What was sent. *standing* is the assignment that is changed, which the form may name itself."""
    form = PlanForm()
    rows, left_out = at_most(read_rows(request.form))
    offer(form, current_hat())
    if standing is None and (named := request.form.get("standing", type=int)):
        standing = own_assignment(named)
    return Draft(form, rows, read_targets(request.form), standing, left_out)


def standing_draft(standing: Assignment) -> Draft:
    """What *standing* says, as it stands in the form in which it is changed."""
    targets = list(db.session.scalars(assignments.targets_of(standing.id)))
    parts = list(db.session.scalars(assignments.parts_of(standing.id)))
    said = db.session.scalars(load.excesses_of(standing.id)).first()
    form = PlanForm(formdata=None)
    form.show(standing, targets, said.reason if said else "")
    form.group_ids.data = [one.group_id for one in parts if one.group_id]
    rows = rows_of(db.session.scalars(assignments.questions_of(standing.id)))
    return Draft(form, rows, targets_given(targets, parts), standing)


def own_assignment(assignment_id: int) -> Assignment:
    """An assignment that the teacher who asks is in charge of; another's is not found."""
    query = assignments.in_charge_of(current_hat()).where(Assignment.id == assignment_id)
    found: Assignment = find(query)
    return found


def rows_of_resources(hat: Hat) -> list[Row]:
    """The questions of the practices that the address names."""
    asked = queries.questions_in(hat, list(dict.fromkeys(request.args.getlist("resource", type=int))))
    return [Row(version_id, 1.0) for version_id in asked]


def offer(form: PlanForm, hat: Hat) -> None:
    """Give the form the choices that this teacher has."""
    subject_id = form.subject_id.data
    form.offer(
        db.session.scalars(assignments.classes_of(hat)),
        db.session.scalars(groups.kept_by(hat).options(joinedload(PupilGroup.school_class))),
        db.session.scalars(assignments.subjects_taught(hat)),
        db.session.scalars(queries.lessons_for(hat, subject_id if isinstance(subject_id, int) else None)),
    )


def versions_of(rows: list[Row]) -> dict[int, ItemVersion]:
    """The wordings that the rows ask and this teacher may see, by id."""
    wanted = [one.version_id for one in rows if one.version_id is not None]
    return {one.id: one for one in db.session.scalars(versions_visible_to(current_hat(), wanted))}


def there_of(rows: list[Row], versions: dict[int, ItemVersion]) -> list[Row]:
    """The rows without the questions that are not there for this teacher."""
    return [one for one in rows if one.version_id is None or one.version_id in versions]


def is_layered(rows: list[Row]) -> bool:
    """Whether there is more than what must be done."""
    return any(one.layer is not Layer.REQUIRED for one in rows)


def usual_title(draft: Draft) -> str:
    """The knowledge point that most questions are about, else the subject's name."""
    found = queries.described(list(versions_of(draft.rows).values()))
    names: list[str] = [localized(point) for one in found for point in one.points]
    if names:
        return max(names, key=names.count)
    subject_id = draft.form.subject_id.data
    subject = db.session.get(Subject, subject_id) if subject_id else None
    return str(_("%(subject)s homework", subject=localized(subject)) if subject else _("Homework"))
