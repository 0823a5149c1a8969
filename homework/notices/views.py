"""Notices on the teacher's home and beside the work that they are about."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.people.policy import is_teacher
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from homework.notices import queries, services
from homework.notices.models import Notice, WorkNotice
from homework.notices.policy import may_put_away, may_read_notices

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
    news = queries.news_for(hat, clock.now(), assignment_id).options(
        joinedload(WorkNotice.assignment), joinedload(WorkNotice.person)
    )
    return render_template(
        "homework/notices/mine.html",
        notices=db.session.scalars(loaded).all(),
        news=db.session.scalars(news.limit(MOST)).all(),
        may_put_away=may_put_away(hat),
    )


@bp.post("/homework/notices/<int:notice_id>/seen")
@allow(is_teacher)
def put_away(notice_id: int) -> ResponseReturnValue:
    """I have read it; the rest stays."""
    with transaction():
        notice: Notice = find(queries.unseen_by(current_hat()).where(Notice.id == notice_id))
        services.put_away(notice, now=clock.now())
    return mine()


@bp.post("/homework/news/<int:notice_id>/seen")
@allow(may_put_away)
def put_news_away(notice_id: int) -> ResponseReturnValue:
    """I have read it; the rest stays."""
    hat, now = current_hat(), clock.now()
    with transaction():
        notice: WorkNotice = find(queries.news_for(hat, now).where(WorkNotice.id == notice_id))
        services.put_news_away(notice, now=now)
    return mine()
