"""The search page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.classes.grades import GRADES
from accounts.people.policy import is_staff
from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in
from core.i18n import _, localized
from library.curriculum.models import Stage
from library.marks.queries import marks_of
from library.resources.accessibility import feature_name
from library.resources.models import EndUser, ResourceKind
from library.resources.words import end_user_name, grade_name, kind_name
from library.search import services
from library.search.current import engine
from library.search.engine import NoIndex, Order
from library.search.entries import FEATURES
from library.search.forms import LONGEST, read_wish
from library.search.marking import parts, snippet
from library.search.places import Places, places
from library.search.services import Found, Hit
from library.search.wishes import Chip, Wish, without

bp = Blueprint("search", __name__)
MOST_SUGGESTED = 8
Place = dict[str, Any]


@bp.get("/library")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """Find resources by words and filters; without either, the newest."""
    there = places()
    wish = read_wish(request.args, there)
    found = services.find(engine(), current_hat(), wish, there)
    names = _names(there)
    return render_template(
        "library/search/index.html",
        wish=wish,
        query=request.args.get("q", "")[:LONGEST],
        found=found,
        chips=_chips(wish, names),
        facets=_facets(wish, found, names),
        orders=_orders(wish),
        subjects={one.id: one for one in there.subjects},
        state=marks_of(current_hat(), [one.resource.id for one in found.hits]),
        title_parts=lambda title: parts(title, found.words),
        snippet_parts=lambda hit: _snippet(hit, found),
        next_page=_address(cursor=found.next) if found.next else None,
        nearest=[] if found.total else _nearest(wish),
        everywhere=url_for(".index", q=wish.text) if wish.has_filters and wish.text else None,
        may_see_wishes=is_staff(current_hat()),
        vain=_vain(wish, found),
    )


@bp.get("/library/suggestions")
@allow(anyone_signed_in)
def suggestions() -> Response:
    """Queries that begin as what is being typed, or were meant by it."""
    return jsonify(_completed(request.args.get("q", "")[:LONGEST]))


def _completed(typed: str) -> list[str]:
    try:
        return services.complete(engine(), typed, MOST_SUGGESTED)
    except NoIndex:
        return []


def _nearest(wish: Wish) -> list[Place]:
    """What may have been meant, where nothing was found."""
    return [
        {"label": text, "href": url_for(".index", q=text)}
        for text in (_completed(wish.text) if wish.text else [])
        if text != wish.text
    ]


def _vain(wish: Wish, found: Found) -> dict[str, str] | None:
    """What the page's script tells when a search found nothing."""
    is_in_vain = not found.total or found.missing
    is_counted = wish.has_words and is_in_vain and not (found.is_without_index or wish.cursor)
    return request.args.to_dict() if is_counted else None


def _snippet(hit: Hit, found: Found) -> list[tuple[str, bool]]:
    return snippet((hit.resource.description, hit.text), found.words)


def _names(there: Places) -> dict[str, dict[str, str]]:
    """What the values of each filter are called, in the order in which they are offered."""
    return {
        "type": {one.value: kind_name(one) for one in ResourceKind},
        "subject": {one.code: localized(one) for one in there.subjects},
        "stage": {
            Stage.PRIMARY.value: _("Primary school"),
            Stage.LOWER_SECONDARY.value: _("Lower secondary school"),
            Stage.UPPER_SECONDARY.value: _("Upper secondary school"),
        },
        "grade": {str(grade): grade_name(grade) for grade in GRADES},
        "half": {"1": _("Book 1"), "2": _("Book 2")},
        "edition": {one.code: localized(one) for one in there.editions},
        "level": {"1": _("Easy"), "2": _("Medium"), "3": _("Hard")},
        "language": {"zh": _("Chinese text"), "en": _("English text")},
        "audience": {one.value: end_user_name(one) for one in EndUser},
        "accessibility": {code: feature_name(code) for code in FEATURES},
    }


