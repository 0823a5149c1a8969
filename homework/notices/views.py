"""Notices on the teacher's home and beside the work that they are about."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from homework.notices import queries, services
from homework.notices.models import Notice
from homework.notices.policy import may_read_notices

bp = Blueprint("notices", __name__)

MOST = 5


@bp.get("/homework/notices")
@allow(may_read_notices)
def mine() -> ResponseReturnValue:
    """What I have not put away yet, or what there is about one ``?assignment=``: a fragment."""
    hat = current_hat()
    assignment_id = request.args.get("assignment", type=int)
    notices = queries.about(hat, assignment_id) if assignment_id else queries.unseen_by(hat)
    loaded = notices.options(joinedload(Notice.assignment), joinedload(Notice.resource)).limit(MOST)
    return render_template("homework/notices/mine.html", notices=db.session.scalars(loaded).all())


@bp.post("/homework/notices/<int:notice_id>/seen")
@allow(may_read_notices)
def put_away(notice_id: int) -> ResponseReturnValue:
    """I have read it; the rest stays."""
    with transaction():
        notice: Notice = find(queries.unseen_by(current_hat()).where(Notice.id == notice_id))
        services.put_away(notice, now=clock.now())
    return mine()
