"""The list of what was looked for and not found."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.i18n import _
from core.paging import BadCursor, decode_cursor, encode_cursor
from library.resources.policy import may_write
from library.search.current import engine
from library.search.forms import read_wish
from library.search.places import places
from library.wanted import queries, services
from library.wanted.errors import NotASearch
from library.wanted.models import Wanted
from library.wanted.policy import may_see_wishes

bp = Blueprint("wanted", __name__)
PAGE = 30


@bp.get("/library/wanted")
@allow(may_see_wishes)
def index() -> ResponseReturnValue:
    """What was looked for most often and is not there."""
    dismissed = request.args.get("dismissed") == "1"
    cursor = request.args.get("cursor", "")
    rows = db.session.scalars(
        queries.most_wanted(dismissed=dismissed, after=_after(cursor)).limit(PAGE + 1)
    ).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return render_template(
        "library/wanted/index.html",
        rows=rows[:PAGE],
        dismissed=dismissed,
        is_first=not cursor,
        next=encode_cursor([last.count, last.id]) if last else None,
        subjects={one.code: one for one in places().subjects},
        may_write=may_write(current_hat()),
    )


# A search is a GET and writes nothing. What found nothing is told by the page's script: so neither a robot's
# visit nor a link that is looked at beforehand counts, and who reads without scripts leaves no trace.
@bp.post("/library/wanted")
@allow(anyone_signed_in)
def note() -> ResponseReturnValue:
    """Count a search that found nothing. It is done again here: a list cannot be filled from outside."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not all(isinstance(one, str) for one in sent.values()):
        raise NotASearch
    there = places()
    wish = read_wish({**sent, "cursor": ""}, there)
    with transaction():
        services.note(engine(), current_hat(), wish, there, now=clock.now())
    return "", 204


@bp.post("/library/wanted/<int:wanted_id>/dismiss")
@allow(may_see_wishes)
def dismiss(wanted_id: int) -> ResponseReturnValue:
    """Take one off the list; it can be brought back."""
    with transaction():
        services.dismiss(_one(wanted_id), now=clock.now())
    flash(_("Taken off the list. You find it under “Dismissed”."), "success")
    return redirect(url_for(".index"))


@bp.post("/library/wanted/<int:wanted_id>/bring-back")
@allow(may_see_wishes)
def bring_back(wanted_id: int) -> ResponseReturnValue:
    """Put one on the list again."""
    with transaction():
        services.bring_back(_one(wanted_id))
    flash(_("Back on the list."), "success")
    return redirect(url_for(".index", dismissed=1))


def _one(wanted_id: int) -> Wanted:
    wanted: Wanted = find(select(Wanted).where(Wanted.id == wanted_id))
    return wanted


def _after(cursor: str) -> tuple[int, int] | None:
    if not cursor:
        return None
    match decode_cursor(cursor):
        case [int(count), int(number)]:
            return count, number
        case _:
            raise BadCursor
