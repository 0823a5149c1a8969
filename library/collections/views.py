"""The pages of collections."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.clock import school_day
from core.database import db, transaction
from core.i18n import _, counted, localized
from core.paging import newest_first
from library.collections import queries, services
from library.collections.errors import CollectionChanged, CollectionFull, NoteChanged
from library.collections.forms import GRADES, CollectionForm, read_number
from library.collections.models import Collection, CollectionEntry, CollectionKind
from library.collections.policy import may_curate, tiers_of
from library.collections.smart import find_kept, ids_of_kept, kept_search
from library.curriculum.models import Subject
from library.marks import services as marks
from library.marks.forms import STEPS, read_kind
from library.marks.policy import may_prepare
from library.marks.queries import marks_of, tray_of
from library.resources.models import Resource, ResourceKind, Tier
from library.resources.queries import visible_to as resources_visible_to
from library.resources.words import grade_name, kind_name, tier_name

bp = Blueprint("collections", __name__, url_prefix="/library/collections")
MOST_FOUND = 10


# To look at


@bp.get("")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """The collections that I can open, the newest first."""
    hat = current_hat()
    subjects = _subjects()
    tier = next((one for one in Tier if one.value == request.args.get("tier")), None)
    subject = next((one for one in subjects if one.code == request.args.get("subject")), None)
    grade = read_number(request.args.get("grade"))
    found = queries.narrowed(
        queries.visible_to(hat), tier=tier, subject_id=subject.id if subject else None, grade=grade
    )
    page = newest_first(
        found.options(joinedload(Collection.subject), joinedload(Collection.organisation)),
        Collection.id,
        request.args.get("cursor"),
    )
    counts = queries.counts_of(hat, [one.id for one in page.rows])
    return render_template(
        "library/collections/index.html",
        page=page,
        counts={row[0]: row[1] for row in db.session.execute(counts)},
        tiers=[_place(tier_name(one), "tier", one.value, one is tier) for one in Tier],
        subjects=[_place(localized(one), "subject", one.code, one is subject) for one in subjects],
        grades=[_place(grade_name(one), "grade", str(one), one == grade) for one in GRADES],
        is_narrowed=bool(tier or subject or grade),
        may_curate=may_curate(hat),
        state=marks_of(hat, []),
        older=_address(cursor=page.next) if page.next else None,
        newer=_address(cursor=None) if request.args.get("cursor") else None,
    )


@bp.get("/<int:collection_id>")
@allow(anyone_signed_in)
def show(collection_id: int) -> ResponseReturnValue:
    """A collection with what I may open of it; a kept search with what it finds now."""
    hat = current_hat()
    collection = _visible(collection_id)
    kind = read_kind(request.args.get("type", ""))
    more = None
    if collection.kind is CollectionKind.SMART:
        search = collection.search | ({"type": kind.value} if kind else {})
        found = find_kept(hat, search, cursor=request.args.get("cursor", ""))
        rows: list[tuple[Resource, str]] = [(one.resource, "") for one in found.hits]
        counts, total = dict(found.kinds), found.total
        more = _address(collection_id=collection.id, cursor=found.next) if found.next else None
    else:
        entries = list(db.session.scalars(queries.entries_of(hat, collection.id)))
        counts = _counted(entries)
        rows = [(one.resource, one.note) for one in entries if kind in {None, one.resource.kind}]
        total = len(rows)
    return render_template(
        "library/collections/show.html",
        collection=collection,
        rows=rows,
        total=total,
        minutes=round(sum(one.minutes or 0 for one, _note in rows)),
        kinds=_kinds(collection, counts, kind),
        more=more,
        is_first=not request.args.get("cursor"),
        may_edit=_may_edit(collection.id),
        may_prepare=may_prepare(hat),
        tier_name=tier_name(collection.tier),
        state=marks_of(hat, [one.id for one, _note in rows]),
    )


@bp.get("/<int:collection_id>/count")
@allow(anyone_signed_in)
def count(collection_id: int) -> ResponseReturnValue:
    """How many resources a kept search finds now, as a fragment: lists ask for it row by row."""
    found = find_kept(current_hat(), _kept_search(collection_id).search, limit=1)
    return render_template("library/collections/count.html", total=found.total)


def _counted(entries: list[CollectionEntry]) -> dict[ResourceKind, int]:
    counts: dict[ResourceKind, int] = {}
    for one in entries:
        counts[one.resource.kind] = counts.get(one.resource.kind, 0) + 1
    return counts


def _kinds(
    collection: Collection, counts: dict[ResourceKind, int], chosen: ResourceKind | None
) -> list[dict[str, Any]]:
    """The kinds in a collection, each with the address that chooses it or takes it off."""
    if "type" in collection.search:
        return []
    return [
        {
            "label": kind_name(kind),
            "count": counts.get(kind, 0),
            "current": kind is chosen,
            "href": url_for(
                ".show", collection_id=collection.id, type=None if kind is chosen else kind.value
            ),
        }
        for kind in ResourceKind
        if counts.get(kind) or kind is chosen
    ]


# To make and to change


@bp.get("/new")
@allow(may_curate)
def new() -> ResponseReturnValue:
    """An empty collection; with the address of a search, one that keeps the search."""
    form = _form()
    search = kept_search(request.args)
    form.title.data = search.get("q", "")
    return render_template("library/collections/new.html", form=form, search=search)


@bp.post("/new")
@allow(may_curate)
def create() -> ResponseReturnValue:
    """Make a collection."""
    form = _form()
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
        entries = list(db.session.scalars(tray_of(hat)))
        said = services.Description(title=_("Lesson of %(date)s", date=school_day(now).isoformat()))
        made = services.make(hat, said, now=now)
        services.add(made, [one.resource_id for one in entries], now=now)
        notes = {one.resource_id: one.note for one in entries}
        for entry in db.session.scalars(queries.all_entries_of(made.id)):
            entry.note = notes[entry.resource_id]
        collection_id = made.id
    flash(_("Made from your tray. Give it a name of its own."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.get("/<int:collection_id>/edit")
@allow(may_curate)
def edit(collection_id: int) -> ResponseReturnValue:
    """What it says and what is in it, to change."""
    collection = _edited(collection_id)
    form = _form(collection)
    form.show(collection)
    return _edit_page(collection, form)


@bp.post("/<int:collection_id>/edit")
@allow(may_curate)
def save(collection_id: int) -> ResponseReturnValue:
    """Save what it says, unless another curator was quicker: then both are shown."""
    collection = _edited(collection_id)
    form = _form(collection)
    if not form.validate_on_submit():
        return _edit_page(collection, form), 422
    try:
        with transaction():
            services.change(
                _edited(collection_id, is_held=True),
                form.said(),
                version=read_number(form.version.data),
                hat=current_hat(),
                now=clock.now(),
            )
    except CollectionChanged as refusal:
        present = _edited(collection_id)
        form.version.data = present.version
        return _edit_page(present, form, refusal=str(refusal)), 409
    flash(_("Saved."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.post("/<int:collection_id>/share")
@allow(may_curate)
def share(collection_id: int) -> ResponseReturnValue:
    """Let those see it for whom it is made."""
    with transaction():
        services.share(_edited(collection_id, is_held=True), now=clock.now())
    flash(_("Shared. Those for whom it is made find it now under “Collections”."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.post("/<int:collection_id>/unshare")
@allow(may_curate)
def unshare(collection_id: int) -> ResponseReturnValue:
    """Show it to its curators only."""
    with transaction():
        services.unshare(_edited(collection_id, is_held=True))
    flash(_("Taken back. Only its curators see it now."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


@bp.post("/<int:collection_id>/remove")
@allow(may_curate)
def remove(collection_id: int) -> ResponseReturnValue:
    """Take it away; the next page can undo that."""
    with transaction():
        services.remove(_edited(collection_id, is_held=True), now=clock.now())
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
            services.add(_edited(collection_id, is_held=True), [resource.id], now=clock.now())
    except CollectionFull as full:
        flash(str(full), "warning")
    return redirect(url_for(".edit", collection_id=collection_id, q=request.form.get("q") or None))


@bp.post("/<int:collection_id>/entries/<int:resource_id>/move")
@allow(may_curate)
def move(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Move one place up or down."""
    with transaction():
        collection = _edited(collection_id, is_held=True)
        steps = STEPS.get(request.form.get("to", ""), 0)
        services.move(collection, _entry(collection, resource_id), steps, now=clock.now())
    return _list(collection_id)


