"""What pages tell about their being opened; reading a page writes nothing by itself."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import transaction
from core.errors import Invalid
from learning.records import services
from library.resources.models import Resource
from library.resources.queries import openable_by

bp = Blueprint("records", __name__)


@bp.post("/activity/opened")
@allow(anyone_signed_in)
def opened() -> ResponseReturnValue:
    """Count that the person opened a resource; a page's script sends its ``resource_id`` once."""
    resource_id = _resource_id()
    hat = current_hat()
    with transaction():
        resource: Resource = find(openable_by(hat).where(Resource.id == resource_id))
        services.opened(hat.person_id, resource.id, now=clock.now())
    return "", 204


def _resource_id() -> int:
    """The id that the beacon names, in JSON or as a form.

    Raises:
        Invalid: it names none.
    """
    given = request.get_json(silent=True) if request.is_json else request.form
    text = str(given.get("resource_id")) if isinstance(given, Mapping) else ""
    if not text.isascii() or not text.isdigit():
        raise Invalid
    return int(text)
