"""Links that lead nowhere: a list for those who answer for them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core.access import allow
from core.paging import newest_first
from library.links import queries
from library.links.models import LinkCheck, LinkState
from library.links.policy import may_look_after_links

bp = Blueprint("links", __name__)


@bp.get("/library/links")
@allow(may_look_after_links)
def index() -> ResponseReturnValue:
    """Links that answered no more when they were last asked."""
    state = request.args.get("state", "")
    shown = queries.bad_ones_of(current_hat()).options(joinedload(LinkCheck.resource))
    if state in (LinkState.SUSPECT, LinkState.DEAD):
        shown = shown.where(LinkCheck.state == state)
    return render_template(
        "library/links/index.html",
        page=newest_first(shown, LinkCheck.resource_id, request.args.get("cursor")),
        state=state,
    )
