"""The pages of collections."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.clock import school_day
from core.database import db, transaction
from core.i18n import _, counted
from library.collections import queries, services
from library.collections.errors import CollectionChanged, CollectionFull, NoteChanged
from library.collections.finding import edited, entry_in, keeping_a_search, visible
from library.collections.forms import read_number
from library.collections.models import Collection, CollectionKind
from library.collections.pages import edit_page, form_of, index_page, show_page
from library.collections.policy import may_curate
from library.collections.smart import find_kept, ids_of_kept, kept_search
from library.marks import services as marks
from library.marks.forms import STEPS
from library.marks.policy import may_prepare
from library.marks.queries import tray_of
from library.resources.models import Resource, Tier
from library.resources.queries import visible_to as resources_visible_to

bp = Blueprint("collections", __name__, url_prefix="/library/collections")


# To look at


@bp.get("")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """The collections that I can open, the newest first."""
    return index_page()


@bp.get("/<int:collection_id>")
@allow(anyone_signed_in)
def show(collection_id: int) -> ResponseReturnValue:
    """A collection with what I may open of it; a kept search with what it finds now."""
    return show_page(visible(collection_id))


@bp.get("/<int:collection_id>/count")
@allow(anyone_signed_in)
def count(collection_id: int) -> ResponseReturnValue:
    """How many resources a kept search finds now, as a fragment: lists ask for it row by row."""
    found = find_kept(current_hat(), keeping_a_search(collection_id).search, limit=1)
    return render_template("library/collections/count.html", total=found.total)


# To make and to change


@bp.get("/new")
@allow(may_curate)
def new() -> ResponseReturnValue:
    """An empty collection; with the address of a search, one that keeps the search."""
    form = form_of()
    search = kept_search(request.args)
    form.title.data = search.get("q", "")
    return render_template("library/collections/new.html", form=form, search=search)


@bp.post("/new")
@allow(may_curate)
def create() -> ResponseReturnValue:
    """Make a collection."""
    form = form_of()
    search = kept_search({name.removeprefix("search_"): value for name, value in request.form.items()})
    if not form.validate_on_submit():
        return render_template("library/collections/new.html", form=form, search=search), 422
    with transaction():
        made = services.make(current_hat(), form.said(), search=search, now=clock.now())
        collection_id, is_personal = made.id, made.tier is Tier.PERSONAL
    flash(_("Made.") if is_personal else _("Made. Only its curators see it until you share it."), "success")
    return redirect(url_for(".show" if search else ".edit", collection_id=collection_id))


@bp.post("/from-tray")
@allow(may_prepare)
def from_tray() -> ResponseReturnValue:
    """Make a personal collection of what stands in my tray, with its order and notes; the tray stays."""
    hat, now = current_hat(), clock.now()
    with transaction():
        notes = {one.resource_id: one.note for one in db.session.scalars(tray_of(hat))}
        title = _("Lesson of %(date)s", date=school_day(now).isoformat())
        collection_id = services.make_of(hat, notes, title, now=now).id
    flash(_("Made from your tray. Give it a name of its own."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.get("/<int:collection_id>/edit")
@allow(may_curate)
def edit(collection_id: int) -> ResponseReturnValue:
    """What it says and what is in it, to change."""
    collection = edited(collection_id)
    form = form_of(collection)
    form.show(collection)
    return edit_page(collection, form)


@bp.post("/<int:collection_id>/edit")
@allow(may_curate)
def save(collection_id: int) -> ResponseReturnValue:
    """Save what it says, unless another curator was quicker: then both are shown."""
    collection = edited(collection_id)
    form = form_of(collection)
    if not form.validate_on_submit():
        return edit_page(collection, form), 422
    try:
        with transaction():
            services.change(
                edited(collection_id, is_held=True),
                form.said(),
                version=read_number(form.version.data),
                hat=current_hat(),
                now=clock.now(),
            )
    except CollectionChanged as refusal:
        present = edited(collection_id)
        form.version.data = present.version
        return edit_page(present, form, refusal=str(refusal)), 409
    flash(_("Saved."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.post("/<int:collection_id>/share")
@allow(may_curate)
def share(collection_id: int) -> ResponseReturnValue:
    """Let those see it for whom it is made."""
    with transaction():
        services.share(edited(collection_id, is_held=True), now=clock.now())
    flash(_("Shared. Those for whom it is made find it now under “Collections”."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.post("/<int:collection_id>/unshare")
@allow(may_curate)
def unshare(collection_id: int) -> ResponseReturnValue:
    """Show it to its curators only."""
    with transaction():
        services.unshare(edited(collection_id, is_held=True))
    flash(_("Taken back. Only its curators see it now."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.post("/<int:collection_id>/remove")
@allow(may_curate)
def remove(collection_id: int) -> ResponseReturnValue:
    """Take it away; the next page can undo that."""
    with transaction():
        services.remove(edited(collection_id, is_held=True), now=clock.now())
    return redirect(url_for(".removed", collection_id=collection_id))


@bp.get("/<int:collection_id>/removed")
@allow(may_curate)
def removed(collection_id: int) -> ResponseReturnValue:
    """That it was taken away, and the way to undo it."""
    collection = find(queries.removed_by(current_hat()).where(Collection.id == collection_id))
    return render_template("library/collections/removed.html", collection=collection)


@bp.post("/<int:collection_id>/restore")
@allow(may_curate)
def restore(collection_id: int) -> ResponseReturnValue:
    """Bring it back."""
    with transaction():
        services.restore(find(queries.removed_by(current_hat()).where(Collection.id == collection_id)))
    flash(_("It is back in its place."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


# Its entries


@bp.post("/<int:collection_id>/entries")
@allow(may_curate)
def add(collection_id: int) -> ResponseReturnValue:
    """Put a resource at the end."""
    resource = find(
        resources_visible_to(current_hat()).where(Resource.id == read_number(request.form.get("resource_id")))
    )
    try:
        with transaction():
            services.add(edited(collection_id, is_held=True), [resource.id], now=clock.now())
    except CollectionFull as full:
        flash(str(full), "warning")
    return redirect(url_for(".edit", collection_id=collection_id, q=request.form.get("q") or None))


@bp.post("/<int:collection_id>/entries/<int:resource_id>/move")
@allow(may_curate)
def move(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Move one place up or down."""
    with transaction():
        collection = edited(collection_id, is_held=True)
        steps = STEPS.get(request.form.get("to", ""), 0)
        services.move(collection, entry_in(collection, resource_id), steps, now=clock.now())
    return _list(collection_id)


