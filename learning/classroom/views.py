"""A lesson used in class."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.sign_in.current import current_hat
from accounts.sign_in.destination import local_path
from core import clock
from core.access import allow, find
from core.database import transaction
from core.i18n import _, localized
from learning.classroom import services
from learning.classroom.policy import may_teach
from library.resources.models import Resource
from library.resources.queries import visible_to

bp = Blueprint("classroom", __name__)


@bp.post("/classroom/<int:resource_id>")
@allow(may_teach)
def teach(resource_id: int) -> ResponseReturnValue:
    """Record that I use this resource in one of my classes today."""
    hat = current_hat()
    class_id = request.form.get("class_id", 0, type=int)
    with transaction():
        resource: Resource = find(visible_to(hat).where(Resource.id == resource_id))
        school_class: SchoolClass = find(classes_visible_to(hat).where(SchoolClass.id == class_id))
        is_new = services.teach(hat.person_id, school_class.id, resource.id, now=clock.now())
        name = localized(school_class)
    if is_new:
        flash(_("Recorded: used in %(name)s today.", name=name), "success")
    else:
        flash(_("It was recorded for %(name)s today already.", name=name), "info")
    return redirect(local_path(request.referrer, request.host))