def _chosen(wish: Wish) -> dict[str, str]:
    """The value of each filter; nothing for those that are off."""
    return {
        "type": wish.kind.value if wish.kind else "",
        "subject": wish.subject,
        "stage": wish.stage.value if wish.stage else "",
        "grade": str(wish.grade or ""),
        "half": str(wish.half or ""),
        "edition": wish.edition,
        "level": str(wish.level or ""),
        "language": wish.language,
        "audience": wish.end_user.value if wish.end_user else "",
        "accessibility": wish.feature,
    }


def _chips(wish: Wish, names: Mapping[str, Mapping[str, str]]) -> list[Place]:
    """The filters that are on, each with the address that takes it off."""
    written = {chip.name: chip for chip in wish.chips}
    return [
        {
            "label": _chip_label(wish, name, names[name].get(value, value)),
            "href": _without(name, written.get(name)),
        }
        for name, value in _chosen(wish).items()
        if value
    ]


def _chip_label(wish: Wish, name: str, label: str) -> str:
    """A filter as its chip shows it: a word like "video" names two kinds."""
    if name == "type" and len(wish.kinds) > 1:
        return " / ".join(kind_name(kind) for kind in wish.kinds)
    return label


def _without(name: str, chip: Chip | None) -> str:
    """This page's address without one filter, be it chosen or written among the words."""
    changed: dict[str, Any] = {name: None, "cursor": None}
    if chip is not None:
        changed["q"] = without(request.args.get("q", ""), chip) or None
    return _address(**changed)


def _facets(wish: Wish, found: Found, names: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """What results can be narrowed by: each value with its count, and the address that puts it on or off."""
    current = _chosen(wish)
    written = {chip.name: chip for chip in wish.chips}
    counts: dict[str, dict[str, int]] = {
        "type": {kind.value: count for kind, count in found.kinds.items()},
        "subject": dict(found.subjects),
        "grade": {str(grade): count for grade, count in found.grades.items()},
        "edition": dict(found.editions),
        "language": dict(found.languages),
        "audience": {one.value: count for one, count in found.end_users.items()},
        "accessibility": dict(found.features),
    }
    return [
        {
            "title": title,
            "is_on": bool(current[name]),
            "places": _places(name, names[name], counts[name], current[name], written.get(name)),
        }
        for name, title in (
            ("type", _("Kind")),
            ("subject", _("Subject")),
            ("grade", _("Grade")),
            ("edition", _("Edition")),
            ("language", _("Language")),
            ("audience", _("For")),
            ("accessibility", _("Accessibility")),
        )
    ]


def _places(
    name: str, names: Mapping[str, str], counts: Mapping[str, int], current: str, chip: Chip | None
) -> list[Place]:
    return [
        {
            "label": label,
            "count": counts.get(value, 0),
            "current": value == current,
            "href": _without(name, chip) if value == current else _address(**{name: value, "cursor": None}),
        }
        for value, label in names.items()
        if counts.get(value) or value == current
    ]


def _orders(wish: Wish) -> list[Place]:
    """The orders that there are: best matches only where words are looked for."""
    present = wish.order if wish.has_words or wish.order is not Order.RELEVANCE else Order.NEWEST
    used = _("Most used in my grade") if current_hat().is_student else _("Most used")
    named = ((Order.RELEVANCE, _("Best match")), (Order.NEWEST, _("Newest")), (Order.MOST_USED, used))
    return [
        {
            "label": label,
            "current": order is present,
            "href": _address(sort=None if order is Order.RELEVANCE else order.value, cursor=None),
        }
        for order, label in named
        if wish.has_words or order is not Order.RELEVANCE
    ]


def _address(**changed: str | None) -> str:
    """This page's address with some arguments changed; None takes one out."""
    arguments: dict[str, str | None] = {**request.args.to_dict(), **changed}
    kept = {name: value for name, value in arguments.items() if value}
    # A page has fifty of these: building each as a route costs a quarter of the page.
    return f"{request.path}?{urlencode(kept, quote_via=quote)}" if kept else request.path