@bp.post("/<int:collection_id>/entries/<int:resource_id>/note")
@allow(may_curate)
def note(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Say what it is for, unless another curator just did."""
    typed = request.form.get("note", "")
    try:
        with transaction():
            services.note(
                entry_in(edited(collection_id, is_held=True), resource_id),
                typed,
                version=read_number(request.form.get("version")),
            )
    except NoteChanged as refusal:
        collection = edited(collection_id)
        form = form_of(collection)
        form.show(collection)
        page = edit_page(collection, form, refusal=str(refusal), typed={resource_id: typed})
        return page, 200 if "HX-Request" in request.headers else 409
    return _list(collection_id)


@bp.post("/<int:collection_id>/entries/<int:resource_id>/remove")
@allow(may_curate)
def take_out(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Take it out; the page that follows can undo that."""
    with transaction():
        collection = edited(collection_id, is_held=True)
        services.take_out(entry_in(collection, resource_id), now=clock.now())
    return redirect(url_for(".edit", collection_id=collection_id, undo=resource_id))


@bp.post("/<int:collection_id>/entries/<int:resource_id>/put-back")
@allow(may_curate)
def put_back(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Undo that."""
    with transaction():
        services.put_back(edited(collection_id, is_held=True), resource_id)
    flash(_("It is back in its place."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


# What follows from it


@bp.post("/<int:collection_id>/tray")
@allow(may_prepare)
def to_tray(collection_id: int) -> ResponseReturnValue:
    """Put all of it into my tray, as far as there is room; of a kept search, all that it finds now."""
    hat = current_hat()
    collection = visible(collection_id)
    total = 0
    if collection.kind is CollectionKind.SMART:
        # What is in the tray already may be found first, and takes no room.
        ids = ids_of_kept(hat, collection.search, 2 * marks.MOST_IN_TRAY)
        total = find_kept(hat, collection.search, limit=1).total
    else:
        ids = [one.resource_id for one in db.session.scalars(queries.entries_of(hat, collection_id))]
    with transaction():
        filled = marks.fill_tray(hat, ids, now=clock.now())
    left = filled.left + max(total - len(ids), 0)
    if left:
        flash(
            _(
                "%(put)s resources were put into the tray; for %(left)s more there was no room. "
                "It holds at most %(most)s.",
                put=counted(filled.put),
                left=counted(left),
                most=marks.MOST_IN_TRAY,
            ),
            "warning",
        )
    return redirect(url_for("tray.index"))


@bp.post("/<int:collection_id>/freeze")
@allow(may_curate)
def freeze(collection_id: int) -> ResponseReturnValue:
    """Make a curated collection of what a kept search finds now."""
    hat, now = current_hat(), clock.now()
    ids = ids_of_kept(hat, keeping_a_search(collection_id).search, services.MOST_ENTRIES)
    with transaction():
        smart = keeping_a_search(collection_id)
        title = _("%(title)s (as of %(date)s)", title=smart.title[:180], date=school_day(now).isoformat())
        made_id = services.freeze(hat, smart, ids, title, now=now).id
    flash(_("Frozen into a collection of your own: what stands in it now stays."), "success")
    return redirect(url_for(".edit", collection_id=made_id))


def _list(collection_id: int) -> ResponseReturnValue:
    """The list as it is now: htmx takes it out of the page."""
    address = url_for(".edit", collection_id=collection_id)
    return edit(collection_id) if "HX-Request" in request.headers else redirect(address)
