"""The part of a resource's page about trust: one question to the server instead of six."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.people.models import Hat
from accounts.people.policy import is_staff
from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from library.duplicates.services import others_saying_the_same
from library.faults.panel import faults
from library.links.models import LinkCheck, LinkState
from library.links.queries import check_of
from library.outcomes.counts import Outcome, Use, outcome
from library.outcomes.queries import use_of
from library.resources.models import Resource
from library.resources.queries import openable_by
from library.review.panel import change_log, standing

bp = Blueprint("trust", __name__)


@bp.get("/library/<int:resource_id>/trust")
@allow(anyone_signed_in)
def here(resource_id: int) -> ResponseReturnValue:
    """Review, outcome, faults, link and change log of a resource: a fragment."""
    hat = current_hat()
    resource: Resource = find(openable_by(hat).where(Resource.id == resource_id))
    return render_template(
        "library/trust/here.html",
        resource=resource,
        standing=standing(hat, resource),
        alike=_alike(hat, resource),
        check=db.session.scalar(check_of(resource.id).where(LinkCheck.state != LinkState.ALIVE)),
        outcome=_outcome(resource.id),
        faults=faults(hat, resource.id),
        **change_log(resource.id),
    )


def _alike(hat: Hat, resource: Resource) -> list[Resource]:
    """To those who look after the library: what says the same."""
    return others_saying_the_same(hat, resource.id) if is_staff(hat) else []


def _outcome(resource_id: int) -> Outcome | None:
    *learnt, assigned = map(int, db.session.execute(use_of(resource_id)).one())
    return outcome(Use(*learnt), assigned)
