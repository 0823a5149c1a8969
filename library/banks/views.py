"""Take the questions of a resource out, as a file for other programs or for paper."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import exists, select

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from core.downloads import name_for_file, private_download
from core.errors import DomainError, NotFound
from library.banks.leaving import Leaving, leaving, reason_to_stay, unprinted, unsaid
from library.banks.words import AGAIN, AGAIN_ON_PAPER, NAMES, OFFERED, PURPOSES, SUFFIXES, UNSAID, in_runs
from library.exports.words import reason_in_words
from library.formats.table import FORMATS, RESTS
from library.resources.models import Resource, ResourceItem
from library.resources.policy import may_see_keys
from library.resources.queries import openable_by

bp = Blueprint("banks", __name__)


@bp.get("/library/<int:resource_id>/questions/button")
@allow(anyone_signed_in)
def of_resource(resource_id: int) -> ResponseReturnValue:
    """The button on the page of a resource; nothing for who does not see keys, or where nothing is asked."""
    resource = _found(resource_id)
    asks = select(exists().where(ResourceItem.resource_id == resource.id))
    if not may_see_keys(current_hat()) or not db.session.scalar(asks):
        return ""
    return render_template("library/banks/button.html", resource=resource)


@bp.get("/library/<int:resource_id>/questions")
@allow(may_see_keys)
def show(resource_id: int) -> ResponseReturnValue:
    """The formats, and what each has no place for."""
    hat, resource = current_hat(), _found(resource_id)
    going: Leaving | None = None
    refusal = ""
    reason = reason_to_stay(resource, hat)
    try:
        going = leaving(resource, hat)
    except DomainError as error:
        refusal = str(error)
    return render_template(
        "library/banks/show.html",
        resource=resource,
        going=going,
        refusal=refusal,
        reason=reason_in_words(reason.value) if reason else "",
        formats=[_offer(name, going) for name in OFFERED] if going else [],
        in_runs=in_runs,
    )


@bp.get("/library/<int:resource_id>/questions/<name>")
@allow(may_see_keys)
def file(resource_id: int, name: str) -> ResponseReturnValue:
    """The file in one format."""
    resource = _found(resource_id)
    form = FORMATS.get(name)
    if form is None or form.write is None:
        raise NotFound
    going = leaving(resource, current_hat())
    content = form.write(going.records, going.stimuli, resource.title)
    stem = name_for_file(resource.title) or "questions"
    return private_download(content, form.media_type, f"{stem}{SUFFIXES[name]}")


def _offer(name: str, going: Leaving) -> dict[str, object]:
    rests = RESTS.get(name)
    found = unsaid(going, rests(going.records, going.stimuli)) if rests else unprinted(going)
    return {
        "name": name,
        "title": NAMES[name],
        "purpose": PURPOSES[name],
        "unsaid": [(UNSAID[code], found[code]) for code in UNSAID if code in found],
        "is_paper": rests is None,
        "again": AGAIN_ON_PAPER if rests is None else AGAIN,
    }


def _found(resource_id: int) -> Resource:
    resource: Resource = find(openable_by(current_hat()).where(Resource.id == resource_id))
    return resource
