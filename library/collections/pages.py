"""The pages of collections, put together from what was asked and what stands."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.classes.grades import GRADES
from accounts.sign_in.current import current_hat
from core.database import db
from core.i18n import localized
from core.paging import newest_first
from library.collections import queries
from library.collections.finding import is_edited
from library.collections.forms import CollectionForm, read_number
from library.collections.models import Collection, CollectionKind
from library.collections.policy import may_curate, tiers_of
from library.collections.smart import find_kept
from library.curriculum.models import Subject
from library.marks.forms import read_kind
from library.marks.policy import may_prepare
from library.marks.queries import marks_of
from library.resources.models import Resource, ResourceKind, Tier
from library.resources.words import grade_name, kind_name, tier_name

MOST_FOUND = 10


def index_page() -> str:
    """The collections that somebody can open, the newest first, as far as the address narrows them."""
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a collection stands on its page: all that a list has, of a kept search one page."""

    rows: list[tuple[Resource, str]]
    """Each with the note of a curator."""
    counts: dict[ResourceKind, int]
    total: int
    next: str | None = None


def show_page(collection: Collection) -> str:
    """A collection with what somebody may open of it, of one kind if the address names it."""
    hat = current_hat()
    kind = read_kind(request.args.get("type", ""))
    read = _found_now if collection.kind is CollectionKind.SMART else _listed
    contents = read(collection, kind)
    more = _address(collection_id=collection.id, cursor=contents.next) if contents.next else None
    return render_template(
        "library/collections/show.html",
        collection=collection,
        rows=contents.rows,
        total=contents.total,
        minutes=round(sum(one.minutes or 0 for one, _note in contents.rows)),
        kinds=_kinds(collection, contents.counts, kind),
        more=more,
        is_first=not request.args.get("cursor"),
        may_edit=is_edited(collection.id),
        may_prepare=may_prepare(hat),
        tier_name=tier_name(collection.tier),
        state=marks_of(hat, [one.id for one, _note in contents.rows]),
    )


def _found_now(collection: Collection, kind: ResourceKind | None) -> Contents:
    search = collection.search | ({"type": kind.value} if kind else {})
    found = find_kept(current_hat(), search, cursor=request.args.get("cursor", ""))
    return Contents([(one.resource, "") for one in found.hits], dict(found.kinds), found.total, found.next)


def _listed(collection: Collection, kind: ResourceKind | None) -> Contents:
    entries = list(db.session.scalars(queries.entries_of(current_hat(), collection.id)))
    rows = [(one.resource, one.note) for one in entries if kind in {None, one.resource.kind}]
    return Contents(rows, dict(Counter(one.resource.kind for one in entries)), len(rows))


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


def edit_page(
    collection: Collection, form: CollectionForm, *, refusal: str = "", typed: dict[int, str] | None = None
) -> str:
    """What a collection says and holds, to change; with what was refused, and notes as they were typed."""
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


def form_of(collection: Collection | None = None) -> CollectionForm:
    """The form with the choices that there are; what belongs to a school stays the school's."""
    form = CollectionForm()
    own = collection is None or collection.tier is Tier.PERSONAL
    form.offer(tiers_of(current_hat()) if own or collection is None else (collection.tier,), _subjects())
    return form


def _subjects() -> list[Subject]:
    return list(db.session.scalars(select(Subject).order_by(Subject.position, Subject.id)))


def _place(label: str, name: str, value: str, is_current: bool) -> dict[str, Any]:  # noqa: FBT001 -- four short words a row
    """A filter of the list: the address puts it on, or takes it off where it is on."""
    href = _address(**{name: None if is_current else value, "cursor": None})
    return {"label": label, "current": is_current, "href": href}


def _address(**changed: Any) -> str:  # noqa: ANN401 -- arguments of any address
    arguments = {**request.args.to_dict(), **changed}
    assert request.endpoint is not None
    return url_for(request.endpoint, **{name: value for name, value in arguments.items() if value})
