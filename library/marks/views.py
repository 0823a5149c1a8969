"""Buttons beside resources, the favourites, and the tray."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from accounts.sign_in.destination import local_path
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.i18n import _
from core.paging import newest_first
from library.marks import queries, services
from library.marks.errors import TrayFull
from library.marks.forms import STEPS, read_kind, read_moment, write_moment
from library.marks.models import Favourite, TrayEntry
from library.marks.policy import may_prepare
from library.resources.models import Resource, ResourceKind
from library.resources.queries import openable_by, visible_to
from library.resources.words import kind_name

marks = Blueprint("marks", __name__)
favourites = Blueprint("favourites", __name__)
tray = Blueprint("tray", __name__)
TRAY_CHANGED = "tray-changed"
"""The browser's event upon which the count of the tray is read again."""


# The buttons beside a resource


@marks.get("/library/<int:resource_id>/marks")
@allow(anyone_signed_in)
def of_resource(resource_id: int) -> ResponseReturnValue:
    """The buttons of one resource, as a fragment for its page; none for who only looks after it."""
    hat = current_hat()
    find(openable_by(hat).where(Resource.id == resource_id))
    resource = db.session.scalar(visible_to(hat).where(Resource.id == resource_id))
    if resource is None:
        return ""
    return render_template(
        "library/marks/buttons.html",
        resource=resource,
        state=queries.marks_of(hat, [resource.id]),
        refusal="",
    )


def _marked(resource: Resource, refusal: str = "") -> ResponseReturnValue:
    """The buttons as they are now, or, without a script, the page that the person came from."""
    if "HX-Request" not in request.headers:
        if refusal:
            flash(refusal, "warning")
        return redirect(local_path(request.referrer, request.host))
    buttons = render_template(
        "library/marks/buttons.html",
        resource=resource,
        state=queries.marks_of(current_hat(), [resource.id]),
        refusal=refusal,
    )
    return buttons, {"HX-Trigger": TRAY_CHANGED}


# Favourites


@favourites.get("/library/favourites")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """What I keep, the newest first."""
    hat = current_hat()
    words, kind = request.args.get("q", "")[:200].strip(), read_kind(request.args.get("type", ""))
    page = newest_first(
        queries.favourites_of(hat, words=words, kind=kind), Favourite.id, request.args.get("cursor")
    )
    counts = {row[0]: row[1] for row in db.session.execute(queries.kinds_of_favourites(hat))}
    asked: dict[str, Any] = {"q": words or None, "type": kind.value if kind else None}
    return render_template(
        "library/marks/favourites.html",
        page=page,
        words=words,
        kind=kind,
        kinds=_kinds(counts, kind, asked),
        total=sum(counts.values()),
        state=queries.marks_of(hat, [one.resource_id for one in page.rows]),
        older=url_for(".index", **asked, cursor=page.next) if page.next else None,
        newer=url_for(".index", **asked) if request.args.get("cursor") else None,
    )


def _kinds(
    counts: dict[ResourceKind, int], chosen: ResourceKind | None, asked: dict[str, Any]
) -> list[dict[str, object]]:
    """The kinds that there are, each with the address that chooses it or takes it off."""
    return [
        {
            "label": kind_name(kind),
            "count": counts.get(kind, 0),
            "current": kind is chosen,
            "href": url_for(".index", **(asked | {"type": None if kind is chosen else kind.value})),
        }
        for kind in ResourceKind
        if kind in counts or kind is chosen
    ]


@favourites.post("/library/<int:resource_id>/favourite")
@allow(anyone_signed_in)
def add(resource_id: int) -> ResponseReturnValue:
    """Keep a resource."""
    with transaction():
        services.keep(current_hat(), _resource(resource_id).id, now=clock.now())
    return _marked(_resource(resource_id))


@favourites.post("/library/<int:resource_id>/favourite/remove")
@allow(anyone_signed_in)
def remove(resource_id: int) -> ResponseReturnValue:
    """Keep it no longer; the same button keeps it again."""
    with transaction():
        services.let_go(current_hat(), _resource(resource_id).id)
    return _marked(_resource(resource_id))


# The tray


