"""What pages tell about their being opened; reading a page writes nothing by itself."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import transaction
from core.errors import Invalid
from learning.records import services
from library.resources.models import Resource
from library.resources.queries import visible_to

bp = Blueprint("records", __name__)


@bp.post("/activity/opened")
@allow(anyone_signed_in)
def opened() -> ResponseReturnValue:
    """Count that the person opened a resource; a page's script sends its ``resource_id`` once."""
    given = request.get_json(silent=True) if request.is_json else request.form
    resource_id = given.get("resource_id") if given else None
    if not str(resource_id).isascii() or not str(resource_id).isdigit():
        raise Invalid
    hat = current_hat()
    with transaction():
        resource: Resource = find(visible_to(hat).where(Resource.id == int(str(resource_id))))
        services.opened(hat.person_id, resource.id, now=clock.now())
    return "", 204
