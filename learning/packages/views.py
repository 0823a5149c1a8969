"""What a package reported of me, on its page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core.access import allow, find
from core.database import db
from learning.packages import queries
from learning.packages.standing import Standing
from library.resources.policy import may_practise

bp = Blueprint("package_results", __name__)


@bp.get("/library/<int:resource_id>/package/result")
@allow(may_practise)
def mine(resource_id: int) -> ResponseReturnValue:
    """A part of the package's page, or nothing while nothing was reported."""
    hat = current_hat()
    found = find(queries.package(hat, resource_id))
    kept = db.session.scalar(queries.progress_of(hat.person_id, found.id))
    if kept is None:
        return ""
    return render_template(
        "learning/packages/result.html", kept=kept, is_finished=Standing(kept.status).is_finished
    )