@bp.post("/<int:collection_id>/entries/<int:resource_id>/note")
@allow(may_curate)
def note(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Say what it is for, unless another curator just did."""
    typed = request.form.get("note", "")
    try:
        with transaction():
            services.note(
                _entry(_edited(collection_id, is_held=True), resource_id),
                typed,
                version=read_number(request.form.get("version")),
            )
    except NoteChanged as refusal:
        collection = _edited(collection_id)
        form = _form(collection)
        form.show(collection)
        page = _edit_page(collection, form, refusal=str(refusal), typed={resource_id: typed})
        return page, 200 if "HX-Request" in request.headers else 409
    return _list(collection_id)


@bp.post("/<int:collection_id>/entries/<int:resource_id>/remove")
@allow(may_curate)
def take_out(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Take it out; the page that follows can undo that."""
    with transaction():
        collection = _edited(collection_id, is_held=True)
        services.take_out(_entry(collection, resource_id), now=clock.now())
    return redirect(url_for(".edit", collection_id=collection_id, undo=resource_id))


@bp.post("/<int:collection_id>/entries/<int:resource_id>/put-back")
@allow(may_curate)
def put_back(collection_id: int, resource_id: int) -> ResponseReturnValue:
    """Undo that."""
    with transaction():
        services.put_back(_edited(collection_id, is_held=True), resource_id)
    flash(_("It is back in its place."), "success")
    return redirect(url_for(".edit", collection_id=collection_id))


# What follows from it


@bp.post("/<int:collection_id>/tray")
@allow(may_prepare)
def to_tray(collection_id: int) -> ResponseReturnValue:
    """Put all of it into my tray, as far as there is room; of a kept search, all that it finds now."""
    hat = current_hat()
    collection = _visible(collection_id)
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
    ids = ids_of_kept(hat, _kept_search(collection_id).search, services.MOST_ENTRIES)
    with transaction():
        smart = _kept_search(collection_id)
        title = _("%(title)s (as of %(date)s)", title=smart.title[:180], date=school_day(now).isoformat())
        made_id = services.freeze(hat, smart, ids, title, now=now).id
    flash(_("Frozen into a collection of your own: what stands in it now stays."), "success")
    return redirect(url_for(".edit", collection_id=made_id))


def _visible(collection_id: int) -> Collection:
    collection: Collection = find(
        queries.visible_to(current_hat())
        .where(Collection.id == collection_id)
        .options(joinedload(Collection.subject), joinedload(Collection.organisation))
    )
    return collection


def _kept_search(collection_id: int) -> Collection:
    smart: Collection = find(
        queries.visible_to(current_hat()).where(
            Collection.id == collection_id, Collection.kind == CollectionKind.SMART
        )
    )
    return smart


def _edited(collection_id: int, *, is_held: bool = False) -> Collection:
    """A collection that I look after; *is_held* keeps other writers out until the transaction ends."""
    found = queries.edited_by(current_hat()).where(Collection.id == collection_id)
    collection: Collection = find(found.with_for_update(of=Collection) if is_held else found)
    return collection


def _may_edit(collection_id: int) -> bool:
    mine = queries.edited_by(current_hat()).where(Collection.id == collection_id)
    return db.session.scalar(mine.with_only_columns(Collection.id)) is not None


def _entry(collection: Collection, resource_id: int) -> CollectionEntry:
    entry: CollectionEntry = find(
        queries.all_entries_of(collection.id).where(CollectionEntry.resource_id == resource_id)
    )
    return entry


def _subjects() -> list[Subject]:
    return list(db.session.scalars(select(Subject).order_by(Subject.position, Subject.id)))


def _form(collection: Collection | None = None) -> CollectionForm:
    """The form with the choices that there are; what belongs to a school stays the school's."""
    form = CollectionForm()
    own = collection is None or collection.tier is Tier.PERSONAL
    form.offer(tiers_of(current_hat()) if own or collection is None else (collection.tier,), _subjects())
    return form


def _list(collection_id: int) -> ResponseReturnValue:
    """The list as it is now: htmx takes it out of the page."""
    address = url_for(".edit", collection_id=collection_id)
    return edit(collection_id) if "HX-Request" in request.headers else redirect(address)


def _edit_page(
    collection: Collection, form: CollectionForm, *, refusal: str = "", typed: dict[int, str] | None = None
) -> str:
    hat = current_hat()
    entries = list(db.session.scalars(queries.entries_of(hat, collection.id)))
    words = request.args.get("q", "").strip()[:200]
    found = [one.resource for one in find_kept(hat, {"q": words}, limit=MOST_FOUND).hits] if words else []
    return render_template(
        "library/collections/edit.html",
        collection=collection,
        form=form,
        entries=entries,
        there={one.resource_id for one in entries},
        words=words,
        found=found,
        undo=read_number(request.args.get("undo")),
        refusal=refusal,
        typed=typed or {},
        tier_name=tier_name(collection.tier),
    )


def _place(label: str, name: str, value: str, is_current: bool) -> dict[str, Any]:  # noqa: FBT001 -- four short words a row
    """A filter of the list: the address puts it on, or takes it off where it is on."""
    href = _address(**{name: None if is_current else value, "cursor": None})
    return {"label": label, "current": is_current, "href": href}


def _address(**changed: Any) -> str:  # noqa: ANN401 -- arguments of any address
    arguments = {**request.args.to_dict(), **changed}
    assert request.endpoint is not None
    return url_for(request.endpoint, **{name: value for name, value in arguments.items() if value})
