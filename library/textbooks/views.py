"""Browsing by textbook: subject, edition, book, unit, knowledge point."""

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from core.paging import newest_first
from library.curriculum import queries
from library.curriculum.models import KnowledgePoint, Subject, TextbookEdition, Unit, Volume
from library.curriculum.policy import may_keep_curriculum
from library.resources.models import Resource, ResourceKind
from library.resources.queries import count_in_units, visible_to

bp = Blueprint("curriculum", __name__)
Row = TypeVar("Row", Subject, TextbookEdition, Volume)


@bp.get("/library/textbooks")
@allow(anyone_signed_in)
def textbooks() -> ResponseReturnValue:
    """One book's units and what they teach; at first a book of one's own grade."""
    subjects = db.session.scalars(queries.subjects_with_books()).all()
    subject = _chosen("subject", subjects)
    editions = db.session.scalars(queries.editions_of(subject.id)).all() if subject else []
    edition = _chosen("edition", editions)
    volumes: Sequence[Volume] = (
        db.session.scalars(queries.volumes_of(subject.id, edition.id)).all() if subject and edition else []
    )
    volume = _chosen("volume", volumes) if "volume" in request.args else _of_own_grade(volumes)
    units = db.session.scalars(queries.units_of(volume.id)).all() if volume else []
    return render_template(
        "library/textbooks/index.html",
        subjects=subjects,
        subject=subject,
        editions=editions,
        edition=edition,
        volumes=volumes,
        volume=volume,
        units=units,
        taught=_taught(units),
        counts=_counts(units),
        may_keep_curriculum=may_keep_curriculum(current_hat()),
    )


@bp.get("/library/units/<int:unit_id>")
@allow(anyone_signed_in)
def unit(unit_id: int) -> ResponseReturnValue:
    """What belongs to a unit, kind by kind, and what it teaches."""
    found: Unit = find(queries.unit(unit_id))
    volume, edition, subject = db.session.execute(queries.book_of(found)).one()
    counts = _counts([found])[found.id]
    wanted = request.args.get("kind", "")
    kind = next((one for one, _ in counts if one.value == wanted), counts[0][0] if counts else None)
    belonging = visible_to(current_hat()).where(Resource.unit_id == found.id)
    if kind:
        belonging = belonging.where(Resource.kind == kind)
    return render_template(
        "library/textbooks/unit.html",
        unit=found,
        volume=volume,
        edition=edition,
        subject=subject,
        points=_taught([found])[found.id],
        kinds=counts,
        kind=kind,
        page=newest_first(belonging, Resource.id, request.args.get("cursor")),
    )


def _counts(units: Sequence[Unit]) -> dict[int, list[tuple[ResourceKind, int]]]:
    """How many resources of each kind belong to each of the units, by its id."""
    found: dict[int, dict[ResourceKind, int]] = {one.id: {} for one in units}
    for unit_id, kind, count in db.session.execute(count_in_units(current_hat(), list(found))):
        found[unit_id or 0][kind] = count
    return {
        unit_id: [(kind, kinds[kind]) for kind in ResourceKind if kind in kinds]
        for unit_id, kinds in found.items()
    }


def _chosen(name: str, rows: Sequence[Row]) -> Row | None:
    """The row whose code the address names, else the first."""
    code = request.args.get(name, "")
    return next((one for one in rows if one.code == code), rows[0] if rows else None)


def _of_own_grade(volumes: Sequence[Volume]) -> Volume | None:
    """The first book of the grade that one learns or teaches in, else the first of all."""
    own = classes_visible_to(current_hat()).with_only_columns(SchoolClass.grade)
    grade = db.session.scalar(own.order_by(SchoolClass.grade).limit(1))
    return next((one for one in volumes if one.grade == grade), volumes[0] if volumes else None)


def _taught(units: Sequence[Unit]) -> dict[int, list[KnowledgePoint]]:
    """What each of the units teaches, by its id."""
    found: dict[int, list[KnowledgePoint]] = {one.id: [] for one in units}
    for unit_id, point in db.session.execute(queries.taught_in(list(found))):
        found[unit_id].append(point)
    return found