@dataclass(frozen=True, slots=True)
class Tray:
    """What stands on the page of a tray."""

    entries: list[TrayEntry]
    hidden: int
    """How many more there are that the teacher may not open any more."""
    asking: set[int]
    """Resources that ask questions, which can be assigned."""

    @property
    def minutes(self) -> int:
        """The time of everything that tells one."""
        return round(sum(one.resource.minutes or 0 for one in self.entries))

    @property
    def without_minutes(self) -> int:
        """How many tell no time."""
        return sum(1 for one in self.entries if not one.resource.minutes)


@tray.get("/library/tray", endpoint="index")
@allow(may_prepare)
def show_tray() -> ResponseReturnValue:
    """What my lesson is made from, in order; to print as well."""
    return _tray_page()


def _tray_page() -> str:
    hat = current_hat()
    entries = list(db.session.scalars(queries.tray_of(hat)))
    ids = [one.resource_id for one in entries]
    state = queries.marks_of(hat, ids)
    undo = request.args.get("undo", "")
    return render_template(
        "library/marks/tray.html",
        tray=Tray(entries, state.tray_count - len(entries), set(db.session.scalars(queries.asking(ids)))),
        undo=undo if read_moment(undo) else "",
        state=state,
    )


@tray.post("/library/<int:resource_id>/tray", endpoint="add")
@allow(may_prepare)
def put_in(resource_id: int) -> ResponseReturnValue:
    """Put a resource into my tray."""
    refusal = ""
    try:
        with transaction():
            services.put_in_tray(current_hat(), [_resource(resource_id).id], now=clock.now())
    except TrayFull as full:
        refusal = str(full)
    return _marked(_resource(resource_id), refusal)


@tray.get("/library/tray/count")
@allow(may_prepare)
def count() -> ResponseReturnValue:
    """How many resources stand in my tray, as a fragment."""
    return render_template("library/marks/count.html", state=queries.marks_of(current_hat(), []))


@tray.post("/library/<int:resource_id>/tray/remove", endpoint="remove")
@allow(may_prepare)
def take_out(resource_id: int) -> ResponseReturnValue:
    """Take a resource out; for a day this can be undone."""
    now = clock.now()
    with transaction():
        services.take_out(current_hat(), [_resource(resource_id).id], now=now)
    if "from_tray" in request.form:
        return redirect(url_for(".index", undo=write_moment(now)))
    return _marked(_resource(resource_id))


@tray.post("/library/<int:resource_id>/tray/move")
@allow(may_prepare)
def move(resource_id: int) -> ResponseReturnValue:
    """Move one place up or down, or to the top."""
    steps = STEPS.get(request.form.get("to", ""), 0)
    with transaction():
        entry = _entry(current_hat(), resource_id)
        services.move(list(db.session.scalars(queries.tray_of(current_hat()))), entry.id, steps)
    return _list()


@tray.post("/library/<int:resource_id>/tray/note")
@allow(may_prepare)
def note(resource_id: int) -> ResponseReturnValue:
    """Say what it is for."""
    with transaction():
        services.note(_entry(current_hat(), resource_id), request.form.get("note", ""))
    return _list()


def _list() -> ResponseReturnValue:
    """The tray as it is now: htmx takes the list out of the page."""
    return _tray_page() if "HX-Request" in request.headers else redirect(url_for("tray.index"))


@tray.post("/library/tray/empty")
@allow(may_prepare)
def empty() -> ResponseReturnValue:
    """Take everything out; for a day this can be undone."""
    now = clock.now()
    with transaction():
        services.empty_tray(current_hat(), now=now)
    return redirect(url_for(".index", undo=write_moment(now)))


@tray.post("/library/tray/put-back")
@allow(may_prepare)
def put_back() -> ResponseReturnValue:
    """Undo what was taken out."""
    moment = read_moment(request.form.get("undo", ""))
    with transaction():
        count = services.put_back(current_hat(), moment) if moment else 0
    flash(_("It is back in its place.") if count else _("There is nothing to undo any more."), "success")
    return redirect(url_for(".index"))


def _resource(resource_id: int) -> Resource:
    resource: Resource = find(visible_to(current_hat()).where(Resource.id == resource_id))
    return resource


def _entry(hat: Hat, resource_id: int) -> TrayEntry:
    entry: TrayEntry = find(queries.tray_of(hat).where(TrayEntry.resource_id == resource_id))
    return entry
